import Measurements
import TestSupport
import Testing

@Suite("what a stored run says of itself")
struct RunFieldsTests {
  private let mark = Mark(
    tree: StoredRun.oid, suite: "default",
    series: [
      Series.ID(benchmark: Benchmark(name: "p", labels: ["size": "1"]), metric: "wall_time")
    ],
    against: StoredRun.oid)

  private func run(marks: [Mark] = [], unmarks: [Mark] = []) throws -> Run {
    let definition = Definition(digest: "4f2a", text: "command: ./p --size 1")
    return Run(
      commit: StoredRun.oid, tree: StoredRun.oid, recordedAt: nil, session: nil, tool: "t",
      environment: nil,
      series: try [Metric.wallTime, .maxRSS].map {
        Series(
          benchmark: Benchmark(name: "p"), metric: $0, rounds: [try Round([1])], source: "t",
          definition: definition)
      },
      part: "--name p", imported: "abc", marks: marks, unmarks: unmarks)
  }

  @Test("part, digest, definitions and marks are read as they were written")
  func roundTrip() throws {
    let lifted = Mark(tree: "t", suite: "s", series: [], against: nil)
    let run = try run(marks: [mark], unmarks: [lifted])
    let written = StoredRun.encode(run.json)
    #expect(try StoredRun.run(written) == run)
    #expect(StoredRun.encode(try StoredRun.record(written).json) == written)
  }

  @Test("the text of a definition stands once for all of its series")
  func definitions() throws {
    let written = StoredRun.encode(try run().json)
    #expect(written.split(separator: "./p --size 1").count == 2)
  }

  @Test("the header has them without the numbers")
  func header() throws {
    let header = try RunHeader(Array(StoredRun.encode(try run(marks: [mark]).json).utf8))
    #expect(header.part == "--name p" && header.imported == "abc")
    #expect(header.commit == StoredRun.oid)
    #expect(header.marks == [mark] && header.unmarks == [])
  }

  @Test("a run of an older version has none of them, and is written as it was")
  func older() throws {
    let record = try StoredRun.record(StoredRun.json)
    #expect(record.run.part == nil && record.run.imported == nil && record.run.marks == [])
    #expect(record.run.series.allSatisfy { $0.definition == nil })
    let written = StoredRun.encode(record.run.json)
    #expect(written == StoredRun.encode(record.json))
    for key in ["part", "imported", "definition", "mark"] { #expect(!written.contains("\"\(key)")) }
  }

  @Test("a definition whose text is missing still has its digest")
  func digestAlone() throws {
    let json = StoredRun.replacing(#""source":"#, with: #""definition": "4f2a", "source":"#)
    #expect(try StoredRun.run(json).series[0].definition == Definition(digest: "4f2a", text: ""))
  }

  @Test(
    "the schema takes them",
    .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
  func schema() throws {
    let written = StoredRun.encode(try run(marks: [mark], unmarks: [mark]).json)
    #expect(try JSONSchema("run").diagnostics(about: written) == [])
  }

  @Test("a mark without its tree is refused")
  func refused() {
    let json = StoredRun.replacing(
      #""tool":"#, with: #""marks": [{"suite": "s", "series": []}], "tool":"#)
    #expect(throws: JSONError.self) { try StoredRun.run(json) }
  }
}
