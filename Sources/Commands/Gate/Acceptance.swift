import CommandLine
import Configuration
import Git
import Measurements
import Reports
import Verdicts

/// Writes waivers into `.perfconfig` for rows that fail the gate and that the user accepts. A
/// reviewer sees them.
struct Acceptance {
  let gate: Gate

  private var settings: GateSettings { gate.call.settings }

  /// Writes one section for each metric that regressed, and one for benchmarks that are missing,
  /// failed, renamed or redefined. Options limit what they permit.
  func write() throws {
    try gate.call.checkReports()
    let report = try gate.report()
    let rows = report.parts.flatMap(\.acceptable)
    let pattern = Pattern(
      typed: settings.accept ?? "*", among: rows.lazy.map(\.id.benchmark.name))
    guard rows.contains(where: { pattern.matches($0.id.benchmark.name) }) else {
      throw nothing(of: settings.accept ?? "*", besides: rows)
    }
    let (today, expires) = try days(report.parts.first?.policy.today)
    guard expires >= today else {
      throw UsageError("\(expires) is over", hint: "a waiver holds until a day to come")
    }
    var count = 0
    for part in report.parts {
      let waivers = try waivers(for: part, pattern, until: expires)
      guard !waivers.isEmpty else { continue }
      try WaiverFile(gate: gate).write(waivers, after: part)
      count += waivers.count
    }
    try liftMarks(pattern, rows)
    gate.call.err.line(
      "perf-gate: \(count == 1 ? "a waiver" : "\(count) waivers") written to "
        + "\(ProjectConfiguration.fileName): commit it for review")
  }

  /// Returns a waiver for each metric that regressed, and one for benchmarks that are missing,
  /// failed, renamed or redefined.
  private func waivers(
    for part: SuiteReport, _ pattern: Pattern, until expires: Day
  ) throws -> [Waiver] {
    let concerned = part.acceptable.filter { pattern.matches($0.id.benchmark.name) }
    let states = Set(concerned.compactMap(\.waivable))
    let regressions = concerned.filter { $0.waivable == nil }
    let byMetric = Dictionary(grouping: regressions, by: \.id.metric).sorted { $0.key < $1.key }
    func waiver(_ metric: String?, _ ceiling: Double?, _ states: Set<Waiver.State>) -> Waiver {
      Waiver(
        benchmark: pattern, metric: metric.map { Pattern(literal: $0) }, ceiling: ceiling,
        states: states, expires: expires, reason: settings.reason ?? "")
    }
    return (states.isEmpty ? [] : [waiver(nil, nil, states)])
      + (try byMetric.map { waiver($0.key, try ceiling(of: $0.value, $0.key), []) })
  }

  /// Lifts the marks on what is accepted, so that the commit can be a baseline again.
  private func liftMarks(_ pattern: Pattern, _ rows: [SeriesResult]) throws {
    let judging = try Workspace.judging(gate.call)
    let subject = try gate.subject(in: judging)
    guard let commit = subject.commit else { return }
    // Who accepts a row over several tasks accepts what marked each of them.
    let accepted = rows.filter { pattern.matches($0.id.benchmark.name) }
    let ids = Set(accepted.map(\.id) + accepted.flatMap { $0.comparison?.tasks?.members ?? [] })
    let workspace = try gate.ruling(on: subject, in: judging).workspace
    let lifted = try Unmarking.lift(at: commit, in: workspace, gate.call) { _, id in
      ids.contains(id)
    }
    guard !lifted.isEmpty else { return }
    let names = Set(lifted.map(\.benchmark.description)).sorted().joined(separator: ", ")
    gate.call.err.line("perf-gate: no longer marked on \(commit.id.short): \(names.visible())")
  }

  private func nothing(of typed: String, besides rows: [SeriesResult]) -> Diagnostic {
    let names = Set(rows.map(\.id.benchmark.name)).sorted().prefix(5).joined(separator: ", ")
    let areRegressions = rows.allSatisfy { $0.waivable == nil }
    return Diagnostic(
      .usage, "nothing to accept: no regression of '\(typed)'",
      hint: rows.isEmpty
        ? nil
        : areRegressions
          ? "there are regressions of \(names)" : "there is something to accept of \(names)")
  }

  private func days(_ today: Day?) throws -> (today: Day, expires: Day) {
    guard let today, let expires = settings.expires ?? today.adding(days: 90) else {
      throw UsageError(
        "--accept cannot tell the date", hint: "say until when with `--expires <date>`")
    }
    return (today, expires)
  }

  private func ceiling(of regressions: [SeriesResult], _ metric: String) throws -> Double {
    let worst = try Self.worst(of: regressions)
    // A rounding error must not raise the ceiling to the next 5 %.
    let ceiling = settings.ceiling ?? (worst * 20 - 1e-9).rounded(.up) / 20
    guard ceiling >= worst - 1e-9 else {
      throw UsageError(
        "\(metric) is \(WaiverSection.percent(worst)) worse, above that ceiling",
        hint: "write a `--ceiling` above it, or leave it out")
    }
    return ceiling
  }

  private static func worst(of regressions: [SeriesResult]) throws -> Double {
    var worst = 0.0
    for seriesResult in regressions {
      let change = seriesResult.comparison?.limitedEffect.change
        .map { seriesResult.metric.better == .lower ? $0 : -$0 }
      guard let change, change <= 10 else {
        throw Diagnostic(
          .usage,
          "\(seriesResult.id.metric) of '\(seriesResult.id.benchmark)' changed from zero, or by more than "
            + "1000 %, and so has no ceiling",
          hint: "it cannot be waived: raise the threshold or set `ignoreBelow` for the metric")
      }
      worst = max(worst, change)
    }
    return worst
  }
}

extension SuiteReport {
  /// The rows that fail the gate and that a waiver could permit, since the baseline and since the
  /// anchor; and the rows of redefined benchmarks.
  fileprivate var acceptable: [SeriesResult] {
    let all = zip(familyResult.seriesResults, outcomes.series)
    let anchored = zip(decision.anchored?.seriesResults ?? [], outcomes.anchored)
    return all.filter { $0.isAcceptable(fails: $1.fails) }.map(\.0)
      + anchored.filter { $0.verdict.kind == .regression && $1.fails }.map(\.0)
  }
}

extension SeriesResult {
  fileprivate func isAcceptable(fails: Bool) -> Bool {
    guard waiver?.state != .permits else { return false }
    if redefinition.map({ $0.response != .ignore && $0.prices == nil }) ?? false { return true }
    switch verdict.kind {
    case .regression, .missing, .notMeasured, .failed, .renamed: return fails
    default: return false
    }
  }
}

extension SeriesResult {
  /// The state that a waiver must name to permit the row; nil for a regression, which needs
  /// a ceiling.
  fileprivate var waivable: Waiver.State? {
    if let redefinition, redefinition.prices == nil { return .redefined }
    return switch verdict.kind {
    case .missing, .notMeasured: .missing
    case .failed: .failed
    case .renamed: .renamed
    default: nil
    }
  }
}
