package import Measurements
import Statistics

/// The judgement of every series that two sides have between them.
///
/// Figures first, then the correction over all that were tested, then the verdicts: what is decided
/// about one series depends on how many others were looked at.
package struct Assessment: Hashable, Sendable {
  /// In the order of benchmarks and metrics.
  package let judgements: [Judgement]
  /// How many series were tested, which is what the correction is over.
  package let familySize: Int

  /// - Parameters:
  ///   - old: The baseline's series, pooled.
  ///   - new: The candidate's series, pooled.
  package init(old: [Series], new: [Series], policy: Policy) {
    var tables = UDistributions()
    let pairs = Self.pairs(old: old, new: new)
    let findings = pairs.map { Finding($0, tables: &tables) }
    let p = findings.compactMap { $0.comparison?.test?.p }
    var corrected = policy.correction.adjusted(p)[...]
    let strictest = policy.correction.strictestAlpha(policy.alpha, tests: p.count)
    familySize = p.count
    judgements = zip(pairs, findings).map { pair, finding in
      let pCorrected = finding.comparison?.test == nil ? nil : corrected.popFirst()
      let threshold = policy.threshold(for: pair.id)
      let court = Court(alpha: policy.alpha, strictestAlpha: strictest, threshold: threshold)
      return Judgement(
        id: pair.id, metric: pair.metric, verdict: court.verdict(on: finding, pair, pCorrected),
        comparison: finding.comparison, pCorrected: pCorrected, threshold: threshold)
    }
  }

  private static func pairs(old: [Series], new: [Series]) -> [Pair] {
    let old = Dictionary(grouping: old, by: \.id)
    let new = Dictionary(grouping: new, by: \.id)
    return Set(old.keys).union(new.keys).sorted().compactMap { id in
      Pair(id: id, old: old[id] ?? [], new: new[id] ?? [])
    }
  }
}

/// What two sides have under one name; more than one series a side where they differ in unit or
/// direction.
struct Pair {
  let id: Series.ID
  let metric: Metric
  let old: [Series]
  let new: [Series]

  /// - Returns: nil for two empty sides.
  init?(id: Series.ID, old: [Series], new: [Series]) {
    guard let series = new.first ?? old.first else { return nil }
    self.id = id
    metric = series.metric
    self.old = old
    self.new = new
  }
}

/// What can be said of a pair before the family is known.
enum Finding {
  case compared(Comparison)
  case mismatch(Mismatch)
  case missing
  case new

  init(_ pair: Pair, tables: inout UDistributions) {
    guard let old = pair.old.first else { self = .new; return }
    guard let new = pair.new.first else { self = .missing; return }
    if let mismatch = Mismatch(pair, old.metric, new.metric) {
      self = .mismatch(mismatch)
    } else if let comparison = try? Comparison(old: old, new: new, tables: &tables) {
      self = .compared(comparison)
    } else {
      self = .mismatch(.overflow)
    }
  }

  var comparison: Comparison? {
    guard case .compared(let comparison) = self else { return nil }
    return comparison
  }
}

extension Mismatch {
  fileprivate init?(_ pair: Pair, _ old: Metric, _ new: Metric) {
    if pair.old.count > 1 || pair.new.count > 1 {
      self = .ambiguous
    } else if old.unit != new.unit {
      self = .unit(old: old.unit.symbol, new: new.unit.symbol)
    } else if old.better != new.better {
      self = .direction
    } else {
      return nil
    }
  }
}
