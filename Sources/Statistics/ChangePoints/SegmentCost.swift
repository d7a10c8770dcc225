/// The cost of a stretch of a series as a function of the one level that describes it.
///
/// ``OptimalSegmentation`` needs two properties. The cost of a stretch is the sum of those of its
/// data, each convex in the level. And the difference between a longer stretch and a shorter one
/// that ends at the same place is convex, too: so the longer one is cheaper in one interval of
/// levels, or nowhere.
protocol SegmentCost {
  associatedtype Datum

  /// The cost of no data.
  ///
  /// - Parameter offset: A cost that no level changes: that of all earlier stretches.
  init(offset: Double)

  mutating func add(_ datum: Datum)

  /// The cost at the best level.
  var least: Double { get }

  /// The part of an interval of levels in which this cost is below another one.
  ///
  /// - Parameter shorter: The cost of a part of the same data, up to the same end.
  /// - Returns: nil if it is below nowhere.
  func part(of levels: LevelInterval, below shorter: Self) -> LevelInterval?
}

/// An interval of possible levels, of which the lower end is below the upper one.
struct LevelInterval {
  let low: Double
  let high: Double

  init?(_ low: Double, _ high: Double) {
    guard low < high else { return nil }
    self.low = low
    self.high = high
  }
}
