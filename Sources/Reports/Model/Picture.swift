import Measurements
import Verdicts

/// A picture of the measurements of one series on an axis: the values of both sides, their medians,
/// and the position of the change relative to its limit.
///
/// All places are in tenths of a pixel, so that whole numbers will do.
struct Picture {
  let axis: Axis
  let unit: Scale
  let old: Lane
  let new: Lane
  /// The interval of the change, seen from the base's median; nil if there is none.
  let interval: ClosedRange<Int>?
  /// The range around the base's median that the limit lets pass; nil if any change counts.
  let limit: ClosedRange<Int>?

  /// - Returns: nil if there are not two sides that can be compared, and if no axis would show how
  ///   they differ.
  init?(_ seriesResult: SeriesResult) {
    // The values of a row over tasks are those of different tasks, which no axis compares.
    guard let comparison = seriesResult.comparison, comparison.tasks == nil else { return nil }
    let (sides, numbers) = ((comparison.old, comparison.new), comparison.numbers)
    unit = Scale(seriesResult.metric.unit, for: [sides.0.median, sides.1.median])
    let (old, new) = (numbers.old.values.sorted(), numbers.new.values.sorted())
    // A report that was read back has no values.
    guard !old.isEmpty, !new.isEmpty else { return nil }
    let interval = comparison.intervalOfValues
    let limit = seriesResult.limit(old: sides.0.median, least: min(old[0], new[0]))
    let ends = [old[0], old[old.count - 1], new[0], new[new.count - 1]]
    let medians = [sides.0.median, sides.1.median]
    guard let values = (ends + medians + [interval, limit].flatMap(\.ends)).range,
      let axis = Axis(values, places: Self.places, in: unit)
    else { return nil }
    self.axis = axis
    self.interval = axis.range(interval)
    self.limit = axis.range(limit)
    self.old = Lane(old, of: sides.0, on: axis, middle: Self.middles.old)
    self.new = Lane(new, of: sides.1, on: axis, middle: Self.middles.new)
  }

  private static let places = 460...3340
  private static let middles = (old: 150, new: 410)
}

/// One side of a picture.
struct Lane {
  let side: Side
  /// The number of values, whether each has a dot or not.
  let count: Int
  let least: Double
  let most: Double
  let median: Int
  /// The vertical place of the lane, seen from above.
  let middle: Int
  let dots: [Dot]

  struct Dot {
    let x: Int
    let y: Int
  }

  /// The largest number of dots; more dots would only be black.
  static let mostDots = 200
  /// The distance at which dots do not touch.
  static let diameter = 46
  /// The distance from the middle to the outermost dots.
  static let reach = 80

  /// - Parameter values: Sorted, at least one.
  fileprivate init(_ values: [Double], of side: Side, on axis: Axis, middle: Int) {
    self.side = side
    count = values.count
    (least, most) = (values[0], values[count - 1])
    median = axis.place(of: side.median)
    self.middle = middle
    dots = Self.stacked(Self.chosen(values).map(axis.place), around: middle)
  }

  /// Returns all values or, of very many, as many as are shown, evenly over their order.
  private static func chosen(_ values: [Double]) -> [Double] {
    guard values.count > mostDots else { return values }
    return (0..<mostDots).map { values[$0 * (values.count - 1) / (mostDots - 1)] }
  }

  /// Returns dots at several levels for values that would touch; none is moved along the axis.
  private static func stacked(_ places: [Int], around middle: Int) -> [Dot] {
    var dots: [Dot] = []
    dots.reserveCapacity(places.count)
    var rest = places[...]
    while let first = rest.first {
      let stack = rest.prefix { $0 < first + diameter }
      let height = min((stack.count - 1) * diameter, 2 * reach)
      for (index, x) in stack.enumerated() {
        let level = Self.level(index, of: stack.count)
        let above = stack.count > 1 ? height * level / (stack.count - 1) : 0
        dots.append(Dot(x: x, y: middle + height / 2 - above))
      }
      rest = rest[stack.endIndex...]
    }
    return dots
  }

  /// Returns a separate level for each of so many dots, far from those of its neighbours: steps of
  /// the golden section around all of them.
  private static func level(_ index: Int, of count: Int) -> Int {
    var step = max(1, count * 618 / 1000)
    while greatestCommonDivisor(step, count) > 1 { step += 1 }
    return index * step % count
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}

extension Comparison {
  /// The interval of the change as values of the new side, if the old one is at its median.
  fileprivate var intervalOfValues: ClosedRange<Double>? {
    if let difference = effect.difference { return difference.interval }
    return effect.interval.map {
      old.median + $0.lowerBound * old.median.magnitude...old.median + $0.upperBound
        * old.median.magnitude
    }
  }
}

extension SeriesResult {
  /// Returns the range of the values that are no change beyond the limit.
  ///
  /// - Parameter least: The least value; if none is negative, the limit is not shown as negative
  ///   either.
  fileprivate func limit(old median: Double, least: Double) -> ClosedRange<Double>? {
    let reach = max(
      limit.threshold.value * median.magnitude, limit.floor?.value.value.magnitude ?? 0)
    guard reach > 0 else { return nil }
    let lower = median - reach
    return (least < 0 ? lower : max(0, lower))...median + reach
  }
}

extension Axis {
  fileprivate func range(_ values: ClosedRange<Double>?) -> ClosedRange<Int>? {
    values.map { place(of: $0.lowerBound)...place(of: $0.upperBound) }
  }
}

extension ClosedRange<Double>? {
  fileprivate var ends: [Double] { map { [$0.lowerBound, $0.upperBound] } ?? [] }
}

extension [Double] {
  /// The range of all values; nil if an end is not a number, or the ends are so far apart that
  /// their distance is not one.
  fileprivate var range: ClosedRange<Double>? {
    guard allSatisfy(\.isFinite), let least = self.min(), let most = self.max(),
      (most - least).isFinite
    else { return nil }
    return least...most
  }
}
