import CommandLine
import Configuration
import Git
import Reports
import Verdicts

/// The `.perfconfig` of the work tree, to which waivers are written.
struct WaiverFile {
  let gate: Gate

  /// Adds waivers to the file or replaces outdated ones, and leaves all else as it is. If the
  /// result does not read as it should, the file is restored.
  ///
  /// - Parameter report: The report that the waivers are for.
  func write(_ waivers: [Waiver], after report: SuiteReport) throws {
    let rules = try WorkTreeRules(of: Workspace(gate.call), for: "the waiver")
    var text = try WaiverText(rules.text, suite: report.suite)
    for waiver in waivers { try text.add(waiver, inPlace: !report.isNeeded(for: waiver)) }
    try rules.write(text.text, changing: "waiver") { configuration in
      let policy = try configuration.policy(for: report.suite)
      return waivers.allSatisfy { policy.waivers.contains(where: $0.says) }
    }
  }
}

extension SuiteReport {
  /// True if a waiver for every metric of the benchmark permits something, so that a waiver for one
  /// metric cannot replace it.
  fileprivate func isNeeded(for waiver: Waiver) -> Bool {
    let seriesResults = familyResult.seriesResults + (decision.anchored?.seriesResults ?? [])
    return seriesResults.contains {
      $0.waiver?.state == .permits && $0.waiver?.waiver.metric == nil
        && $0.waiver?.waiver.benchmark.text == waiver.benchmark.text
    }
  }
}

extension Waiver {
  /// True if both waivers permit the same, apart from their places. Ceilings are compared to within
  /// 0.0001 percent.
  fileprivate func says(_ other: Waiver) -> Bool {
    benchmark.text == other.benchmark.text && metric?.text == other.metric?.text
      && expires == other.expires && reason == other.reason && states == other.states
      && ((ceiling ?? 0) - (other.ceiling ?? 0)).magnitude < 1e-6
  }
}
