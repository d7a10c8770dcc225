import Foundation
import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("the report as SARIF")
struct SARIFTests {
  private struct Log: Decodable {
    struct Run: Decodable {
      let results: [Result]
      let properties: Properties
      let tool: Tool
    }
    struct Result: Decodable {
      struct Message: Decodable { let text: String }

      let ruleId: String
      let ruleIndex: Int
      let level: String
      let message: Message
      let partialFingerprints: [String: String]
    }
    struct Properties: Decodable {
      let omitted: Int?
      let note: String?
    }
    struct Tool: Decodable {
      struct Driver: Decodable {
        struct Rule: Decodable { let id: String }

        let name: String
        let version: String
        let rules: [Rule]
      }
      let driver: Driver
    }

    let runs: [Run]
  }

  private func run(_ report: Report) throws -> Log.Run {
    let text = Rendering.sarif.render(report, Style())
    return try #require(try JSONDecoder().decode(Log.self, from: Data(text.utf8)).runs.first)
  }

  @Test("an error is there where the gate fails, and only there", arguments: OutcomeCase.all)
  func outcomes(_ example: OutcomeCase) throws {
    let report = try example.report()
    let isFailing = try run(report).results.contains { $0.level == "error" }
    let part = try #require(report.parts.first)
    #expect(isFailing == (part.decision.outcome(under: part.policy).status != 0))
  }

  @Test("the worst come first, and what did not change is not there")
  func order() throws {
    let results = try run(Example.mixed()).results
    #expect(
      results.map { "\($0.level) \($0.ruleId)" } == [
        "error regression", "error regression", "error regression", "error missing",
        "error incomparable", "warning inconclusive", "warning inconclusive", "note improvement",
        "note new",
      ])
  }

  @Test("each result leads to its rule, and the tool has a name and a version")
  func rules() throws {
    let run = try run(Example.governed())
    let rules = run.tool.driver.rules.map(\.id)
    #expect(run.results.allSatisfy { rules[$0.ruleIndex] == $0.ruleId })
    #expect(Set(rules).count == rules.count && Set(rules) == Set(run.results.map(\.ruleId)))
    #expect(run.tool.driver.name == "perf-gate" && run.tool.driver.version == "0.1.0")
  }

  @Test("what the policy ignores is not there")
  func ignored() throws {
    var policy = Policy()
    policy.ledger.common[.new] = .ignore
    let both = [try Example.series("old", 100)]
    let report = Example.report(
      old: both, new: both + [try Example.series("fresh", 5)], policy: policy)
    #expect(try run(report).results.isEmpty)
  }

  @Test("a result is known again when its numbers change, and from all others")
  func fingerprints() throws {
    func prints(_ factor: Double, suite: String = "default") throws -> [String] {
      let labels: [[String: String]] = [[:], ["a": "1"], ["a": "1 b=2"], ["a": "1", "b": "2"]]
      func series(_ factor: Double) throws -> [Series] {
        try labels.map { try Example.series("parse", 1_000_000 * factor, labels: $0) }
      }
      let old = try series(1)
      let report = Example.report(
        old: old, new: try series(factor), suite: suite,
        anchor: (
          AnchorDescription(party: Example.party("v1", Example.old), explanation: "as asked"), old
        ))
      let results = try run(report).results
      #expect(
        results.allSatisfy {
          $0.partialFingerprints["primaryLocationLineHash"]
            == $0.partialFingerprints["series/v1"].map { "\($0):1" }
        })
      return results.compactMap { $0.partialFingerprints["series/v1"] }
    }
    let first = try prints(1.2)
    #expect(first.count == 8 && Set(first).count == 8)
    #expect(try Set(prints(1.4)) == Set(first))
    #expect(try Set(prints(1.2, suite: "other")).isDisjoint(with: first))
  }

  @Test("of very many results the worst are there, and how many are not")
  func limit() throws {
    let metric = Metric("count", .one, exact: true)
    func series(_ values: [Double]) throws -> [Series] {
      try values.enumerated().map {
        try Example.series("b\($0)", $1, metric: metric, rounds: 1)
      }
    }
    let count = 5010
    let old = try series(Array(repeating: 1000, count: count))
    let new = try series((0..<count).map { $0 < 20 ? 500 : 1200 + Double($0) })
    let run = try run(Example.report(old: old, new: new))
    #expect(run.results.count == 5000)
    #expect(run.properties.omitted == 10)
    #expect(run.properties.note == "only the worst 5000 are here, as GitHub shows no more")
    #expect(run.results[0].message.text.hasPrefix("b5009 count: regression"))
    #expect(run.results.count { $0.level == "note" } == 10)
  }

  @Test("no name makes a link or a placeholder", arguments: Hostile.names)
  func messages(_ name: String) throws {
    for result in try run(Hostile.report(name)).results {
      let text = result.message.text
      #expect(!text.contains("]("))
      let rest = text.replacing("{{", with: "").replacing("}}", with: "")
      #expect(!rest.contains { $0 == "{" || $0 == "}" })
    }
  }
}

/// Python's validator is the judge, with the schema that OASIS published.
@Suite(
  "the schema of SARIF",
  .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
struct SARIFSchemaTests {
  private let schema = JSONSchema(
    file: URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/sarif-2.1.0.schema.json"))

  @Test(
    "golden logs are valid",
    arguments: ["mixed.sarif", "governed.sarif", "nothing.sarif", "hostile.sarif"])
  func golden(_ name: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url(name), encoding: .utf8)
    #expect(try schema.diagnostics(about: text) == [])
  }

  @Test(
    "a broken log is not",
    arguments: [
      (#""version": "2.1.0""#, #""version": "2.2.0""#, "version"),
      (#""level": "note""#, #""level": "fine""#, "runs/0/results"),
      (#""repositoryUri": "about:blank","#, "", "runs/0/versionControlProvenance"),
      (#""startLine": 1"#, #""startLine": 0"#, "runs/0/results"),
      (#""ruleIndex": 0"#, #""rule": 0"#, "runs/0/results"),
    ])
  func broken(_ part: String, _ replacement: String, _ place: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url("mixed.sarif"), encoding: .utf8)
    #expect(text.contains(part))
    let diagnostics = try schema.diagnostics(
      about: text.replacingOccurrences(of: part, with: replacement))
    #expect(diagnostics.contains { $0.hasPrefix(place) }, "\(diagnostics)")
  }
}
