import Measurements
import TestSupport
import Testing

/// Python's validator is the judge; what it says must fit what our own reader takes.
@Suite(
  "the schemas of runs", .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence))
)
struct SchemaTests {
  @Test("the manual's example is valid, alone and in a document")
  func example() throws {
    #expect(try JSONSchema("run").diagnostics(about: StoredRun.json) == [])
    let document = #"{"version": 1, "runs": [\#(StoredRun.json)]}"#
    #expect(try JSONSchema("baseline").diagnostics(about: document) == [])
  }

  @Test("what we write is valid, with as little as a run may have")
  func written() throws {
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "t", environment: nil,
      series: [])
    #expect(try JSONSchema("run").diagnostics(about: StoredRun.encode(run.json)) == [])
    let document = #"{"version": 1, "runs": [\#(StoredRun.encode(run.json))]}"#
    #expect(try JSONSchema("baseline").diagnostics(about: document) == [])
  }

  @Test("what our reader refuses is not valid", arguments: RefusalCase.all)
  func refused(_ example: RefusalCase) throws {
    let json = StoredRun.replacing(example.part, with: example.replacement)
    #expect(try JSONSchema("run").diagnostics(about: json) != [])
    let document = #"{"version": 1, "runs": [\#(StoredRun.json), \#(json)]}"#
    let diagnostics = try JSONSchema("baseline").diagnostics(about: document)
    #expect(diagnostics.contains { $0.hasPrefix("runs/1") }, "\(diagnostics)")
  }

  @Test(
    "null, and fields of another version, are valid",
    arguments: [
      (#""session": "s1""#, #""session": null"#), (#""commit": "\#(StoredRun.oid)""#, #""x": {}"#),
      (#""source": "hyperfine""#, #""exact": true, "energy": [1]"#),
    ])
  func valid(_ part: String, _ replacement: String) throws {
    let json = StoredRun.replacing(part, with: replacement)
    #expect(try JSONSchema("run").diagnostics(about: json) == [])
  }
}
