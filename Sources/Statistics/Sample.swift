/// Measured numbers that can be reasoned about: at least one, all of them finite.
///
/// One is made per side of a comparison; since nothing else can be built, no formula asks again.
package struct Sample: Hashable, Sendable {
  /// In the order in which they were given.
  package let values: [Double]
  /// The same in ascending order.
  package let sorted: [Double]

  /// - Throws: ``InvalidSample`` for no values at all, a NaN or an infinity.
  /// - Complexity: O(n log n); everything that needs an order uses this one sort.
  package init(_ values: [Double]) throws(InvalidSample) {
    guard !values.isEmpty else { throw .empty }
    for value in values where !value.isFinite { throw .notFinite(value) }
    self.values = values
    self.sorted = values.sorted()
  }

  /// A part of another one.
  init(_ part: ArraySlice<Double>) {
    values = Array(part)
    sorted = part.sorted()
  }

  package var count: Int { sorted.count }
  package var minimum: Double { sorted[0] }
  package var maximum: Double { sorted[count - 1] }
  package var median: Double { sorted.middle }
}

/// Why numbers do not make a sample.
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
  /// The standard deviation as a part of the mean's magnitude: 0.03 is a noise of 3 %.
  ///
  /// The deviation is the unbiased one, with n - 1 below the line.
  ///
  /// - Returns: At least 0; nil for a single value, which shows no spread, and for a mean of 0,
  ///   which nothing is a part of.
  package var coefficientOfVariation: Double? {
    guard count > 1 else { return nil }
    let mean = sorted.reduce(0, +) / Double(count)
    guard mean != 0, mean.isFinite else { return nil }
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(count - 1)).squareRoot() / mean.magnitude
  }
}

extension [Double] {
  /// The middle value, or the mean of the two in the middle; nil where there is none.
  ///
  /// For the samples of one round, which are not worth a ``Sample`` of their own. A NaN among them
  /// makes the answer meaningless.
  package var median: Double? {
    guard count > 1 else { return first }
    return sorted().middle
  }

  /// The median of what is already in ascending order and not empty.
  fileprivate var middle: Double {
    let upper = self[count / 2]
    return count.isMultiple(of: 2) ? self[count / 2 - 1] / 2 + upper / 2 : upper
  }
}
