/// The measured values of one side: at least one, all of them finite.
///
/// A sample is made per side of a comparison. No invalid sample can be built, so no formula needs
/// to check again.
package struct Sample: Hashable, Sendable {
  /// The values in the given order.
  package let values: [Double]
  /// The values in ascending order.
  package let sorted: [Double]

  /// Creates a sample from measured values.
  ///
  /// - Throws: ``InvalidSample`` for no values at all, a NaN or an infinity.
  /// - Complexity: O(n log n); every calculation that needs an order uses this one sort.
  package init(_ values: [Double]) throws(InvalidSample) {
    guard !values.isEmpty else { throw .empty }
    for value in values where !value.isFinite { throw .notFinite(value) }
    self.values = values
    self.sorted = values.ascending()
  }

  /// Creates a sample from a part of the values of another one.
  init(_ part: ArraySlice<Double>) {
    values = Array(part)
    sorted = values.ascending()
  }

  package var count: Int { sorted.count }
  package var minimum: Double { sorted[0] }
  package var maximum: Double { sorted[count - 1] }
  package var median: Double { sorted.middle }
}

/// The reasons why values do not make a sample.
package enum InvalidSample: Error, Hashable, CustomStringConvertible {
  case empty
  case notFinite(Double)

  package var description: String {
    switch self {
    case .empty: "a sample without values"
    case .notFinite(let value): "a value that is \(value), not a finite number"
    }
  }
}

extension Sample {
  /// The standard deviation as a fraction of the mean's magnitude: 0.03 is a noise of 3 %.
  ///
  /// The deviation is the unbiased one, with n - 1 in the denominator.
  ///
  /// - Returns: At least 0; nil for a single value, which shows no spread, and for a mean of 0,
  ///   which has no fractions.
  package var coefficientOfVariation: Double? {
    guard count > 1 else { return nil }
    let mean = sorted.reduce(0, +) / Double(count)
    guard mean != 0, mean.isFinite else { return nil }
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(count - 1)).squareRoot() / mean.magnitude
  }
}

extension [Double] {
  /// The middle value, or the mean of the two in the middle; nil if there are no values.
  ///
  /// It is meant for the samples of one round, which do not need a ``Sample``. The result has no
  /// meaning if a value is NaN.
  package var median: Double? {
    guard count > 1 else { return first }
    return sorted().middle
  }

  /// The median of values that are in ascending order and not empty.
  fileprivate var middle: Double {
    let upper = self[count / 2]
    return count.isMultiple(of: 2) ? self[count / 2 - 1] / 2 + upper / 2 : upper
  }
}
