import Measurements
import Statistics

/// Turns the figures of one series into its judgement.
struct Court {
  let policy: Policy
  let context: BaselineContext
  /// Which new benchmark each missing one seems to have become.
  let renames: [Benchmark: Benchmark]

  func judgement(
    on pair: Pair, _ finding: Finding, _ significance: Significance?,
    tables: inout UDistributions
  ) -> Judgement {
    let limit = policy.limit(for: pair.id, pair.metric)
    let standing = context.standings[pair.id] ?? Standing()
    var verdict = verdict(on: finding, pair, limit, significance)
    if !standing.doubts.isEmpty { verdict = verdict.uncertain }
    if case .regression(let certain) = verdict,
      isInherited(pair, standing, limit, tables: &tables)
    {
      verdict = .inherited(certain: certain)
    }
    var waiver: WaiverFinding?
    if case .regression(let certain) = verdict, let effect = finding.comparison?.effect {
      waiver = policy.waiver(for: pair.id, effect, better: pair.metric.better)
      if waiver?.state == .permits { verdict = .waived(certain: certain) }
    }
    return Judgement(
      id: pair.id, metric: pair.metric, verdict: verdict, comparison: finding.comparison,
      significance: significance, limit: limit, level: policy.level, waiver: waiver,
      formerly: pair.formerly, standing: standing,
      response: verdict.kind.ledgerState.map {
        policy.ledger.response(to: $0, of: pair.id.benchmark.name)
      }, power: .workedOut)
  }

  private func verdict(
    on finding: Finding, _ pair: Pair, _ limit: Limit, _ significance: Significance?
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
      let bounds = Bounds(
        better: pair.metric.better, limit: limit, oldMedian: comparison.old.median)
      let verdict = compared(comparison, bounds, significance)
      return bounds.isCollapsed(comparison.effect) && isSuspicious(verdict, pair)
        ? .collapsed(certain: verdict.isCertain) : verdict
    }
  }

  /// Whether the candidate adds nothing to what its marked merge-base has: by itself it is unchanged or
  /// better, and that is shown.
  private func isInherited(
    _ pair: Pair, _ standing: Standing, _ limit: Limit, tables: inout UDistributions
  ) -> Bool {
    guard let base = standing.markedBase.first, standing.markedBase.count == 1,
      let new = pair.new.first,
      let own = try? Comparison(
        old: base, new: new, isExact: policy.isExact(base.metric, new.metric),
        confidence: policy.level.confidence, tables: &tables)
    else { return false }
    let bounds = Bounds(better: pair.metric.better, limit: limit, oldMedian: own.old.median)
    switch own.evidence {
    case .exact: return !bounds.isWorse(own.effect)
    case .summary: return false
    case .rounds, .samples: return bounds.excludesRegression(own.effect)
    }
  }

  /// Whether a collapse goes before a verdict: before what a reader would be glad of, and, where it is
  /// a failure, before what too few rounds leave open.
  private func isSuspicious(_ verdict: Verdict, _ pair: Pair) -> Bool {
    switch verdict.kind {
    case .improvement, .unchanged: true
    case .inconclusive:
      policy.ledger.response(to: .collapsed, of: pair.id.benchmark.name) == .fail
    default: false
    }
  }

  private func compared(
    _ comparison: Comparison, _ bounds: Bounds, _ significance: Significance?
  ) -> Verdict {
    switch comparison.evidence {
    case .exact: return Self.untested(comparison.effect, bounds, certain: true)
    case .summary: return Self.untested(comparison.effect, bounds, certain: false)
    case .rounds, .samples:
      guard let significance else { return .inconclusive(.withinOneProcess) }
      return tested(comparison, bounds, significance)
    }
  }

  /// Without a test the change is what it is.
  private static func untested(_ effect: Effect, _ bounds: Bounds, certain: Bool) -> Verdict {
    if bounds.isWorse(effect) { return .regression(certain: certain) }
    if bounds.isBetter(effect) { return .improvement(certain: certain) }
    return .unchanged
  }

  private func tested(
    _ comparison: Comparison, _ bounds: Bounds, _ significance: Significance
  ) -> Verdict {
    let effect = comparison.effect
    let isSignificant = significance.p <= policy.level.alpha
    if isSignificant, bounds.isWorse(effect) {
      return .regression(certain: bounds.isCertain(effect))
    }
    if isSignificant, bounds.isBetter(effect) {
      return .improvement(certain: bounds.isCertain(effect))
    }
    if bounds.excludesRegression(effect) { return .unchanged }
    return .inconclusive(doubt(comparison, bounds, significance.strictestAlpha))
  }

  /// Rounds are what is missing unless there are several, enough for significance and an interval.
  private func doubt(
    _ comparison: Comparison, _ bounds: Bounds, _ strictestAlpha: Double
  ) -> Doubt {
    let samples = comparison.samples
    let smallest = UDistribution.smallestTwoSided(
      old: samples.old.count, new: samples.new.count)
    let hasRounds = comparison.evidence == .rounds
    let noise = hasRounds ? bounds.roundsNeeded(comparison) : nil
    if hasRounds, smallest <= strictestAlpha, comparison.effect.range != nil {
      return .tooNoisy(need: noise)
    }
    let need = UDistribution.sizeNeeded(alpha: strictestAlpha)
      .map { max($0, policy.level.fewestRounds ?? 0, noise ?? 0) }
    return .tooFewRounds(old: comparison.old.rounds, new: comparison.new.rounds, need: need)
  }
}

extension Verdict {
  /// Whether all of the interval is beyond the limit.
  package var isCertain: Bool {
    switch self {
    case .regression(let certain), .waived(let certain), .inherited(let certain),
      .improvement(let certain), .collapsed(let certain):
      certain
    case .unchanged, .inconclusive, .incomparable, .missing, .notMeasured, .renamed, .failed, .new:
      false
    }
  }

  /// The same, not certain.
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
