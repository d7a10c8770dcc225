/// The settings of a bisection: when it ends, and how much it measures at a time.
package struct BisectionRule: Hashable, Sendable {
  /// The probability that an answer must have.
  package let confidence: Double
  /// The number of launches at the chosen commit before the next choice.
  ///
  /// A batch of one looks around more often, but pays for a build or a checkout each time.
  package let batch: Int
  /// The number of launches at the culprit, and at the commit before it, without which there is no
  /// answer.
  package let fewest: Int

  /// - Precondition: The confidence is within 0..<1, and the counts are above 0.
  package init(confidence: Double = UsualLevel.confidence, batch: Int = 3, fewest: Int = 6) {
    precondition(0 <= confidence && confidence < 1 && batch > 0 && fewest > 0, "a rule that ends")
    self.confidence = confidence
    self.batch = batch
    self.fewest = fewest
  }
}
