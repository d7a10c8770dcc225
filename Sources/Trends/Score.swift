/// A score of several metrics: each has a weight, and weights count in relation to each other.
package struct Score: Hashable, Sendable {
  package struct Weight: Hashable, Sendable {
    /// The name of the metric, or of a rate such as `success`.
    package let metric: String
    /// The weight as it was written, above zero.
    package let value: Double

    package init(_ metric: String, _ value: Double) {
      self.metric = metric
      self.value = value
    }
  }

  package let name: String
  /// The weights in the order in which they were written, at least one. No metric is named twice.
  package let weights: [Weight]

  /// - Throws: ``Problem`` if the weights make no score.
  package init(_ name: String, weights: [Weight]) throws(Problem) {
    guard !weights.isEmpty else { throw .noWeights }
    var metrics: Set<String> = []
    for weight in weights {
      guard weight.value > 0, weight.value.isFinite else { throw .notPositive(weight) }
      guard metrics.insert(weight.metric).inserted else { throw .twice(weight.metric) }
    }
    self.name = name
    self.weights = weights
  }

  /// The sum of all weights.
  package var total: Double { weights.reduce(0) { $0 + $1.value } }
}

extension Score {
  /// The reason that weights make no score.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case noWeights
    case notPositive(Weight)
    /// Two weights are of this metric.
    case twice(String)

    package var description: String {
      switch self {
      case .noWeights: "it has no weight"
      case .notPositive(let weight): "the weight of '\(weight.metric)' is not above zero"
      case .twice(let metric): "'\(metric)' has two weights"
      }
    }
  }
}
