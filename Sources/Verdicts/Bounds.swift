import Measurements
import Statistics

/// The position of a change relative to a limit, in the metric's direction.
struct Bounds {
  let better: Direction
  /// The relative rise that a rise must exceed: the threshold, or the floor as a part of the old
  /// median, whichever is larger.
  private var rise: Double
  /// The relative fall that a fall must exceed, see ``Threshold/fall(_:)``.
  private var fall: Double
  /// True if any change counts, however small.
  let countsAny: Bool
  /// The amount that a change from zero must exceed.
  private let floor: Double
  /// The floor as a part of the old median.
  private let part: Double
  private let oldMedian: Double

  init(better: Direction, limit: Limit, oldMedian: Double) {
    self.better = better
    self.oldMedian = oldMedian
    floor = limit.floor?.value.value.magnitude ?? 0
    // The floor as a part of zero is infinite, but then there is no ratio to compare with it.
    part = floor == 0 ? 0 : floor / oldMedian.magnitude
    let threshold = limit.threshold.value
    rise = max(threshold, part)
    // Below zero, where changes are differences, a fall has no lowest value.
    fall = max(oldMedian < 0 ? threshold : Threshold.fall(threshold), part)
    countsAny = threshold == 0 && floor == 0
  }

  /// Returns these bounds, widened so that a change must be larger than a margin too. The fall is
  /// as far as a rise back by the margin.
  func widened(to margin: Double) -> Bounds {
    var bounds = self
    bounds.rise = max(rise, margin)
    bounds.fall = max(fall, margin / (1 + margin))
    return bounds
  }

  /// True if a value is further from another than half of what a change must exceed.
  func isHalfBeyond(_ value: Double, from other: Double) -> Bool {
    let ratio = value / other
    return ratio > 1 + rise / 2 + Self.rounding || ratio < 1 - fall / 2 - Self.rounding
  }

  func isWorse(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(let ratio, _): isWorse(ratio)
    case .fromZero(let difference, _):
      better == .lower ? difference > floor : difference < -floor
    }
  }

  func isBetter(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(let ratio, _): isBetter(ratio)
    case .fromZero(let difference, _):
      better == .lower ? difference < -floor : difference > floor
    }
  }

  /// True if all of the interval is beyond the limit, on the side of the estimate.
  func isCertain(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(_, let interval?):
      isWorse(interval.nearEnd(better)) || isBetter(interval.farEnd(better))
    case .fromZero(_, let interval?): interval.lowerBound > floor || interval.upperBound < -floor
    case .ratio(_, nil), .fromZero(_, nil): false
    }
  }

  /// True if the interval leaves no room for a regression beyond the limit.
  func excludesRegression(_ effect: Effect) -> Bool {
    effect.range.map { excludesRegression(effect, within: $0) } ?? false
  }

  /// True if the limit of a regression is within the interval, and the whole interval is beyond
  /// half of the limit.
  func isAtLimit(_ effect: Effect) -> Bool {
    guard case .ratio(_, let interval?) = effect, !excludesRegression(effect) else { return false }
    let near = interval.nearEnd(better)
    return !isWorse(near) && (better == .lower ? near > 1 + rise / 2 : near < 1 - fall / 2)
  }

  /// True if the interval leaves no room for an improvement beyond the limit.
  func excludesImprovement(_ effect: Effect) -> Bool {
    guard let range = effect.range else { return false }
    return switch effect {
    case .ratio: !isBetter(range.nearEnd(better))
    case .fromZero: better == .lower ? range.lowerBound >= -floor : range.upperBound <= floor
    }
  }

  /// True if another range of the effect leaves no room for a regression beyond the limit.
  func excludesRegression(_ effect: Effect, within range: ClosedRange<Double>) -> Bool {
    switch effect {
    case .ratio: !isWorse(range.farEnd(better))
    case .fromZero: better == .lower ? range.upperBound <= floor : range.lowerBound >= -floor
    }
  }

  /// True if the cost fell so far, or the yield rose so far, that the work may not have been done:
  /// less than a tenth, or more than ten times as much, of an old value above zero.
  func isCollapsed(_ effect: Effect) -> Bool {
    guard case .ratio(let ratio, _) = effect, oldMedian > 0,
      (ratio - 1).magnitude > part + Self.rounding
    else { return false }
    return better == .lower ? ratio < 0.1 - Self.rounding : ratio > 10 + Self.rounding
  }

  private func isWorse(_ ratio: Double) -> Bool {
    better == .lower ? isAbove(ratio) : isBelow(ratio)
  }

  private func isBetter(_ ratio: Double) -> Bool {
    better == .lower ? isBelow(ratio) : isAbove(ratio)
  }

  private func isAbove(_ ratio: Double) -> Bool { ratio > 1 + rise + Self.rounding }

  private func isBelow(_ ratio: Double) -> Bool { ratio < 1 - fall - Self.rounding }

  /// The amount that rounding may add to a ratio that is at the threshold, and so not beyond it:
  /// 136 / 100 is more than 1 + 0.36 in the last bit.
  static let rounding = 1e-12
}

