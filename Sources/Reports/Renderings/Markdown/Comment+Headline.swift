import Measurements
import Verdicts

extension Comment {
  /// One sentence with the gate's outcome, the number of series, and the action that is needed, if
  /// any.
  var headline: String {
    let summary = cell(report.summary)
    guard let words = report.headline else { return "**\(summary)**\(topic)" }
    return "\(words.icon) **\(words.says)**\(topic): \(summary); \(words.asks)."
  }
}

extension SuiteReport {
  /// The sides that were compared and the way, on one line of a comment.
  var commentCircumstances: String {
    let anchor = anchor.map { "anchor \(cell($0.summary))" }
    let machines = [
      candidate.environment.map { code($0.summary, limit: 200) },
      machineDifferences.map { "the machines differ in \(code($0, limit: 200))" },
      roundsText,
    ]
    let sides = "\(side(baseline)) → \(side(candidate))"
    return
      ([sides, cell(origin.explanation.visible(limit: 200))]
      + otherBaselines.map { cell($0) } + machines.compactMap(\.self) + [cell(test)]
      + [anchor].compactMap(\.self)).joined(
        separator: " · ")
  }

  private func side(_ party: SideDescription) -> String {
    code(party.name) + (party.commitBesidesName.map { " (\($0))" } ?? "")
  }
}

/// The words for an outcome, and the request to the reader.
typealias Headline = (icon: String, says: String, asks: String)

extension Report {
  /// The headline; nil for a comparison that judges nobody.
  var headline: Headline? {
    outcome?.headline(
      isDecided: counts[.inconclusive] == 0,
      isCompared: parts.contains { part in
        part.familyResult.seriesResults.contains { $0.comparison != nil }
      })
  }
}

extension Outcome {
  fileprivate func headline(isDecided: Bool, isCompared: Bool) -> Headline {
    switch self {
    case .pass where isDecided: ("✅", "No regression", "nothing to do")
    case .pass: ("✅", "No regression shown", "more rounds would decide the rest")
    case .noBaseline: ("🆕", "No baseline yet", "the first recording of the base becomes it")
    case .undecided: ("⚠️", "Nothing is decided", "please measure more rounds")
    case .regression: ("❌", "Performance regression", "please fix or accept")
    case .improvement:
      ("❌", "Unexpected improvement", "please see that it still does its work, or let it pass")
    case .overBudget: ("❌", "Over budget", "please fix it, or change the budget")
    case .goalNotMet: ("❌", "Goal not met", "please reach it, or change the goal")
    case .incomplete:
      ("❌", "Not everything was measured as before", "please see to what is named")
    case .incomparable where !isCompared:
      ("❌", "Nothing can be compared", "please record a baseline")
    case .incomparable: ("❌", "Not everything can be compared", "please record a baseline")
    case .inconclusive: ("❌", "Undecided", "please measure more rounds")
    }
  }
}

extension SuiteReport {
  /// The number of rounds a side, as in `10 and 10 rounds`, or the smallest and largest if series
  /// differ.
  var roundsText: String? {
    func range(_ counts: [Int]) -> String? {
      guard let least = counts.min(), let most = counts.max() else { return nil }
      return least == most ? "\(least)" : "\(least)–\(most)"
    }
    let comparisons = familyResult.seriesResults.compactMap(\.comparison).filter {
      $0.tasks == nil
    }
    guard let old = range(comparisons.map(\.old.rounds)),
      let new = range(comparisons.map(\.new.rounds))
    else { return nil }
    return "\(old) and \(new) rounds"
  }
}
