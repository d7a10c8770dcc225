import Measurements
import Verdicts

/// One judgement in the words and numbers of a table; fields without a value are empty.
///
/// Names and units are as they were given: each rendering neutralises them in its own way.
struct Row {
  let kind: Verdict.Kind
  let look: RowLook
  let benchmark: String
  let metric: String
  let old: String
  let new: String
  let change: String
  /// The interval of the change.
  let interval: IntervalCell
  /// The p corrected over the family.
  let p: String
  /// The verdict in words, with its reason and the special facts of this row.
  let verdict: String

  init(_ row: ReportRow, in report: SuiteReport) {
    let seriesResult = row.seriesResult
    kind = seriesResult.verdict.kind
    look = row.look
    benchmark = seriesResult.id.benchmark.description
    metric = seriesResult.id.metric
    verdict = seriesResult.words + Self.parseNotes(seriesResult, report.policy)
    p = seriesResult.significance.map { probability($0.p) } ?? ""
    guard let comparison = seriesResult.comparison else {
      (old, new, change) = ("", "", "")
      interval = IntervalCell(text: "", confidence: seriesResult.level.confidence)
      return
    }
    if comparison.isOfRates {
      (old, new) = (rate(comparison.old.median), rate(comparison.new.median))
      change = comparison.effect.difference.map { points($0.estimate) } ?? ""
      interval = IntervalCell(
        text: comparison.effect.difference?.interval.map(pointsRange) ?? "",
        confidence: seriesResult.level.confidence)
      return
    }
    let medians = (comparison.old.median, comparison.new.median)
    let scale = Scale(seriesResult.metric.unit, for: [medians.0, medians.1])
    // Five digits are enough for noise, as for its change; a value that changed must not look as if
    // it had not.
    let isPlain = kind == .unchanged && comparison.evidence != .exact
    let different = Scale.digits(medians.0, scale, medians.1, scale)
    let digits = isPlain ? min(5, different) : different
    old = scale.text(medians.0, digits: digits)
    if comparison.tasks?.solvedNothing == true {
      (new, change) = ("none solved", "")
      interval = IntervalCell(text: "", confidence: seriesResult.level.confidence)
      return
    }
    new = scale.text(medians.1, digits: digits)
    change =
      comparison.effect.change.map(isPlain ? percent : percentOfAnySize)
      ?? (medians.0 == medians.1 ? "0.0 %" : "from 0")
    interval = IntervalCell(
      text: Self.text(comparison, seriesResult.metric.unit),
      confidence: seriesResult.level.confidence)
  }

  /// Returns the interval. If there are only differences, because some values are not above zero,
  /// it is an amount: as a part of a median it could be less than nothing.
  private static func text(_ comparison: Comparison, _ unit: Unit) -> String {
    guard let differences = comparison.differences else {
      return comparison.effect.interval.map(percentRange) ?? ""
    }
    let ends = (differences.lowerBound, differences.upperBound)
    let scale = Scale(unit, for: [ends.0, ends.1])
    return "[\(scale.signed(ends.0)), \(scale.signed(ends.1))]"
  }

  /// Returns the notes that a reader needs to weigh the row, as in
  /// ` (within one process, threshold 5 %)`.
  private static func parseNotes(_ seriesResult: SeriesResult, _ policy: Policy) -> String {
    let isCompared = seriesResult.comparison != nil
    let parseNotes = [
      seriesResult.comparison.flatMap { $0.evidence.parseNote(among: $0.swing) },
      seriesResult.comparison?.tasks?.note,
      seriesResult.varies ? "varies" : nil, seriesResult.unevennessNote,
      isCompared ? seriesResult.ownLimit(besides: policy) : nil,
      seriesResult.floorThatCounts.map { "ignored below \($0)" },
      seriesResult.waiver?.parseNote, seriesResult.proxyNote, seriesResult.responseNote,
      seriesResult.redefinition.flatMap {
        $0.response == .ignore ? nil : $0.prices?.note ?? "measured with other work"
      },
      seriesResult.implausible?.words(in: seriesResult.metric.unit),
      seriesResult.formerly.map { "formerly \($0.visible(limit: 60))" },
    ].compactMap(\.self)
    return parseNotes.isEmpty ? "" : " (\(parseNotes.joined(separator: ", ")))"
  }
}

extension SeriesResult {
  /// Returns the limit that counts for the row and that the head of the report does not name.
  fileprivate func ownLimit(besides policy: Policy) -> String? {
    let limit = limit.threshold
    guard comparison?.isOfRates != true else {
      return limit.value == Policy.usualMargin
        ? nil : "margin \(threshold(limit.value).dropLast(2)) points"
    }
    return limit == policy.threshold ? nil : "threshold \(threshold(limit.value))"
  }

  /// The smallest amount that counts, if it is more than the threshold gives.
  fileprivate var floorThatCounts: Quantity? {
    guard let floor = limit.floor?.value, let old = comparison?.old.median else { return nil }
    return floor.value > limit.threshold.value * old.magnitude ? floor : nil
  }

  fileprivate var varies: Bool {
    guard let variation = comparison?.variation else { return false }
    return variation.old != nil || variation.new != nil
  }
}

extension Comparison.Unevenness {
  /// The unevenness in words, as in `in two groups, 4 of 10 rounds 1.31 times the others`.
  fileprivate var words: String {
    switch self {
    case .twoGroups(let high, let all, let ratio):
      "in two groups, \(high) of \(all) rounds \(significant(ratio)) times the others"
    case .drift(let change):
      "\(change > 0 ? "rose" : "fell") by \(fixed(change.magnitude * 100, 0)) % across its rounds"
    }
  }
}

extension Evidence {
  fileprivate func parseNote(among swing: Swing?) -> String? {
    switch self {
    case .rounds, .exact, .tasks: nil
    case .samples where swing != nil, .summary where swing != nil:
      "by the recordings before it"
    case .samples: "within one process"
    case .summary: "a summary, not tested"
    }
  }
}

extension SeriesResult {
  /// The unevenness of the rounds of either side, unless it is shown that nothing changed.
  fileprivate var unevennessNote: String? {
    guard verdict.kind != .unchanged, let unevenness = comparison?.unevenness else { return nil }
    let words = [("base", unevenness.old), ("head", unevenness.new)].compactMap { side, what in
      what.map { "\(side) \($0.words)" }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// A note that a count of instructions says nothing of the time that they take.
  fileprivate var proxyNote: String? {
    guard metric.name == "instructions", [.regression, .improvement].contains(verdict.kind),
      let change = comparison?.effect.change
    else { return nil }
    return "\(change > 0 ? "more" : "fewer") instructions, a proxy for time"
  }

  /// The reason why a change does not have its usual response.
  fileprivate var responseNote: String? {
    if !decides { return verdict.kind == .unchanged ? nil : "decides nothing" }
    return switch (verdict.kind, response) {
    case (.regression, .warn?), (.regression, .ignore?): "fails nothing here"
    case (.improvement, .fail?): "no change is wanted here"
    default: nil
    }
  }
}

extension WaiverFinding {
  fileprivate var parseNote: String? {
    switch state {
    case .permits: nil
    case .exceeded: "above the \(threshold(waiver.ceiling ?? 0)) of its waiver"
    case .expired: "its waiver expired on \(waiver.expires)"
    }
  }
}
