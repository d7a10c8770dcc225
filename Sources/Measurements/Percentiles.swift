/// Sorted values from which percentiles are read.
///
/// A percentile is defined by nearest rank, the first of Hyndman and Fan's nine definitions: the
/// smallest value that at least so many per cent of all values do not exceed. It is always a
/// measured value, while an interpolating definition invents one in the gap before the slowest: the
/// p99 of 20 values is their largest.
package struct Percentiles<Value: Comparable> {
  private let sorted: [Value]

  /// Sorts the values.
  ///
  /// - Returns: nil for no values.
  package init?(of values: [Value]) {
    guard !values.isEmpty else { return nil }
    sorted = values.sorted()
  }

  /// - Parameter sorted: The values in ascending order.
  /// - Returns: nil for no values.
  package init?(sorted: [Value]) {
    guard !sorted.isEmpty else { return nil }
    self.sorted = sorted
  }

  /// The value of a percentile.
  ///
  /// - Parameter percent: The percentile, from 1 to 100; 100 is the largest value.
  package subscript(percent: Int) -> Value {
    precondition((1...100).contains(percent))
    // The calculation uses whole numbers: 0.95 · 20 may be more than 19 in floating point.
    return sorted[(percent * sorted.count + 99) / 100 - 1]
  }
}

extension Percentiles: Sendable where Value: Sendable {}
