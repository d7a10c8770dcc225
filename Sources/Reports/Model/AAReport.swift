import Measurements
package import Verdicts

/// A report on a commit compared with itself, for the person who chooses the settings of a gate.
package struct AAReport: Sendable {
  let check: AACheck
  let party: SideDescription
  let policy: Policy
  let seed: UInt64

  package init(_ check: AACheck, of party: SideDescription, policy: Policy, seed: UInt64) {
    self.check = check
    self.party = party
    self.policy = policy
    self.seed = seed
  }

  package var text: String {
    (heading + [""] + textTable(check.rows, Self.columns) + [""] + totals + advice)
      .map { $0 + "\n" }.joined()
  }

  private var heading: [String] {
    [
      "candidate   \(party.summary)",
      "machine     \(party.environment?.summary ?? "unknown")",
      "check       \(count(check.splits, "random split")) of its rounds (seed \(seed)), "
        + "\(count(check.pairs, "pair")) of runs",
      "judged      alpha \(policy.alpha), \(policy.correctionName), "
        + "threshold ±\(threshold(policy.threshold.value))",
    ]
  }

  private static var columns: [TextColumn<AACheck.Row>] {
    [
      TextColumn(title: "benchmark") { $0.id.benchmark.description.visible(limit: 60) },
      TextColumn(title: "metric") { $0.id.metric.visible(limit: 40) },
      TextColumn(title: "rounds", right: true) { "\($0.rounds)" },
      TextColumn(title: "alarms in splits", right: true) { row in
        row.split?.alarmsText ?? "too few rounds"
      },
      TextColumn(title: "noise", right: true) { $0.split?.floorText ?? "" },
      TextColumn(title: "between runs", right: true) { $0.between?.alarmsText ?? "" },
      TextColumn(title: "noise", right: true) { $0.between?.floorText ?? "" },
      TextColumn(title: "rounds needed", right: true) { row in
        row.roundsNeeded.map(String.init) ?? (row.split == nil ? "" : "over 1000")
      },
    ]
  }

  private var totals: [String] {
    [
      check.total(.splits).map { "in splits: \($0.words)" },
      check.total(.runs).map { "between runs: \($0.words)" },
    ].compactMap(\.self)
  }

  private var advice: [String] {
    let rounds = check.roundsNeeded.map(words(for:)) ?? "more rounds"
    let floor = check.threshold.map {
      $0 < 1 ? "a threshold of at least \(threshold($0))" : "less noise, for any threshold"
    }
    return [
      "recommended: \(([rounds] + [floor].compactMap(\.self)).joined(separator: ", "))",
      "noise is what 19 of 20 comparisons stay within; rounds needed are those that show at the "
        + "threshold above that nothing changed",
    ]
  }
}

extension AAReport {
  /// Returns the needed rounds in words. If only one series needs so many, the words name it.
  private func words(for need: AACheck.Need) -> String {
    let rounds = "\(need.rounds) rounds a side"
    guard let others = need.others, others < need.rounds else { return rounds }
    let name = need.id.benchmark.description.visible(limit: 60)
    return
      "\(rounds) for '\(name)' \(need.id.metric.visible(limit: 40)), \(others) for all others"
  }
}

extension AACheck.Tally {
  fileprivate var alarmsText: String { "\(alarms) of \(comparisons)" }
  fileprivate var floorText: String { "±\(fixed(floor * 100, 1)) %" }

  fileprivate var words: String {
    let rate = Double(alarms) / Double(comparisons) * 100
    return "\(alarms) false \(alarms == 1 ? "alarm" : "alarms") in \(comparisons) comparisons "
      + "(\(fixed(rate, 2)) %), noise up to ±\(fixed(floor * 100, 1)) %"
  }
}
