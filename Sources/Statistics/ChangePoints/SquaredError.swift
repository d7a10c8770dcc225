/// The weighted sum of squared distances of values from a level.
struct SquaredError: SegmentCost {
  struct Datum {
    let value: Double
    /// The reciprocal of the variance of the value, above 0.
    let weight: Double
  }

  private var weight = 0.0
  private var mean = 0.0
  private(set) var least: Double

  init(offset: Double) { least = offset }

  /// West, "Updating Mean and Variance Estimates: An Improved Method", 1979: no large numbers cancel
  /// each other.
  mutating func add(_ datum: Datum) {
    let distance = datum.value - mean
    let total = weight + datum.weight
    let part = datum.weight / total
    mean += part * distance
    least += part * weight * distance * distance
    weight = total
  }

  /// Two parabolas cross where the shorter one's distance from its mean is a root of a quadratic.
  func part(of levels: LevelInterval, below shorter: SquaredError) -> LevelInterval? {
    let excess = weight - shorter.weight
    let distance = mean - shorter.mean
    let inner = weight * shorter.weight * distance * distance - excess * (least - shorter.least)
    guard inner > 0 else { return nil }
    let middle = shorter.mean + weight * distance / excess
    let reach = inner.squareRoot() / excess
    return LevelInterval(max(levels.low, middle - reach), min(levels.high, middle + reach))
  }
}
