/// An independent launch of a benchmark: one sample or more, in base units.
package struct Round: Hashable, Sendable {
  package let samples: [Double]

  /// Creates a round from its samples.
  ///
  /// - Throws: ``InvalidRound`` for no samples at all, a NaN or an infinity, so that no later code
  ///   needs to check again.
  package init(_ samples: [Double]) throws(InvalidRound) {
    guard !samples.isEmpty else { throw .empty }
    for sample in samples where !sample.isFinite { throw .notFinite(sample) }
    self.samples = samples
  }
}

/// The reasons why numbers do not make a round.
package enum InvalidRound: Error, Hashable, CustomStringConvertible {
  case empty
  case notFinite(Double)

  package var description: String {
    switch self {
    case .empty: "a round without samples"
    case .notFinite(let sample): "a sample that is \(sample), not a finite number"
    }
  }
}
