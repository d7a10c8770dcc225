package import Measurements
import Verdicts

extension Report {
  /// Returns every number behind the verdicts on some series; nil if there are no such series.
  package func explanation(of isWanted: (Series.ID) -> Bool) -> String? {
    let all = parts.flatMap { part in
      part.explanations(of: isWanted).map { hasSeveralParts ? [title(of: part)] + $0 : $0 }
    }
    return all.isEmpty
      ? nil : all.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension SuiteReport {
  fileprivate func explanations(of isWanted: (Series.ID) -> Bool) -> [[String]] {
    let own = familyResult.seriesResults.filter { isWanted($0.id) }.map { seriesResult in
      let base = baseline(of: seriesResult)
      return Explanation(
        seriesResult: seriesResult,
        comparand: ComparedBaseline(
          title: "baseline", party: base.party, chosen: base.origin.words),
        report: self, size: familyResult.size(of: seriesResult)
      ).lines
    }
    return own + anchored(isWanted)
      + decision.budgets.filter { isWanted($0.id) }.map(explanation)
  }

  private func anchored(_ isWanted: (Series.ID) -> Bool) -> [[String]] {
    guard let anchor, let party = anchor.party, let familyResult = decision.anchored else {
      return []
    }
    let comparand = ComparedBaseline(title: "anchor", party: party, chosen: anchor.explanation)
    return familyResult.seriesResults.filter { isWanted($0.id) }.map {
      Explanation(
        seriesResult: $0, comparand: comparand, report: self, size: familyResult.size(of: $0)
      )
      .lines
    }
  }

  private func explanation(of ruling: BudgetRuling) -> [String] {
    let interval = ruling.interval.map { "\(full($0)) at \(threshold(ruling.level.confidence))" }
    return [
      "\(ruling.id.benchmark.description.visible(limit: 200)) \(ruling.id.metric.visible()), "
        + "\(ruling.budget.isWarning ? "budget warning" : "budget"): \(ruling.words)",
      fact(
        "head",
        "\(count(ruling.side.rounds, "round")), median "
          + amount(ruling.side.median, ruling.metric.unit)),
      fact("interval", interval ?? "none"),
    ]
      + (ruling.budget.percentile.map { percent in
        let value = ruling.percentile.map { amount($0, ruling.metric.unit) }
        return [fact("p\(percent)", value ?? "none: too few rounds")]
      } ?? []) + [
        fact("budget", "\(ruling.budget.written) in \(ruling.budget.place)".visible(limit: 200))
      ]
  }
}

extension FamilyResult {
  /// Returns the number of series over which the p of one is corrected.
  fileprivate func size(of result: SeriesResult) -> Int {
    TaskRow.isName(result.id.benchmark.name) ? taskFamilySize : familySize - taskFamilySize
  }
}

/// The side that a candidate is compared with, and the rule that chose it.
private struct ComparedBaseline {
  let title: String
  let party: SideDescription
  let chosen: String
}

/// One decision with its numbers, in the metric's unit and in full.
private struct Explanation {
  let seriesResult: SeriesResult
  let comparand: ComparedBaseline
  let report: SuiteReport
  let size: Int

  var lines: [String] {
    let name = seriesResult.id.benchmark.description.visible(limit: 200)
    return ["\(name) \(seriesResult.id.metric.visible()): \(seriesResult.words)"] + parties
      + figures
      + [fact("threshold", limit)]
      + (seriesResult.decides
        ? [] : [fact("decides", "nothing: other metrics of this benchmark do")])
      + (seriesResult.waiver.map { [fact("waiver", words(for: $0))] } ?? [])
  }

  private var parties: [String] {
    [
      fact(
        comparand.title,
        "\(comparand.party.summary), \(comparand.chosen)\(conditions(comparand.party))".visible(
          limit: 400)),
      fact("candidate", report.candidate.summary + conditions(report.candidate)),
    ] + (seriesResult.formerly.map { [fact("formerly", $0.visible(limit: 200))] } ?? [])
  }

  private func conditions(_ party: SideDescription) -> String {
    let conditions = Condition.allCases.compactMap { condition in
      condition.value(in: party.conditions).map { "\(condition.rawValue) \($0)" }
    }
    return conditions.isEmpty ? "" : "; at " + conditions.joined(separator: ", ")
  }

  private var limit: String {
    if seriesResult.comparison?.isOfRates == true {
      let limit = seriesResult.limit.threshold
      return
        "a drop of \(threshold(limit.value).dropLast(2)) points, from \(limit.source.visible(limit: 200))"
    }
    let threshold =
      "±\(threshold(seriesResult.limit.threshold.value)), from "
      + seriesResult.limit.threshold.source.visible(limit: 200)
    let floor = seriesResult.limit.floor.map {
      "; ignored below \($0.value), from \($0.source)".visible(limit: 200)
    }
    return threshold + (floor ?? "")
  }

  private var figures: [String] {
    guard let comparison = seriesResult.comparison else { return [] }
    if let tasks = comparison.tasks { return sides(comparison) + overTasks(comparison, tasks) }
    return sides(comparison) + test(comparison) + effect(comparison)
  }

  private func sides(_ comparison: Comparison) -> [String] {
    let numbers = comparison.numbers
    return [
      fact("base", words(for: comparison.old, numbers.old)),
      fact("", values(numbers.old)),
      fact("head", words(for: comparison.new, numbers.new)),
      fact("", values(numbers.new)),
      fact("evidence", comparison.evidence.words(among: comparison.swing)),
    ]
  }

  private func words(for side: Side, _ numbers: Comparison.Numbers) -> String {
    if seriesResult.comparison?.isOfRates == true {
      return "\(count(side.rounds, "attempt")), rate \(full(side.median))"
    }
    if let tasks = seriesResult.comparison?.tasks {
      let value = amount(side.median, seriesResult.metric.unit)
      return "\(count(side.rounds, "attempt")) at \(tasks.note), \(value)"
    }
    let noise = numbers.variation.map { ", noise \(fixed($0 * 100, 2)) %" } ?? ""
    return "\(count(side.rounds, "round")), median "
      + amount(side.median, seriesResult.metric.unit) + noise
  }

  /// Returns the figures of a comparison over tasks, of which there is no rank test.
  private func overTasks(_ comparison: Comparison, _ tasks: TaskComparison) -> [String] {
    let confidence = threshold(seriesResult.level.confidence)
    let solved = tasks.attempts.map { attempts in
      fact(
        "solved",
        "\(attempts.old.solved) of \(attempts.old.count), and \(attempts.new.solved) of "
          + "\(attempts.new.count) attempts at \(tasks.note)")
    }
    guard comparison.isOfRates else {
      return [solved].compactMap(\.self) + effect(comparison)
        + [
          fact(
            "interval",
            comparison.effect.interval.map {
              "\(full($0)) at \(confidence), by drawing the tasks again"
            } ?? "none")
        ]
    }
    let difference = comparison.effect.difference
    return [
      solved,
      tasks.p.map {
        fact("p", "\(full($0)), two-sided, exact, conditional on what each task was solved")
      },
    ].compactMap(\.self) + corrected
      + [
        difference.map { fact("estimate", "\(full($0.estimate)) (\(points($0.estimate)))") },
        difference?.interval.map { fact("interval", "\(full($0)) at \(confidence), Newcombe's") },
        tasks.attemptsNeeded.map {
          fact("attempts", "\($0) a side would exclude a drop of the margin four times out of five")
        },
        names("lost", tasks.lost), names("won", tasks.won), names("sometimes", tasks.flaky),
      ].compactMap(\.self)
  }

  private func names(_ title: String, _ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    let rest = names.count - 100
    return fact(
      title,
      names.prefix(100).map { $0.visible(limit: 60) }.joined(separator: ", ")
        + (rest > 0 ? ", and \(rest) more" : ""))
  }

  /// Returns the values in the order of measuring; of very many the first and the number of the
  /// others.
  private func values(_ numbers: Comparison.Numbers) -> String {
    let shown = numbers.values.prefix(100).map(full).joined(separator: " ")
    let rest = numbers.values.count - 100
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }

  private func test(_ comparison: Comparison) -> [String] {
    let history = comparison.swing.map { [fact("history", $0.words)] } ?? []
    guard let test = comparison.test else { return history.isEmpty ? [] : history + corrected }
    let blocks = comparison.blocks
    let pairs =
      blocks.isEmpty
      ? comparison.numbers.old.values.count * comparison.numbers.new.values.count
      : blocks.reduce(0) { $0 + $1 * $1 }
    let separation =
      seriesResult.separationWords == nil ? nil : seriesResult.significance?.separation
    return [
      fact(
        "U",
        "\(full(test.u)) of \(pairs) pairs; head is larger with probability "
          + full(test.superiority)),
      fact(
        "p", "\(full(test.p)), two-sided, \(test.isExact ? "exact" : "by the normal approximation")"
      ),
    ] + (blocks.isEmpty ? [] : [fact("blocks", inBlocks(blocks, test))])
      + (separation.map(separated) ?? []) + history + corrected
  }

  private func inBlocks(_ blocks: [Int], _ test: Comparison.Test) -> String {
    let sizes = blocks.map(String.init).joined(separator: " ")
    let all = test.unblocked.map { "; p over all rounds \(full($0))" } ?? ""
    return "rounds that were launched in turns are compared within blocks of \(sizes)\(all)"
  }

  private var corrected: [String] {
    let words = seriesResult.significance.map {
      "\(full($0.p)) by \(report.policy.correctionName), rank \($0.rank) of \(size); "
        + seriesResult.level.words
    }
    return [fact("corrected", words ?? "not tested")]
  }

  private func separated(_ separation: Separation) -> [String] {
    [
      fact(
        "few rounds",
        "\(full(separation.p)) by a t test on logarithms, as the nearest two values are "
          + "\(percent(separation.gap)) apart")
    ]
  }

  private func effect(_ comparison: Comparison) -> [String] {
    let change = comparison.effect.change
    let difference = comparison.effect.difference
    let ends = comparison.effect.interval ?? difference?.interval
    let interval = ends.map { "\(full($0)) at \(threshold(seriesResult.level.confidence))" }
    let isTested = comparison.test != nil
    let fromZero = difference.map { "\(full($0.estimate)) more, from zero" }
    return [
      fact(
        "estimate",
        change.map {
          "\(full($0)) (\(percent($0)))" + (isTested ? ", Hodges and Lehmann's ratio less 1" : "")
        }
          ?? fromZero ?? "none"),
      isTested ? fact("interval", interval ?? "none: too few rounds") : nil,
      seriesResult.detectableChange.map {
        fact("detectable", "\(percent($0)) four times out of five, at this noise")
      },
    ].compactMap(\.self)
  }

  private func words(for finding: WaiverFinding) -> String {
    let waiver = finding.waiver
    let state =
      switch finding.state {
      case .permits: "permits it"
      case .exceeded: "exceeded"
      case .expired: "expired"
      }
    return "\(state): \(waiver.extent) until \(waiver.expires), "
      + "\(waiver.place): \(waiver.reason)".visible(limit: 300)
  }
}

extension Origin {
  fileprivate var words: String {
    let steps = distance.map { ", \(count($0, "step")) back" } ?? ""
    return "\(explanation) (rule \(rule)\(steps))"
  }
}

extension Level {
  /// The level in words, as in `alpha 0.0105, at the look up to 10 rounds`.
  fileprivate var words: String {
    "alpha \(alpha)" + (look.map { ", at the look up to \(count($0, "round"))" } ?? "")
  }
}

extension Evidence {
  fileprivate func words(among swing: Swing?) -> String {
    switch self {
    case .summary where swing != nil: "a summary, held against the recordings before it"
    case .rounds: "rounds, one value for each launch"
    case .samples: "samples within one process, which are not independent"
    case .exact: "exact, without chance"
    case .summary: "a summary, which cannot be tested"
    case .tasks: "attempts at tasks, each task compared with itself"
    }
  }
}

/// Returns a number in full, so that it can be worked with: whole ones without a point.
private func full(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
}

private func full(_ range: ClosedRange<Double>) -> String {
  "[\(full(range.lowerBound)), \(full(range.upperBound))]"
}

/// Returns a value in the metric's own unit, which is none for a count.
private func amount(_ value: Double, _ unit: Unit) -> String {
  unit == .one ? full(value) : "\(full(value)) \(unit.symbol.visible(limit: 40))"
}

/// Returns a line with its name in front, so that all values stand below each other.
private func fact(_ name: String, _ value: String) -> String {
  "  \(name)\(String(repeating: " ", count: max(0, 12 - name.count)))\(value)"
}
