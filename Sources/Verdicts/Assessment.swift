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
    var pairs: [Series.ID: Pair] = [:]
    for series in old { pairs[series.id, default: Pair(series)].old.append(series) }
    for series in new { pairs[series.id, default: Pair(series)].new.append(series) }
    return pairs.keys.sorted().compactMap { pairs[$0] }
  }
}

/// What two sides have under one name; more than one series a side where they differ in unit or
/// direction.
struct Pair {
  let id: Series.ID
  var old: [Series] = []
  var new: [Series] = []
  private let any: Series

  /// Of a series that either side has, before any is added.
  init(_ series: Series) {
    id = series.id
    any = series
  }

  var metric: Metric { new.first?.metric ?? any.metric }
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
