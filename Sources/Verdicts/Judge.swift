import Measurements
import Statistics

/// Turns the figures of one series into its judgement.
struct Judge {
  let policy: Policy
  let stage: Stage
  let context: BaselineContext
  /// The new benchmark that each missing one seems to have become.
  let renames: [Benchmark: Benchmark]
  /// The series that decide nothing.
  let bystanders: Set<Series.ID>
  /// The number of series that decide and were tested, without those over several tasks, and the number
  /// of these.
  let familySize: Int
  let taskFamilySize: Int
  /// The rows over tasks compared with a marked merge-base.
  let againstMarked: [Series.ID: Comparison]

  func seriesResult(
    on pair: Pair, _ finding: PairResult, _ significance: Significance?,
    tables: inout UDistributions
  ) -> SeriesResult {
    let limit = policy.limit(of: pair, finding.comparison)
    let standing = context.standings[pair.id] ?? Standing()
    var verdict = verdict(on: finding, pair, limit, significance, tables: &tables)
    if !standing.doubts.isEmpty || pair.isRedefined { verdict = verdict.uncertain }
    var inherited: Comparison?
    if case .regression(let certain) = verdict {
      inherited =
        finding.comparison?.tasks == nil
        ? self.inherited(pair, standing, limit, tables: &tables)
        : againstMarked[pair.id].flatMap { addsNothing($0, limit, pair.metric) ? $0 : nil }
      if inherited != nil { verdict = .inherited(certain: certain) }
    }
    let permission = permission(for: verdict, pair, finding.comparison)
    if permission.isGiven, case .regression(let certain) = verdict {
      verdict = .waived(certain: certain)
    }
    let decides = !bystanders.contains(pair.id)
    let response = policy.response(to: verdict, of: pair.id, decides: decides)
    return SeriesResult(
      id: pair.id, metric: pair.metric, verdict: verdict, comparison: finding.comparison,
      significance: significance, limit: limit, level: stage.level, waiver: permission.finding,
      formerly: pair.formerly, standing: standing, inherited: inherited,
      redefinition: redefinition(of: pair, finding, permission),
      implausible: pair.new.lazy.compactMap(policy.implausible).first,
      response: permission.isGiven && response == .fail ? .warn : response, decides: decides,
      power: .workedOut)
  }

  private func verdict(
    on finding: PairResult, _ pair: Pair, _ limit: Limit, _ significance: Significance?,
    tables: inout UDistributions
  ) -> Verdict {
    switch finding {
    case .failed(let reason): return .failed(reason: reason)
    case .new: return .new
    case .missing:
      if let name = renames[pair.id.benchmark]?.name { return .renamed(to: name) }
      return context.candidateIsPart ? .notMeasured : .missing
    case .same: return .unchanged
    case .mismatch(let mismatch): return .incomparable(mismatch)
    case .compared(let comparison):
      func verdict(_ better: Direction) -> Verdict {
        let bounds = Bounds(better: better, limit: limit, oldMedian: comparison.old.median)
        let verdict = compared(comparison, pair, bounds, limit, significance, tables: &tables)
        return bounds.isCollapsed(comparison.effect) && isSuspicious(verdict, pair)
          ? .collapsed(certain: verdict.isCertain) : verdict
      }
      guard pair.metric.isGuessed else { return verdict(pair.metric.better) }
      return Self.undirected([verdict(.lower), verdict(.higher)], comparison.effect)
    }
  }

  /// Returns the verdict if nobody knows which direction is better, from the verdicts for both
  /// directions.
  private static func undirected(_ verdicts: [Verdict], _ effect: Effect) -> Verdict {
    let changed: Set<Verdict.Kind> = [.regression, .improvement, .collapsed]
    guard !verdicts.contains(where: { changed.contains($0.kind) }) else {
      return .inconclusive(.directionUnknown(change: effect.change))
    }
    return verdicts.first { $0.kind == .inconclusive } ?? .unchanged
  }

  /// True if a collapse replaces a verdict. It replaces verdicts that a reader would be glad of
  /// and, if it is a failure, also those that too few rounds leave open.
  private func isSuspicious(_ verdict: Verdict, _ pair: Pair) -> Bool {
    switch verdict.kind {
    case .improvement, .unchanged, .notWorse: true
    case .inconclusive:
      policy.ledger.response(to: .collapsed, of: pair.id.benchmark.name) == .fail
    default: false
    }
  }

