/// The filter of Hampel: a value far from the median of its neighbours is replaced by that median.
///
/// Hampel, "The Influence Curve and its Role in Robust Estimation", 1974; Davies and Gather, "The
/// Identification of Multiple Outliers", 1993. A window is as wide on one side as on the other; at
/// the ends, where it cannot be, it is the first or last five values. So two outliers at an end are
/// replaced, and a level of three values there is not. Elsewhere a level passes if it has four
/// values, or three and lies between a lower and a higher one: a shorter one counts as outliers.
enum HampelFilter {
  /// The number of neighbours on each side.
  static let halfWidth = 3
  /// The distance from the median, in local scales, beyond which a value is an outlier.
  private static let limit = 4.0

  /// - Parameter scales: The local scale about each value.
  static func filtered(_ values: [Double], scales: [Double]) -> [Double] {
    values.indices.map { place in
      let window = window(about: place, of: values.count)
      let middle = window.count / 2
      let value = values[place]
      let distance = limit * scales[place]
      // The median is near if neither side has more than half of the values far away.
      var (below, above) = (0, 0)
      for other in values[window] {
        if other < value - distance { below += 1 }
        if other > value + distance { above += 1 }
      }
      return below <= middle && above <= middle ? value : values[window].sorted()[middle]
    }
  }

  /// - Returns: The places of an odd number of values.
  private static func window(about place: Int, of count: Int) -> Range<Int> {
    guard place >= halfWidth else { return 0..<min(5, count) }
    guard place < count - halfWidth else { return max(0, count - 5)..<count }
    return (place - halfWidth)..<(place + halfWidth + 1)
  }
}
