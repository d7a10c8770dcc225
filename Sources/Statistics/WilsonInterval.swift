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
    let z = NormalCurve.exceeded(by: (1 - confidence) / 2)
    let n = Double(count)
    let rate = successes / n
    let scale = 1 + z * z / n
    let middle = (rate + z * z / (2 * n)) / scale
    let reach = z / scale * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    // Rounding would leave the ends of none and all a little inside.
    let low = successes <= 0 ? 0 : max(0, middle - reach)
    return low...(successes >= n ? 1 : min(1, middle + reach))
  }
}