  private func compared(
    _ comparison: Comparison, _ pair: Pair, _ bounds: Bounds, _ limit: Limit,
    _ significance: Significance?, tables: inout UDistributions
  ) -> Verdict {
    if let tasks = comparison.tasks {
      let family = TaskRow.isName(pair.id.benchmark.name) ? taskFamilySize : familySize
      return overTasks(comparison, tasks, bounds, limit, significance, family: family)
    }
    switch comparison.evidence {
    case .exact where bounds.countsAny: return Self.exact(comparison, bounds.better)
    case .exact: return Self.untested(comparison.effect, bounds, certain: true)
    case .summary where comparison.swing == nil:
      return Self.untested(comparison.effect, bounds, certain: false)
    case .samples where comparison.swing == nil:
      return oneProcess(comparison, bounds, margin: policy.margin(of: pair))
    case .rounds, .samples, .summary, .tasks:
      guard let significance else { return .inconclusive(.withinOneProcess) }
      return tested(comparison, bounds, significance, tables: &tables)
    }
  }

  /// Judges by the repetitions within one process, which are not independent: no number of them
  /// says how much the next launch would differ. So the near end of the range that they leave open
  /// must be far beyond the limit.
  ///
  /// - Parameter margin: The distance from no change that the near end must exceed; nil if the
  ///   repetitions decide nothing.
  private func oneProcess(
    _ comparison: Comparison, _ bounds: Bounds, margin: Double?
  ) -> Verdict {
    let samples = comparison.samples
    guard min(samples.old.count, samples.new.count) > 1 else {
      return .inconclusive(doubt(comparison, bounds, stage.level.alpha))
    }
    guard let margin else { return .inconclusive(.withinOneProcess) }
    let effect = comparison.effectWithinProcess
    let far = bounds.widened(to: margin)
    if far.isCertain(effect) {
      return far.isWorse(effect) ? .regression(certain: false) : .improvement(certain: false)
    }
    if bounds.isWorse(effect) || bounds.isBetter(effect) || !bounds.excludesRegression(effect) {
      return .inconclusive(.withinOneProcess)
    }
    return bounds.excludesImprovement(effect) ? .unchanged : .notWorse
  }

  /// Compares the numbers themselves if any change counts: a difference of one in 10¹⁵ is lost in a
  /// ratio.
  private static func exact(_ comparison: Comparison, _ better: Direction) -> Verdict {
    let (old, new) = (comparison.old.median, comparison.new.median)
    if old == new { return .unchanged }
    return (new > old) == (better == .lower)
      ? .regression(certain: true) : .improvement(certain: true)
  }

  /// Judges the change as it is, without a test.
  private static func untested(_ effect: Effect, _ bounds: Bounds, certain: Bool) -> Verdict {
    if bounds.isWorse(effect) { return .regression(certain: certain) }
    if bounds.isBetter(effect) { return .improvement(certain: certain) }
    return .unchanged
  }

  private func tested(
    _ comparison: Comparison, _ bounds: Bounds, _ significance: Significance,
    tables: inout UDistributions
  ) -> Verdict {
    let effect = comparison.effect
    let (isWorse, isBetter) = (bounds.isWorse(effect), bounds.isBetter(effect))
    let alone = alone(comparison, significance)
    if let doubt = doubtOfSwing(comparison, bounds, alone: alone) { return .inconclusive(doubt) }
    if isWorse || isBetter {
      let isSignificant = significance.p <= stage.level.alpha
      let isOrdinary = isSignificant && significance.separation == nil
      let isPlain =
        !isOrdinary && !stage.goesOn && alone != nil
        && isPlain(comparison, bounds, tables: &tables)
      if isSignificant || isPlain {
        let isKnown =
          comparison.swing.map { $0.recordings >= Swing.enoughForCertainty } ?? true
        let certain = (isOrdinary || isPlain) && isKnown && bounds.isCertain(effect)
        return isWorse ? .regression(certain: certain) : .improvement(certain: certain)
      }
    }
    if bounds.excludesRegression(effect) {
      return bounds.excludesImprovement(effect) ? .unchanged : .notWorse
    }
    if isWorse, !stage.goesOn, let alone {
      return .inconclusive(.amongMany(p: alone, family: familySize))
    }
    return .inconclusive(doubt(comparison, bounds, significance.strictestAlpha))
  }

