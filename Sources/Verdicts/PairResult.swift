import Measurements
import Statistics

/// The result for a pair before the family is known.
enum PairResult {
  case compared(Comparison)
  case mismatch(Mismatch)
  case missing
  case failed(String)
  case new
  /// Nothing that is measured differs.
  case same

  init(
    _ pair: Pair, _ context: BaselineContext, _ policy: Policy, confidence: Double,
    tables: inout UDistributions
  ) {
    if let failure = pair.failure { self = .failed(failure); return }
    let standing = pair.new.isEmpty ? nil : context.standings[pair.id]
    if let standing {
      if standing.isSame { self = .same; return }
      if let trouble = standing.trouble {
        self = .mismatch(standing.isUnreadable ? .unreadable(trouble) : .history(trouble))
        return
      }
    }
    guard let old = pair.old.first else { self = .new; return }
    guard let new = pair.new.first else { self = .missing; return }
    let isExact = policy.isExact(old.metric, new.metric)
    if let mismatch = Mismatch(pair, old.metric, new.metric) {
      self = .mismatch(mismatch)
    } else if Evidence(old, new, isExact: isExact) == .summary,
      !policy.takesSummary(with: standing?.past)
    {
      self = .mismatch(.summary)
    } else if let comparison = try? Comparison(
      old: old, new: new, isExact: isExact, interleaving: standing?.interleaving,
      confidence: confidence, tables: &tables)
    {
      let seen = standing?.past.flatMap { past in
        let bounds = Bounds(
          better: new.metric.better, limit: policy.limit(of: pair),
          oldMedian: comparison.old.median)
        return comparison.seen(among: past, bounds, confidence: confidence)
      }
      self = .compared(seen ?? comparison)
    } else {
      self = .mismatch(.overflow)
    }
  }

  var comparison: Comparison? {
    guard case .compared(let comparison) = self else { return nil }
    return comparison
  }

  /// True if the pair's p is one of the family.
  var isTested: Bool {
    comparison?.p != nil
  }
}

extension Mismatch {
  fileprivate init?(_ pair: Pair, _ old: Metric, _ new: Metric) {
    if pair.old.count > 1 || pair.new.count > 1 {
      self = .ambiguous(inCandidate: pair.new.count > 1)
    } else if old.unit != new.unit {
      self = .unit(old: old.unit.symbol, new: new.unit.symbol)
    } else if old.better != new.better {
      self = .direction
    } else {
      return nil
    }
  }
}
