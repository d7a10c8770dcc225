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
    try gate.call.checkReports()
    let pattern = settings.accept ?? "*"
    let report = try gate.report()
    let regressions = report.parts.flatMap(\.regressions)
    let concerned = regressions.filter { Pattern(pattern).matches($0.id.benchmark.name) }
    guard !concerned.isEmpty else {
      let names = Set(regressions.map(\.id.benchmark.name)).sorted()
      throw Complaint(
        .usage, "nothing to accept: no regression of '\(pattern)'",
        hint: names.isEmpty
          ? nil : "there are regressions of \(names.prefix(5).joined(separator: ", "))")
    }
    var waivers: [Waiver] = []
    for part in report.parts {
      let own = part.regressions.filter { Pattern(pattern).matches($0.id.benchmark.name) }
      let sections = try Dictionary(grouping: own, by: \.id.metric).sorted { $0.key < $1.key }
        .map { try waiver(pattern, metric: $0.key, $0.value, today: part.policy.today) }
      if !sections.isEmpty { try append(sections, for: part.suite) }
      waivers += sections
    }
    try liftMarks(of: concerned)
    gate.call.err.line(
      "perf-gate: \(waivers.count == 1 ? "a waiver" : "\(waivers.count) waivers") written to "
        + "\(Configuration.fileName): commit it for review")
  }

  /// What is accepted may be a baseline again.
  private func liftMarks(of accepted: [Judgement]) throws {
    let workspace = try Workspace(gate.call)
    guard let commit = (try? workspace.repository.commitIfPresent(gate.call.revision)) ?? nil else {
      return
    }
    let ids = Set(accepted.map(\.id))
    let lifted = try Unmarking.lift(at: commit, in: workspace, gate.call) { ids.contains($1) }
    guard !lifted.isEmpty else { return }
    let names = Set(lifted.map(\.benchmark.description)).sorted().joined(separator: ", ")
    gate.call.err.line("perf-gate: no longer marked on \(commit.id.short): \(names.visible())")
  }

  private func waiver(
    _ pattern: String, metric: String, _ regressions: [Judgement], today: Day?
  ) throws -> Waiver {
    guard let today, let expires = settings.expires ?? today.adding(days: 90) else {
      throw UsageError(
        "--accept cannot tell the date", hint: "say until when with `--expires <date>`")
    }
    guard expires >= today else {
      throw UsageError("\(expires) is over", hint: "a waiver holds until a day to come")
    }
    let worst = try Self.worst(of: regressions)
    // What is left of a rounding does not make it the next 5 %.
    let ceiling = settings.ceiling ?? (worst * 20 - 1e-9).rounded(.up) / 20
    guard ceiling >= worst - 1e-9 else {
      throw UsageError(
        "\(metric) is \(Self.percent(worst)) worse, above that ceiling",
        hint: "write a `--ceiling` above it, or leave it out")
    }
    return Waiver(
      benchmark: Pattern(pattern), metric: Pattern(metric), ceiling: ceiling, expires: expires,
      reason: settings.reason ?? "")
  }

  private static func worst(of regressions: [Judgement]) throws -> Double {
    var worst = 0.0
    for judgement in regressions {
      let change = judgement.comparison?.effect.change
        .map { judgement.metric.better == .lower ? $0 : -$0 }
      guard let change, change <= 10 else {
        throw Complaint(
          .usage,
          "\(judgement.id.metric) of '\(judgement.id.benchmark)' changed from zero, or by more than "
            + "1000 %, and so has no ceiling",
          hint: "it cannot be waived: raise the threshold or set `ignoreBelow` for the metric")
      }
      worst = max(worst, change)
    }
    return worst
  }

  /// `12.5%`, with as many decimals as it takes, four at most.
  private static func percent(_ part: Double) -> String {
    let number = (part * 1_000_000).rounded() / 10_000
    return number == number.rounded() ? "\(Int(number))%" : "\(number)%"
  }

  private static func section(_ waiver: Waiver, for suite: String) throws -> String {
    """
    [waiver \(try quoted(waiver.benchmark.text, in: "the pattern", isTitle: true))]
    \tmetric = \(try quoted(waiver.metric?.text ?? "*", in: "the metric"))
    \tceiling = \(percent(waiver.ceiling))
    \texpires = \(waiver.expires)
    \treason = \(try quoted(waiver.reason, in: "the reason"))
    \tsuite = \(try quoted(suite, in: "the suite"))

    """
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

  /// Adds to the file, which keeps all that it says; where the result does not say what it should,
  /// the file is as it was.
  private func append(_ waivers: [Waiver], for suite: String) throws {
    let workspace = try Workspace(gate.call)
    guard let top = workspace.repository.workTree else {
      throw Complaint(
        .usage, "a bare repository has no \(Configuration.fileName)",
        hint: "accept it in a clone with a work tree")
    }
    let path = "\(top)/\(Configuration.fileName)"
    try OutputFile.check(path, typed: Configuration.fileName)
    let sections = try waivers.map { try Self.section($0, for: suite) }
    let old = FileManager.default.contents(atPath: path)
    guard let before = String(validating: old ?? Data(), as: UTF8.self) else {
      throw Complaint(
        .usage, "\(Configuration.fileName) is not UTF-8", hint: "write the waiver into it by hand")
    }
    let isWhole = before.isEmpty || before.hasSuffix("\n")
    try OutputFile.write(before + (isWhole ? "" : "\n") + sections.joined(), to: path)
    do {
      let settings = try workspace.files.fileHere().settings + workspace.gitSettings
      let policy = try Configuration.saying(settings).policy(for: suite)
      guard waivers.allSatisfy({ policy.waivers.contains(where: $0.says) }) else {
        throw Complaint(
          .usage, "\(Configuration.fileName) cannot be added to: its last line goes on",
          hint: "end it first; a backslash at the end of a line belongs to the next one too")
      }
    } catch {
      if old == nil { OutputFile.remove(path) } else { try OutputFile.write(before, to: path) }
      throw error
    }
  }
}

extension Waiver {
  /// Whether both permit the same, wherever they are written; a ceiling in whole hundredths of a per
  /// cent.
  fileprivate func says(_ other: Waiver) -> Bool {
    benchmark == other.benchmark && metric == other.metric && expires == other.expires
      && reason == other.reason && (ceiling - other.ceiling).magnitude < 1e-6
  }
}

extension SuiteReport {
  /// All that fails the gate for being slower, since the baseline and since the anchor.
  fileprivate var regressions: [Judgement] {
    (assessment.judgements + (decision.anchored?.judgements ?? []))
      .filter { $0.verdict.kind == .regression }
  }
}
