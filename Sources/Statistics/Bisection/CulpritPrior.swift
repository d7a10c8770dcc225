/// The candidates of a bisection, and how likely each is the culprit before anything is measured.
///
/// Candidates are at the positions 1 to ``count``. Culprit k means that the commits before k have
/// the old level, and those from k on the new one. The good end, position 0, is no candidate. The
/// bad end, position ``count``, is the last candidate.
package struct CulpritPrior: Sendable {
  /// The probability of each candidate, the first at index 0. The sum is 1.
  let masses: [Double]
  /// False at the index of a position that cannot be measured, for example because its commit does
  /// not build. Index 0 is the good end.
  private let isMeasurable: [Bool]

  /// Creates the prior of candidates that are equally likely.
  ///
  /// - Parameter unmeasurable: The positions that cannot be measured. Each can be the culprit all
  ///   the same, so it keeps its mass.
  /// - Precondition: There is a candidate, and both ends can be measured.
  package init(count: Int, unmeasurable: some Sequence<Int> = []) {
    self.init(weights: Array(repeating: 1, count: max(0, count)), unmeasurable: unmeasurable)
  }

  /// Creates a prior from weights, of which only the ratios matter: the first is that of position 1.
  ///
  /// - Precondition: There is a candidate, weights are finite and not negative, one is above 0, and
  ///   both ends can be measured.
  package init(weights: [Double], unmeasurable: some Sequence<Int> = []) {
    let sum = weights.reduce(0, +)
    precondition(sum > 0 && sum.isFinite, "a weight above 0")
    precondition(weights.allSatisfy { $0 >= 0 }, "no negative weight")
    masses = weights.map { $0 / sum }
    var isMeasurable = Array(repeating: true, count: weights.count + 1)
    for position in unmeasurable {
      precondition(0 < position && position < weights.count, "both ends can be measured")
      isMeasurable[position] = false
    }
    self.isMeasurable = isMeasurable
  }

  /// The number of candidates, which is the position of the bad end.
  package var count: Int { masses.count }

  package func isMeasurable(_ position: Int) -> Bool { isMeasurable[position] }
}
