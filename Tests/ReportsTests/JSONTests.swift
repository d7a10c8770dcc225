import Foundation
import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("the report as JSON")
struct JSONTests {
  private func document(_ report: Report) throws -> [String: Any] {
    let text = Rendering.json.render(report, Style())
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// The fields of the example in StoredFormat.md, and those that were added.
  @Test("a series has every field, null where it has no value")
  func fields() throws {
    let names: Set<String> = [
      "benchmark", "labels", "metric", "unit", "better", "verdict", "certain", "reason",
      "evidence", "old", "new", "change", "interval", "u", "p", "pCorrected", "threshold", "waiver",
      "response", "formerly", "superiority", "pExact", "pRank", "detectable", "thresholdSource",
      "ignoreBelow", "difference", "differenceInterval", "doubt", "mismatch", "renamedTo",
      "pSufficient", "ignoreBelowWritten", "ignoreBelowSource", "suite", "environment", "baseline",
      "outcome", "fails", "place",
    ]
    let series = try #require(try document(Example.mixed())["series"] as? [[String: Any]])
    for entry in series { #expect(Set(entry.keys) == names) }
    let gone = try #require(series.first { $0["benchmark"] as? String == "gone" })
    let absent = names.filter { gone[$0] is NSNull }
    #expect(
      absent == [
        "reason", "evidence", "old", "new", "change", "interval", "u", "p", "pCorrected", "waiver",
        "formerly", "superiority", "pExact", "pRank", "detectable", "ignoreBelow", "difference",
        "differenceInterval", "doubt", "mismatch", "renamedTo", "pSufficient",
        "ignoreBelowWritten", "ignoreBelowSource", "baseline",
      ])
  }

  @Test("a report has the fields of the manual's example")
  func top() throws {
    let report = try document(Example.mixed())
    let sides: Set<String> = ["name", "commit", "tree", "runs", "environment"]
    #expect(
      Set(report.keys) == [
        "version", "tool", "outcome", "status", "project", "suite", "candidate", "baseline",
        "family",
        "counts", "warnings", "series", "anchor", "budgets", "waivers", "machineShift", "notes",
        "threshold", "thresholdSource", "suites", "baselines", "loosened", "notJudged", "told",
        "goals",
      ])
    #expect(Set(try #require(report["candidate"] as? [String: Any]).keys) == sides)
    #expect(
      Set(try #require(report["baseline"] as? [String: Any]).keys)
        == sides.union(["rule", "explanation", "distance", "skipped"]))
    #expect(report["status"] as? Int == 1)
    #expect(try document(Example.mixed(judges: false))["outcome"] == nil)
    #expect(try document(Example.mixed(judges: false))["status"] == nil)
  }

  @Test("keys are in order, and numbers read back as they were")
  func text() throws {
    let text = Rendering.json.render(try Example.mixed(), Style())
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .map { $0.split(separator: "\"")[1] }
    #expect(keys == keys.sorted() && keys.count == 25)
    // Not JSONSerialization, which reads 0.06666666666666665 as ...67.
    let read = try JSONDecoder().decode(Numbers.self, from: Data(text.utf8)).series
    let seriesResults = try Example.mixed().seriesResults
    #expect(read.map(\.change) == seriesResults.map { $0.comparison?.effect.change })
    #expect(read.map(\.p) == seriesResults.map { $0.comparison?.test?.p })
    #expect(read.map(\.pCorrected) == seriesResults.map(\.significance?.p))
    #expect(read.map { $0.new?.median } == seriesResults.map { $0.comparison?.new.median })
  }

  private struct Numbers: Decodable {
    struct Side: Decodable { let median: Double }
    struct Series: Decodable {
      let change: Double?
      let p: Double?
      let pCorrected: Double?
      let new: Side?
    }

    let series: [Series]
  }

  @Test("what JSON has no number for is null, not an empty report")
  func notFinite() throws {
    var policy = Policy()
    (policy.alpha, policy.threshold) = (.nan, Sourced(.infinity, from: "the test"))
    let both = [try Example.series("b", 1e300), try Example.series("tiny", .leastNonzeroMagnitude)]
    let report = try document(Example.report(old: both, new: both, policy: policy))
    #expect((report["family"] as? [String: Any])?["alpha"] is NSNull)
    #expect((report["series"] as? [[String: Any]])?.count == 2)
  }
}

/// Python's validator is the judge, so that not only our own reading of a schema is tested.
@Suite(
  "the schema of the report",
  .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
struct ReportSchemaTests {
  @Test(
    "golden reports are valid",
    arguments: ["mixed.json", "governed.json", "nothing.json", "hostile.json", "parts.json"])
  func golden(_ name: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url(name), encoding: .utf8)
    #expect(try JSONSchema("report").diagnostics(about: text) == [])
  }

  @Test(
    "a broken report is not",
    arguments: [
      (#""version": 1"#, #""version": 2"#, "version"),
      (#""outcome": "regression""#, #""outcome": "perhaps""#, "outcome"),
      (#""status": 1"#, #""status": 7"#, "status"),
      (#""size": 6"#, #""size": -1"#, "family/size"),
      (#""verdict": "missing""#, #""verdict": "unchanged""#, "series/"),
      (#""better": "higher""#, #""better": "faster""#, "series/"),
      (#""waiver": null"#, #""waiver": 1"#, "series/"),
      (#""distance": 2,"#, "", "baseline"),
    ])
  func broken(_ part: String, _ replacement: String, _ place: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url("mixed.json"), encoding: .utf8)
    #expect(text.contains(part))
    let diagnostics = try JSONSchema("report").diagnostics(
      about: text.replacingOccurrences(of: part, with: replacement))
    #expect(diagnostics.contains { $0.hasPrefix(place) }, "\(diagnostics)")
  }
}
