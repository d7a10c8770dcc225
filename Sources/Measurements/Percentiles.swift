/// Values in order, of which percentiles are asked.
///
/// By nearest rank, the first of Hyndman and Fan's nine definitions: the smallest value that at least so
/// many per cent of all do not exceed. That is always a value that was seen, where an interpolating
/// definition makes one up in the gap before the slowest: the p99 of 20 values is their largest.
package struct Percentiles<Value: Comparable> {
  private let sorted: [Value]

  /// - Returns: nil for no values.
  package init?(of values: [Value]) {
    guard !values.isEmpty else { return nil }
    sorted = values.sorted()
  }

  /// - Parameter percent: 1 to 100; 100 is the largest value.
  package subscript(percent: Int) -> Value {
    precondition((1...100).contains(percent))
    // In whole numbers: 0.95 · 20 may be more than 19 in floating point.
    return sorted[(percent * sorted.count + 99) / 100 - 1]
  }
}
