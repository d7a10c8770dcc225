import Git
import Measurements
import Reports
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A regression that is accepted: a waiver for it in `.perfconfig`, which a reviewer will see.
struct Acceptance {
  let gate: Gate

  private var settings: GateSettings { gate.call.settings }

  /// Writes a section for each metric that regressed, as narrow as what was typed leaves it.
  func write() throws {
    let pattern = settings.accept ?? "*"
    let report = try gate.report()
    let regressions = report.regressions
    let concerned = regressions.filter { Pattern(pattern).matches($0.id.benchmark.name) }
    guard !concerned.isEmpty else {
      let names = Set(regressions.map(\.id.benchmark.name)).sorted()
      throw Complaint(
        .usage, "nothing to accept: no regression of '\(pattern)'",
        hint: names.isEmpty
          ? nil : "there are regressions of \(names.prefix(5).joined(separator: ", "))")
    }
    let sections = try Dictionary(grouping: concerned, by: \.id.metric).sorted { $0.key < $1.key }
      .map {
        try section(pattern, metric: $0.key, $0.value, in: report.suite, today: report.policy.today)
      }
    try append(sections)
    gate.call.err.line(
      "perf-gate: \(sections.count == 1 ? "a waiver" : "\(sections.count) waivers") written to "
        + "\(Configuration.fileName): commit it for review")
  }

  private func section(
    _ pattern: String, metric: String, _ regressions: [Judgement], in suite: String, today: Day?
  ) throws -> String {
    guard let expires = settings.expires ?? today?.adding(days: 90) else {
      throw UsageError(
        "--accept cannot tell the date", hint: "say until when with `--expires <date>`")
    }
    let ceiling = try settings.ceiling ?? Self.ceiling(for: regressions)
    return """
      [waiver \(try Self.quoted(pattern, in: "the pattern", isTitle: true))]
      \tmetric = \(try Self.quoted(metric, in: "the metric"))
      \tceiling = \(Int((ceiling * 100).rounded(.up)))%
      \texpires = \(expires)
      \treason = \(try Self.quoted(settings.reason ?? "", in: "the reason"))

      """
        + (suite == Run.defaultSuite
          ? "" : "\tsuite = \(try Self.quoted(suite, in: "the suite"))\n")
  }

  /// The worst of them, up to the next 5 %.
  private static func ceiling(for regressions: [Judgement]) throws -> Double {
    let changes = regressions.map { judgement in
      judgement.comparison?.effect.change.map { judgement.metric.better == .lower ? $0 : -$0 }
    }
    guard !changes.contains(nil), let worst = changes.compactMap(\.self).max(), worst <= 10 else {
      throw Complaint(
        .usage, "a change from zero, or of more than 1000 %, has no ceiling",
        hint: "it cannot be waived: raise the threshold or set `ignoreBelow` for the metric")
    }
    return (worst * 20).rounded(.up) / 20
  }

  /// A text between quotation marks as git's configuration has it.
  private static func quoted(
    _ text: String, in what: String, isTitle: Bool = false
  ) throws -> String {
    let escapes: [Character: String] =
      isTitle
      ? ["\"": "\\\"", "\\": "\\\\"]
      : ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    // A line break cannot stand in a heading, and no control character anywhere.
    let escaped = text.map { escapes[$0] ?? String($0) }.joined()
    guard escaped.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw UsageError(
        "\(what) has control characters, which a configuration file cannot hold",
        hint: isTitle ? "write `?` in their place" : nil)
    }
    return "\"\(escaped)\""
  }

  /// Adds to the file, which keeps all that it says; where the result cannot be read, the file is as
  /// it was.
  private func append(_ sections: [String]) throws {
    let workspace = try Workspace(gate.call)
    guard let top = workspace.repository.workTree else {
      throw Complaint(
        .usage, "a bare repository has no \(Configuration.fileName)",
        hint: "accept it in a clone with a work tree")
    }
    let path = "\(top)/\(Configuration.fileName)"
    try OutputFile.check(path, typed: Configuration.fileName)
    let old = FileManager.default.contents(atPath: path)
    guard var text = String(validating: old ?? Data(), as: UTF8.self) else {
      throw Complaint(
        .usage, "\(Configuration.fileName) is not UTF-8", hint: "write the waiver into it by hand")
    }
    let before = text
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    try OutputFile.write(text + sections.joined(), to: path)
    do {
      _ = try Configuration.read(workspace.repository, gate.call)
    } catch {
      if old == nil { OutputFile.remove(path) } else { try OutputFile.write(before, to: path) }
      throw error
    }
  }
}

extension Report {
  /// All that fails the gate for being slower, since the baseline and since the anchor.
  fileprivate var regressions: [Judgement] {
    (assessment.judgements + (decision.anchored?.judgements ?? []))
      .filter { $0.verdict.kind == .regression }
  }
}
