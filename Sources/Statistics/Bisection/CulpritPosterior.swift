#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How likely each candidate is the culprit after the launches so far.
package struct CulpritPosterior: Sendable {
  package let prior: CulpritPrior
  package let evidence: BisectionEvidence
  /// The probability that the culprit is at most at the index; 0 at index 0, 1 at the last.
  ///
  /// It is also the probability that the commit at this position has the new level.
  package let cumulative: [Double]

  /// Multiplies prior and likelihood, by Bayes' theorem.
  ///
  /// - Precondition: The evidence ends with the last candidate.
  /// - Complexity: O(candidates).
  package init(prior: CulpritPrior, evidence: BisectionEvidence) {
    precondition(evidence.intervals.last?.end == prior.count, "the bad end is measured")
    self.prior = prior
    self.evidence = evidence
    let largest = evidence.intervals.reduce(-Double.infinity) { max($0, $1.logLikelihood) }
    var cumulative = [0.0]
    cumulative.reserveCapacity(prior.count + 1)
    var sum = 0.0
    for interval in evidence.intervals {
      let factor = exp(interval.logLikelihood - largest)
      while cumulative.count <= interval.end {
        sum += prior.masses[cumulative.count - 1] * factor
        cumulative.append(sum)
      }
    }
    // Only a prior of 0 wherever the launches are likely leaves nothing.
    self.cumulative = sum > 0 ? cumulative.map { $0 / sum } : Self.cumulative(prior.masses)
  }

  private static func cumulative(_ masses: [Double]) -> [Double] {
    masses.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  /// The probability that the candidate at a position is the culprit.
  package func probability(of position: Int) -> Double {
    cumulative[position] - cumulative[position - 1]
  }

  /// The probability that the culprit is in a range of positions.
  package func probability(of range: ClosedRange<Int>) -> Double {
    cumulative[range.upperBound] - cumulative[range.lowerBound - 1]
  }
}
