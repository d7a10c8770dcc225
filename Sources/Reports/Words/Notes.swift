import Measurements
import Verdicts

/// The notes for a reader about the verdicts as a whole, and the advice about them: sentences in
/// which names and words to be typed are between backticks.
extension Report {
  /// The notes of all parts, each once, and those about the waivers.
  package var notes: [String] {
    var seen: Set<String> = []
    return parts.flatMap(\.notes).filter { seen.insert($0).inserted } + waivers.compactMap(\.note)
  }

  /// The waivers of all parts; one that permits something in any of them is used.
  var waivers: [WaiverState] {
    let states = parts.flatMap(\.decision.waivers)
    let used = Set(states.filter(\.isUsed).map(\.waiver))
    var seen: Set<Waiver> = []
    return states.filter { seen.insert($0.waiver).inserted }.map {
      WaiverState(
        waiver: $0.waiver, isExpired: $0.isExpired, isUsed: used.contains($0.waiver))
    }
  }
}

extension SuiteReport {
  fileprivate var notes: [String] {
    [shift, process, fewRounds, settleNames, collapsed, summaries].compactMap(\.self) + variations
  }

  private var fewRounds: String? {
    let few = familyResult.ofFewRounds
    let launches = few.compactMap { seriesResult in
      seriesResult.comparison.map { min($0.old.rounds, $0.new.rounds) }
    }
    guard let least = launches.min(), let most = launches.max() else { return nil }
    let benchmarks = Set(few.map(\.id.benchmark)).count
    let range =
      least == most ? count(least, "launch", plural: "launches") : "\(least) to \(most) launches"
    return "\(count(benchmarks, "benchmark")) × \(range): none can be called unchanged by itself"
  }

  private var shift: String? {
    guard let shift = familyResult.machineShift else { return nil }
    return
      "the machine moved, or everything did: \(shift.moved) of \(shift.count) series changed by "
      + "about \(percent(shift.factor - 1)); measure the base again on this machine, or both sides "
      + "interleaved with one `--session`, and see whether that stays"
  }

  private var process: String? {
    let seriesResults = familyResult.seriesResults.count { $0.comparison?.evidence == .samples }
    guard seriesResults > 0 else { return nil }
    return "\(count(seriesResults, "series", plural: "series")) compared within one process, where "
      + "repetitions are not independent: record rounds, as with `perf-record --rounds 10 "
      + "--format <name> -- <command>`"
  }

  private var settleNames: String? {
    guard familyResult.seriesResults.contains(where: { $0.verdict.kind == .renamed }) else {
      return nil
    }
    return "a benchmark that goes on under a new name keeps its history with "
      + "`alias = <old name>` below `[benchmark \"<new name>\"]` in `.perfconfig`"
  }

  private var collapsed: String? {
    guard familyResult.seriesResults.contains(where: { $0.verdict.kind == .collapsed }) else {
      return nil
    }
    return "ten times better, or more: see that it still does its work, then "
      + "`collapsed = ignore` below its `[benchmark]` in `.perfconfig` settles it"
  }

  private var summaries: String? {
    let isThere = familyResult.seriesResults.contains { $0.verdict == .incomparable(.summary) }
    return isThere
      ? "numbers that a tool computed hold no evidence by themselves: perf-gate holds them against the "
        + "recordings before them, from five on; record samples, or take the threshold alone with `gate.summaries = threshold`"
      : nil
  }

  private var variations: [String] {
    let varying = familyResult.seriesResults.filter {
      $0.comparison?.variation.old != nil || $0.comparison?.variation.new != nil
    }
    let shown = varying.prefix(3).map { "\($0.id.benchmark) \($0.id.metric)".quoted }
    let rest = varying.count - shown.count
    guard !shown.isEmpty else { return [] }
    return [
      "exact, yet not the same in every round: \(shown.joined(separator: ", "))"
        + (rest > 0 ? " and \(rest) more" : "")
        + "; `exact = false` below `[metric]` has them tested"
    ]
  }
}

extension WaiverState {
  fileprivate var note: String? {
    let name = "the waiver for \(waiver.benchmark.text.quoted) in \(waiver.place.quoted)"
    if isExpired { return "\(name) expired on \(waiver.expires): renew it, or take it out" }
    return isUsed ? nil : "\(name) permits nothing that happened: take it out"
  }
}

extension String {
  /// The text between backticks, without backticks of its own.
  fileprivate var quoted: String { "`\(visible(limit: 100).replacing("`", with: "'"))`" }
}
