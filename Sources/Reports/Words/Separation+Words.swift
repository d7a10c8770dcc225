import Measurements
import Verdicts

extension SeriesResult {
  /// The separation in words, as in `3 launches a side: all slower by at least 31 %`, if it
  /// decided; nil if something else did.
  var separationWords: String? {
    guard [.regression, .improvement].contains(verdict.kind), !verdict.isCertain, let comparison,
      let significance, significance.p <= level.alpha, let separation = significance.separation
    else { return nil }
    let (old, new) = (comparison.old.rounds, comparison.new.rounds)
    let launches = old == new ? "\(old) launches a side" : "\(old) and \(new) launches"
    let least = (separation.gap.magnitude * 100).rounded(.down) / 100
    return "\(launches): all \(metric.adjective(isMore: separation.gap > 0)) by at least "
      + wholePercent(least, signed: false)
  }
}

extension Metric {
  /// Returns the adjective for larger or smaller numbers of a metric: `slower`, `larger`, `lower`.
  func adjective(isMore: Bool) -> String {
    if name == "instructions" { return isMore ? "more instructions" : "fewer instructions" }
    return switch (unit, better) {
    case (.nanoseconds, .lower): isMore ? "slower" : "faster"
    case (.nanoseconds, .higher): isMore ? "longer" : "shorter"
    case (.bytes, _): isMore ? "larger" : "smaller"
    default: isMore ? "higher" : "lower"
    }
  }
}
