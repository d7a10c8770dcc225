import Measurements
import Statistics

/// The figures of a group of numbers.
///
/// Percentiles are by nearest rank, so that each is a measured number; the median of an even number
/// of them is the mean of the two in the middle.
package struct ValueSummary: Sendable {
  package let n: Int
  package let median: Double
  package let mean: Double
  /// The sum, in the given order.
  package let sum: Double
  /// The figures that need every number; nil where pruning has left one of several.
  package let spread: Spread?

  package struct Spread: Sendable {
    package let minimum: Double
    package let maximum: Double
    /// The unbiased standard deviation, with n - 1 in the denominator; nil for a single number.
    package let deviation: Double?
    package let outliers: [Outlier]
    private let percentiles: Percentiles<Double>

    fileprivate init?(_ sample: Sample, mean: Double) {
      guard let percentiles = Percentiles(sorted: sample.sorted) else { return nil }
      let values = sample.values
      self.percentiles = percentiles
      (minimum, maximum) = (sample.minimum, sample.maximum)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
      let scores = sample.modifiedZScores
      let deviation = deviation ?? 0
      outliers = values.indices.compactMap { index in
        let distance = deviation > 0 ? (values[index] - mean) / deviation : 0
        let one = Outlier(
          place: index, value: values[index], z: scores[index], deviations: distance)
        return one.isFarByDeviation || one.isFarByMedian ? one : nil
      }
    }

    package func percentile(_ percent: Int) -> Double { percentiles[percent] }
  }

  /// A number that is far from the others by one of two measures.
  package struct Outlier: Sendable {
    /// The place among the numbers.
    package let place: Int
    package let value: Double
    /// The modified z-score, by the median deviation.
    package let z: Double
    /// The distance from the mean in standard deviations. It cannot exceed (n - 1) / √n, so that up
    /// to ten numbers have no such outlier.
    package let deviations: Double

    package var isFarByMedian: Bool { z.magnitude > Outliers.limit }
    package var isFarByDeviation: Bool { deviations.magnitude > 3 }
  }

  /// - Parameter isThinned: True if one of the numbers stands for several that were not kept.
  /// - Returns: nil for no numbers.
  package init?(_ values: [Double], isThinned: Bool) {
    guard let sample = try? Sample(values) else { return nil }
    n = values.count
    median = sample.median
    sum = values.reduce(0, +)
    mean = sum / Double(values.count)
    spread = isThinned ? nil : Spread(sample, mean: mean)
  }
}
