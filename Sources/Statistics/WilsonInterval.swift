/// The confidence interval of a rate, such as the part of launches that succeeded.
///
/// Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927, without a
/// correction for continuity: the rates p for which the observed rate lies within z standard errors
/// of p. Unlike the usual p ± z·SE it stays within 0...1, and has a width for rates of 0 and 1.
package enum WilsonInterval {
  /// The interval for a number of successes.
  ///
  /// - Parameters:
  ///   - successes: In 0...count.
  ///   - count: The number of attempts, at least 1.
  ///   - confidence: In 0..<1.
  package static func of(
    _ successes: Double, in count: Int, confidence: Double = UsualLevel.confidence
  ) -> ClosedRange<Double> {
    of(rate: successes / Double(count), in: Double(count), confidence: confidence)
  }

  /// The interval for a rate, from a number of attempts that need not be whole.
  ///
  /// - Parameters:
  ///   - rate: In 0...1.
  ///   - count: Above 0.
  ///   - confidence: In 0..<1.
  static func of(rate: Double, in count: Double, confidence: Double) -> ClosedRange<Double> {
    let z = NormalCurve.exceeded(by: (1 - confidence) / 2)
    let n = count
    let scale = 1 + z * z / n
    let middle = (rate + z * z / (2 * n)) / scale
    let reach = z / scale * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    // Rounding would leave the ends of none and all a little inside.
    let low = rate <= 0 ? 0 : max(0, middle - reach)
    return low...(rate >= 1 ? 1 : min(1, middle + reach))
  }
}
