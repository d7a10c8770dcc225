import Measurements
package import Verdicts

extension SeriesResult {
  /// The verdict in words, with its reason and the steps before it.
  package var words: String {
    verdictWords + (standing.course.map { "; \($0.words)" } ?? "")
  }

  private var verdictWords: String {
    if verdict.kind == .waived, let waiver = waiver?.waiver {
      return
        "waived until \(waiver.expires), \(waiver.extent): \(waiver.reason.visible(limit: 200))"
    }
    if !standing.doubts.isEmpty, [.regression, .improvement].contains(verdict.kind) {
      let doubts = standing.doubts.map { $0.visible(limit: 400) }
      let all = [separationWords].compactMap(\.self) + doubts
      return "\(verdict.kind.name), \(all.joined(separator: "; "))"
    }
    if let separation = separationWords { return "\(verdict.kind.name): \(separation)" }
    let words =
      reason.map { "\(verdict.kind.name): \($0)" }
      ?? verdict.kind.words(isCertain: verdict.isCertain)
    return waiver?.state == .permits ? words + (waiver?.waiver.permission ?? "") : words
  }

  /// The reason why nothing was decided; nil if something was.
  package var reason: String? {
    switch verdict {
    case .inconclusive(.tooNoisy) where comparison?.tasks != nil:
      "the tasks differ too much: more of them, or more attempts, would decide"
    case .inconclusive(.tooNoisy(let need)) where isAtThreshold: Doubt.atThreshold(need: need)
    case .inconclusive(.tooNoisy(let need)): Doubt.noisy(need: need, detectable: detectableChange)
    case .inconclusive(.directionUnknown):
      "changed, direction unknown: say which is better, `better = higher` or lower below "
        + "`[metric \"\(id.metric.visible(limit: 40))\"]`"
    case .inconclusive(let doubt): doubt.words
    case .incomparable(let mismatch): mismatch.words
    case .failed(let reason): reason.visible(limit: 200)
    case .renamed(let name): "now called \(name.visible(limit: 60))?"
    default: nil
    }
  }
}

extension Verdict.Kind {
  /// The kind in words.
  fileprivate var name: String {
    switch self {
    case .notWorse: "not worse"
    case .notMeasured: "not measured here"
    default: rawValue
    }
  }

  fileprivate func words(isCertain: Bool) -> String {
    switch self {
    case .regression, .improvement: isCertain ? "\(rawValue), certain" : rawValue
    case .collapsed: "collapsed: did it still do the work?"
    case .missing: "missing: not measured"
    case .notMeasured: "not measured here: only a part of the suite was recorded"
    case .inherited: "inherited from the marked merge-base"
    case .notWorse: "not worse, perhaps better"
    case .new: "new: nothing to compare with"
    case .unchanged, .inconclusive, .incomparable, .failed, .renamed, .waived: rawValue
    }
  }
}

extension Doubt {
  var words: String {
    switch self {
    case .tooFewRounds(let old, let new, let need):
      "too few rounds (\(old) and \(new))" + (need.map { ", \($0) a side needed" } ?? "")
    case .tooNoisy(let need): Self.noisy(need: need, detectable: nil)
    case .withinSwing(let deviation, let change):
      "swings by \(wholePercent(deviation, signed: false)) between recordings here; "
        + "\(wholePercent(change)) is within it: measure in pairs"
    case .nearLevel(let change):
      "\(percent(change)) from its usual level, as the baseline was off: measure in pairs"
    case .levelBefore(let day):
      "was at this level \(day.map { "on \($0.spoken)" } ?? "before"): measure in pairs"
    case .directionUnknown: "changed, direction unknown"
    case .tooFewAttempts(let need, let margin, let excludable):
      Self.attempts(need: need, margin: margin, excludable: excludable)
    case .withinOneProcess: "one process a side: launch it five times"
    case .amongMany(let p, let family):
      "a regression by itself (p \(probability(p).withoutZero)), not among \(family)"
    }
  }

  /// Returns the reason at a threshold. More rounds do not move a value that is where a regression
  /// begins.
  fileprivate static func atThreshold(need: Int?) -> String {
    "at the threshold" + (need.map { ", about \($0) rounds a side would decide" } ?? "")
  }

  /// - Parameter detectable: The smallest change that would probably be seen.
  fileprivate static func noisy(need: Int?, detectable: Double?) -> String {
    let remedy =
      need.map { "too noisy, about \($0) rounds a side would decide" }
      ?? "too noisy for any reasonable number of rounds"
    return remedy + (detectable.map { "; \(percent($0)) would be seen" } ?? "")
  }
}

extension Mismatch {
  var words: String {
    switch self {
    case .unit(let old, let new): "unit \(old.visible(limit: 40)) became \(new.visible(limit: 40))"
    case .direction: "the better direction changed"
    case .ambiguous(inCandidate: true): "recorded in several units or directions"
    case .ambiguous(inCandidate: false): "the baseline was recorded in several units or directions"
    case .summary: "a summary without samples"
    case .overflow: "numbers too large or too far apart"
    case .history(let reason), .unreadable(let reason): reason.visible(limit: 300)
    }
  }
}

extension Verdict.Kind {
  /// Returns the kind with its count: `2 regressions`, `53 unchanged`.
  func counted(_ number: Int) -> String {
    switch self {
    case .regression, .improvement: count(number, rawValue)
    case .missing, .incomparable, .inconclusive, .new, .unchanged, .failed, .renamed, .collapsed,
      .waived, .inherited:
      "\(number) \(rawValue)"
    case .notMeasured: "\(number) not measured here"
    case .notWorse: "\(number) not worse"
    }
  }
}

extension FamilyResult {
  /// The counts of the kinds, as in `1 regression, 2 improvements, 53 unchanged`, without kinds of
  /// which there are none.
  var summary: String? { [self].summary }
}

extension [FamilyResult] {
  /// The counts of several families together.
  fileprivate var summary: String? {
    let undecided = flatMap(\.seriesResults).count {
      !$0.decides && $0.verdict.kind == .regression
    }
    var parts = Verdict.Kind.allCases.compactMap { kind in
      let all = reduce(0) { $0 + ($1.counts[kind] ?? 0) }
      let number = kind == .regression ? all - undecided : all
      return number > 0 ? kind.counted(number) : nil
    }
    if undecided > 0 { parts.append("\(undecided) worse in what decides nothing") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension SuiteReport {
  /// The summary of everything that was judged, in one line:
  /// `1 regression, 53 unchanged; 1 budget broken`.
  package var summary: String { [self].summary }
}

extension Report {
  /// The summary of all parts together.
  package var summary: String { parts.summary }
}

extension [SuiteReport] {
  fileprivate var summary: String {
    let decisions = map(\.decision)
    let since = decisions.compactMap(\.anchored).summary.map { "since the anchor: \($0)" }
    let isAnchorless = decisions.contains { $0.anchor == .unavailable }
    let parts = [
      decisions.map(\.familyResult).summary, since,
      isAnchorless ? "no anchor to compare with" : nil, decisions.flatMap(\.budgets).summary,
      decisions.flatMap(\.goals).summary,
    ].compactMap(\.self)
    return parts.isEmpty ? "nothing was measured" : parts.joined(separator: "; ")
  }
}
