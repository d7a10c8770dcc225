import Formats
import Foundation
import Measurements
import Testing

@Suite struct FormatTests {
  @Test(arguments: Format.all.map(\.name)) func `every fixture is recognized by its own format`(
    name: String
  ) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!files.isEmpty)
    for file in files {
      #expect(try Format.detect(fixture("\(name)/\(file)")).name == name, "\(file)")
    }
  }

  @Test func `names and summaries are fit for a help text`() {
    #expect(Set(Format.all.map(\.name)).count == Format.all.count)
    #expect(Format.all.allSatisfy { (1...16).contains($0.name.count) })
    #expect(Format.all.allSatisfy { (1...50).contains($0.summary.count) })
  }

  @Test func `what no format recognizes is an error that lists them`() throws {
    let error = #expect(throws: InputError.self) { try Format.detect(.of("hello")) }
    #expect(error?.description == "x: format not recognized")
    #expect(error?.hint?.hasPrefix("`perf-record --formats` lists what is read") == true)
  }

  @Test func `what several formats recognize is an error that names them`() throws {
    let twin = Format(
      name: "twin", summary: "", carries: .summary, recognizes: { _ in true }, read: readNothing)
    let error = #expect(throws: InputError.self) {
      try Format.detect(.of("goos: linux\n"), among: Format.all + [twin])
    }
    #expect(error?.description == "x: could be any of the formats go, twin")
    #expect(
      error?.hint == "choose with `--format go` or `--format twin`, or make a file for each tool")
  }

  @Test func `JSON that breaks off early is named as such, not as unknown`() {
    let error = #expect(throws: InputError.self) { try Format.detect(.of("{\n\"res")) }
    #expect(error?.description == "x:2: the JSON ends in the middle of a string")
  }

  @Test func `JSON that breaks off late is still recognized`() throws {
    #expect(try Format.detect(.of(#"{"results": [{"command": "a""#)).name == "hyperfine")
  }
}

@Sendable
private func readNothing(_ input: Input) throws(InputError) -> ParsedResults { ParsedResults() }

@Suite struct MergingTests {
  @Test func `several files of one tool are several rounds, in their order`() throws {
    let readings = try ["1 10 ns/op 8 B/op", "1 11 ns/op", "1 12 ns/op 9 B/op"]
      .map { try Format.go.read(.of("BenchmarkA-2 \($0)\nBenchmarkA-2 \($0)")) }
    let merged = readings.merged()
    #expect(merged.samples("A gomaxprocs=2") == [[10, 10], [11, 11], [12, 12]])
    #expect(merged.samples("A gomaxprocs=2", "allocated_bytes") == [[8, 8], [9, 9]])
    #expect(merged.parseNotes.isEmpty)
  }

  @Test func `files from different machines are merged with a warning`() throws {
    let readings = try ["arm64", "amd64"]
      .map { try Format.go.read(.of("goos: linux\ngoarch: \($0)\nBenchmarkA 1 1 ns/op")) }
    let merged = readings.merged()
    #expect(merged.context == ["goos": "linux"])
    #expect(merged.parseNotes == [ParseNote(.warning, "the files differ in goarch: amd64 / arm64")])
  }

  @Test func `a metric that turns round between files stays apart, with a warning`() throws {
    let readings = try ["Unit hits better=lower\n", "Unit hits better=higher\n"]
      .map { try Format.go.read(.of("\($0)BenchmarkA 1 1 hits\n")) }
    let merged = readings.merged()
    #expect(merged.series.count == 2)
    #expect(
      merged.parseNotes.map(\.description) == [
        "metric 'hits' of 'A' does not mean the same in all files: hits, lower / hits, higher"
      ])
  }

  @Test func `a direction that one file guesses is that which another one knows`() throws {
    let readings = try ["", "Unit points better=higher\n"]
      .map { try Format.go.read(.of("\($0)BenchmarkA 1 1 points\n")) }
    #expect(readings[0].series.map(\.metric.isGuessed) == [true])
    let merged = readings.merged()
    #expect(merged.series.map(\.metric) == [Metric("points", Unit("points"), better: .higher)])
    #expect(merged.series.map(\.rounds.count) == [2])
    #expect(merged.parseNotes.isEmpty)
  }

  @Test func `what holds for every file is said once`() {
    let readings = ["of all", "of all", "of one"].map {
      ParsedResults(parseNotes: [ParseNote(.warning, $0)])
    }
    #expect(readings.merged().parseNotes.map(\.description) == ["of all", "of one"])
  }

  @Test func `failures of any file are failures of all`() throws {
    let readings = try ["BenchmarkA 1 1 ns/op", "--- FAIL: BenchmarkA"]
      .map { try Format.go.read(.of($0)) }
    #expect(readings.merged().failures.count == 1)
    #expect(readings.merged().series.count == 1)
    #expect([ParsedResults]().merged().isEmpty)
  }
}
