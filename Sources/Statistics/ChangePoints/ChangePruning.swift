#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The removal of possible changes that their neighbours do not support, the weakest first.
///
/// When a change is removed its two levels become one, and the changes on either side of it are
/// tested again. So each change that is left has passed with the changes that are left.
struct ChangePruning {
  /// The changes that are left, in ascending order.
  private(set) var places: [Int]
  /// The comparison of each of them.
  private(set) var points: [ChangePoint?] = []

  private let series: SeriesValues
  /// The values without outliers, as ``SeriesValues/scaled``.
  private let filtered: [Double]
  /// The smallest relative change.
  private let minimum: Double
  /// The deviation of single values that is assumed at the least.
  private let leastDeviation: Double
  private var t: [Double] = []

  /// The smallest distance of two levels in standard errors. The place of a change was chosen among
  /// all for a large one, so that the usual 2 is often exceeded where nothing changed.
  private static let fewestErrors = 5.0
  /// The factor on the scale of the series in the least deviation. In 1,000 values that depend by .8
  /// on the one before, 1 leaves .8 false points, and 1.2 leaves .4; the price is a step of 3 % in
  /// one of 300 real series.
  private static let caution = 1.2
  /// The largest p of the test without a distribution.
  private static let largestP = 0.02
  /// The part of the largest possible distance of U from its mean that is enough by itself, because
  /// few values cannot reach that p: three on each side give .1.
  private static let separation = 0.8

  init(
    _ places: [Int], of series: SeriesValues, filtered: [Double], scale: Double, minimum: Double,
    tables: inout UDistributions
  ) {
    self.places = places
    self.series = series
    self.filtered = filtered
    self.minimum = minimum
    leastDeviation = Self.caution * scale
    t = places.indices.map { neighbours($0).t(filtered, leastDeviation: leastDeviation) }
    points = Array(repeating: nil, count: places.count)
    while let weakest = weakest(tables: &tables) { remove(weakest) }
  }

  private func neighbours(_ number: Int) -> ChangeNeighbours {
    ChangeNeighbours(
      from: number > 0 ? places[number - 1] : 0, changingAt: places[number],
      to: number + 1 < places.count ? places[number + 1] : filtered.count)
  }

  /// The number of the change with the smallest t among those that fail a rule.
  private mutating func weakest(tables: inout UDistributions) -> Int? {
    if let weakest = t.indices.min(by: { t[$0] < t[$1] }), t[weakest] < Self.fewestErrors {
      return weakest
    }
    // The costly rules are for those that pass the cheap one, and only once for the same neighbours.
    for number in t.indices where points[number] == nil {
      points[number] = point(number, tables: &tables)
    }
    return t.indices.filter { points[$0] == nil }.min { t[$0] < t[$1] }
  }

  private mutating func remove(_ number: Int) {
    places.remove(at: number)
    points.remove(at: number)
    t.remove(at: number)
    for other in [number - 1, number] where t.indices.contains(other) {
      t[other] = neighbours(other).t(filtered, leastDeviation: leastDeviation)
      points[other] = nil
    }
  }

  /// - Returns: nil if the test does not agree, or the change is too small.
  private func point(_ number: Int, tables: inout UDistributions) -> ChangePoint? {
    let neighbours = neighbours(number)
    let old = Sample(series.measured[neighbours.old])
    let new = Sample(series.measured[neighbours.new])
    let test = MannWhitney(old: old, new: new, tables: &tables)
    let distance = (2 * test.superiority - 1).magnitude
    guard test.twoSided <= Self.largestP || distance >= Self.separation else { return nil }
    let change = HodgesLehmann(old: old, new: new, tables: &tables)
    guard isLargeEnough(change, old: old), !isWithinModes(neighbours) else { return nil }
    return ChangePoint(
      index: series.indices[places[number]], change: change, test: test,
      compared: UDistribution.Sizes(old: old.count, new: new.count))
  }

  /// True if both levels are modes of one series, and a run in one of them is no change.
  ///
  /// A program may take either of two times, such as on one of two hosts. A few commits in a row are
  /// slow by chance then, and far from the fast ones. So where a side visits the other one's level,
  /// far from its own, what has to change is how often it does: by Fisher's exact test, corrected for
  /// all places of the series.
  private func isWithinModes(_ neighbours: ChangeNeighbours) -> Bool {
    let old = Array(series.scaled[neighbours.old])
    let new = Array(series.scaled[neighbours.new])
    guard let low = old.median, let high = new.median,
      (high - low).magnitude >= Self.modeDistance * leastDeviation
    else { return false }
    let middle = low / 2 + high / 2
    func nearNew(_ values: [Double]) -> TaskAttempts.Side {
      TaskAttempts.Side(
        solved: values.count { ($0 > middle) == (high > low) }, of: values.count)
    }
    let (before, after) = (nearNew(old), nearNew(new))
    let isVisited =
      Self.isMode(before.solved, of: before.attempts)
      || Self.isMode(after.attempts - after.solved, of: after.attempts)
    guard isVisited else { return false }
    let test = OutcomeTest([TaskAttempts(old: before, new: after)])
    return test.twoSided > UsualLevel.alpha / Double(filtered.count)
  }

  /// The distance of two levels in deviations from which on noise about one does not reach the other.
  private static let modeDistance = 3.0

  /// True if so many values are no outliers.
  private static func isMode(_ visits: Int, of count: Int) -> Bool {
    visits >= 2 && Double(visits) >= 0.1 * Double(count)
  }

  /// A ratio and its reciprocal are changes of the same size. A difference is relative to the median
  /// of the old values; from a median of 0 every difference is large enough.
  private func isLargeEnough(_ change: HodgesLehmann, old: Sample) -> Bool {
    switch change.comparison {
    case .ratio: log(change.estimate).magnitude >= log1p(minimum)
    case .difference:
      change.estimate != 0 && change.estimate.magnitude >= minimum * old.median.magnitude
    }
  }
}
