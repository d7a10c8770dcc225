import Measurements
import Verdicts

extension Rendering {
  package static let sarif = Rendering(
    name: "sarif", summary: "alerts for code scanning"
  ) { report, _ in SARIF(report).document.text + "\n" }
}

/// The report in SARIF 2.1.0, which has the findings of analysers, with the members that GitHub
/// asks for besides.
///
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
private struct SARIF {
  let report: Report

  init(_ report: Report) { self.report = report }

  var document: JSONValue {
    .object([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array(report.parts.indices.map { SARIFRun(of: $0, in: report).document }),
    ])
  }
}

/// The SARIF run of one part.
private struct SARIFRun {
  private let whole: Report
  private let isFirst: Bool
  private let report: SuiteReport
  private let results: [SARIFResult]
  private let rules: [Check.Kind]

  init(of index: Int, in whole: Report) {
    (self.whole, isFirst, report) = (whole, index == 0, whole.parts[index])
    let results = whole.checks(of: report).compactMap(SARIFResult.init)
    self.results = Check.Level.allCases.flatMap { level in
      results.filter { $0.level == level }
    }
    rules = Check.Kind.all.filter(Set(results.map(\.check.kind)).contains)
  }

  /// The largest number of results. GitHub shows no more, and refuses five times as many.
  private static let limit = 5000

  var document: JSONValue { .object(run.merging(provenance) { $1 }) }

  private var run: [String: JSONValue] {
    let indices = Dictionary(uniqueKeysWithValues: zip(rules, 0...))
    return [
      "tool": .object(["driver": driver]),
      // GitHub takes the text before the last slash for a category, and each category has alerts of
      // its own.
      "automationDetails": .object(["id": .string("perf/\(category)/")]),
      "results": .array(
        results.prefix(Self.limit).map {
          $0.json(of: report, machine: machine, rule: indices[$0.check.kind] ?? 0)
        }),
      "properties": .object(properties.merging(omission) { $1 }),
    ]
  }

  /// The key of the machine, if the suite was measured on several.
  private var machine: String? {
    let alike = whole.parts.count { $0.suite == report.suite }
    return alike > 1 ? report.machine?.key : nil
  }

  private var category: String {
    [report.suite, machine].compactMap { $0?.visible() }.joined(separator: "/")
  }

  private var driver: JSONValue {
    let name = whole.tool.prefix { $0 != " " }
    return .object([
      "name": .string(String(name)),
      "version": .string(String(whole.tool.dropFirst(name.count + 1))),
      "rules": .array(rules.map(\.rule)),
    ])
  }

  /// The revision that was judged. The standard wants an address beside it; a report knows none,
  /// for a repository may have several, or none, and they may hold passwords.
  private var provenance: [String: JSONValue] {
    guard let commit = report.candidate.commitID else { return [:] }
    return [
      "versionControlProvenance": .array([
        .object(["repositoryUri": .string("about:blank"), "revisionId": .string(commit)])
      ])
    ]
  }

  private var properties: [String: JSONValue] {
    [
      "outcome": .optional(report.outcome?.rawValue), "summary": .string(report.summary),
      "base": .optional(report.baseline.commitID), "head": .optional(report.candidate.commitID),
      "notes": .strings(isFirst ? whole.notes : []),
      "warnings": .strings((isFirst ? whole.warnings : []) + report.warnings),
    ].merging(told.isEmpty ? [:] : ["told": .strings(told)]) { $1 }
  }

  private var told: [String] { (isFirst ? whole.foremost : []) + report.told }

  private var omission: [String: JSONValue] {
    let rest = results.count - Self.limit
    guard rest > 0 else { return [:] }
    return [
      "omitted": .integer(Int64(rest)),
      "note": .string("only the worst \(Self.limit) are here, as GitHub shows no more"),
    ]
  }
}

extension Check.Kind {
  /// A rule in SARIF's sense: the kind of a result, and the advice about it.
  fileprivate var rule: JSONValue {
    func message(_ text: String) -> JSONValue { .object(["text": .string(text)]) }
    let presentation = Presentation(self)
    let (title, advice) = (presentation.title, presentation.advice)
    return .object([
      "id": .string(name), "shortDescription": message(title),
      "fullDescription": message("\(title). \(advice)"), "help": message(advice),
      "properties": .object(["tags": .array([.string("performance")])]),
    ])
  }
}

/// A check that a reader should see.
private struct SARIFResult {
  let check: Check
  let level: Check.Level

  init?(_ check: Check) {
    guard let level = check.level else { return nil }
    self.check = check
    self.level = level
  }

  func json(of report: SuiteReport, machine: String?, rule: Int) -> JSONValue {
    .object([
      "ruleId": .string(check.kind.name), "ruleIndex": .integer(Int64(rule)),
      "level": .string(level.rawValue),
      "message": .object(["text": .string("\(check.subject(in: report)): \(check.text())".unlinked)]
      ),
      "locations": .array([location(in: report.suite)]),
      "partialFingerprints": .strings(fingerprints(in: report.suite, machine)),
    ])
  }

  /// Returns the location. Numbers have no line of code, but GitHub shows only results in a file,
  /// so the location is the file that says what is measured.
  private func location(in suite: String) -> JSONValue {
    let (name, metric) = (check.id.benchmark.description, check.id.metric)
    return .object([
      "physicalLocation": .object([
        "artifactLocation": .object(["uri": .string(".perfconfig")]),
        "region": .object([
          "startLine": .integer(1), "startColumn": .integer(1), "endLine": .integer(1),
          "endColumn": .integer(1),
        ]),
      ]),
      "logicalLocations": .array([
        .object([
          "name": .string(name.visible(limit: Rendering.longest)),
          "fullyQualifiedName": .string(
            "\(suite)/\(name)/\(metric)".visible(limit: Rendering.longest)),
        ])
      ]),
    ])
  }

  /// Returns the fingerprints of the result, which are equal in every run: they contain neither
  /// numbers nor verdict.
  ///
  /// GitHub reads only the fingerprint that it would otherwise make of the line, which all results
  /// have in common.
  private func fingerprints(in suite: String, _ machine: String?) -> [String: String] {
    let identity: [JSONValue] =
      [
        .string(suite), .string(check.standard.rawValue), .string(check.id.benchmark.name),
        .strings(check.id.benchmark.labels), .string(check.id.metric),
      ] + (machine.map { [.string($0)] } ?? [])
    let fingerprint = JSONValue.array(identity).line.fingerprint
    return ["series/v1": fingerprint, "primaryLocationLineHash": "\(fingerprint):1"]
  }
}

extension String {
  /// The text without a link or a placeholder in it, as SARIF's messages may have them.
  fileprivate var unlinked: String {
    escaping { $0 == "{" || $0 == "}" ? "\($0)\($0)" : nil }.replacing("](", with: "] (")
  }
}

extension JSONValue {
  fileprivate static func optional(_ text: String?) -> JSONValue { text.map(string) ?? .null }
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(string)) }
}