  /// Returns the p of a series without its family, if that is significant.
  private func alone(_ comparison: Comparison, _ significance: Significance) -> Double? {
    let ofRounds = [comparison.test?.p, significance.separation?.p].compactMap(\.self).min()
    let own = comparison.evidence == .rounds ? ofRounds : nil
    let p = [own, comparison.swing?.p].compactMap(\.self).max()
    return p.flatMap { $0 <= stage.level.alpha ? $0 : nil }
  }

  /// Returns the reason why the rounds show no change in view of the recordings before: the series
  /// swings as much from one recording to the next, or it was at this level before.
  private func doubtOfSwing(
    _ comparison: Comparison, _ bounds: Bounds, alone: Double?
  ) -> Doubt? {
    guard let swing = comparison.swing else { return nil }
    let effect = comparison.effect
    let change = Effect.ratio(1 + swing.change, nil)
    let isBeyond =
      bounds.isWorse(effect) && bounds.isWorse(change)
      || bounds.isBetter(effect) && bounds.isBetter(change)
    guard bounds.isWorse(effect) || bounds.isBetter(effect) else { return nil }
    if let met = swing.met { return .levelBefore(met.day) }
    guard isBeyond else { return .nearLevel(change: swing.change) }
    return alone != nil
      ? nil : .withinSwing(deviation: swing.deviation, change: effect.estimate - 1)
  }

  /// True if a change that is significant by itself is so far beyond the limit that no number of
  /// other series may hide it: all of its interval at 99 % is.
  ///
  /// A limit of zero makes no change plain. An interval beyond it is only a second way to say
  /// significant. Of a hundred series that did not change, one has such an interval, and the
  /// correction is for that case.
  private func isPlain(
    _ comparison: Comparison, _ bounds: Bounds, tables: inout UDistributions
  ) -> Bool {
    guard bounds.room(comparison.effect) > 0, isPlainAmongRecordings(comparison, bounds),
      let effect = comparison.effect(
        confidence: max(0.99, stage.level.confidence), &tables)
    else { return false }
    return bounds.isCertain(effect)
  }

  /// True if the recordings before the candidate show the same change.
  private func isPlainAmongRecordings(_ comparison: Comparison, _ bounds: Bounds) -> Bool {
    guard let swing = comparison.swing else { return true }
    return swing.wide.map { bounds.isCertain(.ratio(1 + swing.change, $0)) } ?? false
  }

  /// Returns the doubt. Rounds are missing, unless there are several: enough for significance and
  /// for an interval.
  private func doubt(
    _ comparison: Comparison, _ bounds: Bounds, _ strictestAlpha: Double
  ) -> Doubt {
    if let swing = comparison.swing, comparison.evidence != .rounds {
      return .withinSwing(deviation: swing.deviation, change: comparison.effect.estimate - 1)
    }
    let samples = comparison.samples
    let smallest = samples.blocks.smallestTwoSided
    let hasRounds = comparison.evidence == .rounds
    let noise = hasRounds ? bounds.roundsNeeded(comparison) : nil
    if hasRounds, smallest <= strictestAlpha, comparison.effect.range != nil {
      return .tooNoisy(need: noise)
    }
    let need = UDistribution.sizeNeeded(
      alpha: strictestAlpha, inTurns: !samples.sizes.isEmpty
    )
    .map { max($0, stage.level.fewestRounds ?? 0, noise ?? 0) }
    return .tooFewRounds(old: comparison.old.rounds, new: comparison.new.rounds, need: need)
  }
}

extension Verdict {
  /// True if all of the interval is beyond the limit.
  package var isCertain: Bool {
    switch self {
    case .regression(let certain), .waived(let certain), .inherited(let certain),
      .improvement(let certain), .collapsed(let certain):
      certain
    case .unchanged, .notWorse, .inconclusive, .incomparable, .missing, .notMeasured, .renamed,
      .failed, .new:
      false
    }
  }

  /// This verdict, but not certain.
  fileprivate var uncertain: Verdict {
    switch self {
    case .regression: .regression(certain: false)
    case .waived: .waived(certain: false)
    case .inherited: .inherited(certain: false)
    case .improvement: .improvement(certain: false)
    case .collapsed: .collapsed(certain: false)
    default: self
    }
  }
}