extension Bounds {
  /// Estimates the number of rounds a side that would put the end of the interval at the limit, if
  /// the estimate stayed the same. The width of the interval goes down with the square root of the
  /// rounds.
  ///
  /// - Returns: nil if it is more than anybody would run, for example if the estimate is at the
  ///   limit itself, and if there is no interval.
  func roundsNeeded(_ comparison: Comparison) -> Int? {
    let effect = comparison.effect
    guard let interval = effect.range else { return nil }
    let end = isWorse(effect) ? interval.nearEnd(better) : interval.farEnd(better)
    return Rounds.needed(
      have: min(comparison.samples.old.count, comparison.samples.new.count),
      width: end - effect.estimate, room: limit(effect) - effect.estimate)
  }

  /// Returns the distance from no change at which a regression begins, on the effect's scale.
  func room(_ effect: Effect) -> Double {
    switch effect {
    case .ratio: better == .lower ? rise : fall
    case .fromZero: floor
    }
  }

  /// Returns the value at which a regression begins, on the effect's scale.
  private func limit(_ effect: Effect) -> Double {
    switch effect {
    case .ratio: better == .lower ? 1 + rise : 1 - fall
    case .fromZero: better == .lower ? floor : -floor
    }
  }
}

/// The number of rounds that makes an interval narrow enough.
enum Rounds {
  /// The largest number of rounds that is suggested. Nobody launches a benchmark more often to
  /// decide about one commit.
  private static let most = 1000.0

  /// - Parameters:
  ///   - width: The distance from the estimate to the end of the interval.
  ///   - room: The distance from the estimate to the place where the end should be.
  /// - Returns: nil if it is more than anybody would run.
  static func needed(have: Int, width: Double, room: Double) -> Int? {
    guard room != 0 else { return nil }
    let need = (Double(have) * (width / room) * (width / room)).rounded(.up)
    return need <= most ? max(Int(need), have + 1) : nil
  }
}

extension Comparison {
  /// The smallest true change for the worse that would be called a regression four times out of
  /// five, new / old - 1; nil if there is none, or no ratio.
  func detectableChange(
    _ bounds: Bounds, alpha: Double, _ tables: inout UDistributions
  ) -> Double? {
    guard evidence == .rounds, old.median != 0 else { return nil }
    let isRatio = samples.blocks.comparison == .ratio
    let change = bounds.limitingChange
    let effect = DetectableEffect(
      samples.blocks,
      limit: isRatio ? 1 + change : change * old.median.magnitude,
      isFall: bounds.better == .higher, alpha: alpha, tables: &tables)
    return effect.map { isRatio ? $0.estimate - 1 : $0.estimate / old.median.magnitude }
  }
}

extension Bounds {
  /// The relative change beyond which a regression begins.
  var limitingChange: Double { better == .lower ? rise : -fall }
}

extension ClosedRange<Double> {
  /// Returns the end of the range with the worse value.
  fileprivate func farEnd(_ better: Direction) -> Double {
    better == .lower ? upperBound : lowerBound
  }

  /// Returns the end of the range with the better value.
  fileprivate func nearEnd(_ better: Direction) -> Double {
    better == .lower ? lowerBound : upperBound
  }
}
