package import Measurements

/// Groups in the order of a score of several metrics.
///
/// Each metric gives a group a part of 1: the ratio of the best group's value to its own where less
/// is better, and the inverse where more is. The score is the mean of these parts by the weights of
/// the metrics, times 100.
package struct ScoredGroups: Sendable {
  package let groups: [Group]

  package struct Group: Sendable {
    /// The place of the group among those that were ranked.
    package let index: Int
    package let place: Int
    /// From 0 to 100.
    package let score: Double
    /// The part of 1 that each metric gives, in the order of the weights.
    package let parts: [Double]
    /// The least number of values of a metric.
    package let n: Int
    /// The indices of the groups whose intervals overlap with this one's in every metric.
    package let tied: [Int]
  }

  /// - Parameters:
  ///   - figures: The figure of each metric, in the order of the weights, for each group.
  ///   - score: The weights.
  ///   - better: The better direction of each metric.
  package init(_ figures: [[RankedGroups.Figure]], _ score: Score, better: [Direction]) {
    let parts = figures.map { own in
      own.indices.map { metric in
        Self.part(of: own[metric].value, among: figures.map { $0[metric].value }, better[metric])
      }
    }
    let scores = parts.map { own in
      zip(own, score.weights).reduce(0) { $0 + $1.0 * $1.1.value } / score.total * 100
    }
    let order = figures.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    groups = order.enumerated().map { place, index in
      let tied = figures.indices.filter { other in
        other != index && zip(figures[index], figures[other]).allSatisfy { $0.mayEqual($1) }
      }
      return Group(
        index: index, place: place + 1, score: scores[index], parts: parts[index],
        n: figures[index].map(\.n).min() ?? 0, tied: tied)
    }
  }

  private static func part(of value: Double, among all: [Double], _ better: Direction) -> Double {
    switch better {
    case .lower:
      let best = all.min() ?? value
      return value == best ? 1 : value > 0 ? max(0, best) / value : 0
    case .higher:
      let best = all.max() ?? value
      return value == best ? 1 : best > 0 ? max(0, value) / best : 0
    }
  }
}
