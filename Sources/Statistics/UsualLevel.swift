/// The level of a test and of an interval if no other level is given.
package enum UsualLevel {
  /// The probability of a false alarm that is accepted.
  package static let alpha = 0.05
  /// The probability that an interval holds the true value.
  package static let confidence = 0.95
}
