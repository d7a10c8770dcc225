package import Measurements
import Statistics

/// The verdict on one series with everything it rests on.
package struct SeriesResult: Hashable, Sendable {
  package let id: Series.ID
  package let metric: Metric
  package let verdict: Verdict
  /// nil where there are not two sides that can be compared.
  package let comparison: Comparison?
  /// nil where nothing was tested.
  package let significance: Significance?
  package let limit: Limit
  package let level: Level
  /// The waiver that permits the regression, or does so no more.
  package let waiver: WaiverFinding?
  /// What the baseline called the benchmark, where an alias says that it is the same.
  package let formerly: String?
  /// What the history says of it.
  package let standing: Standing
  /// The candidate against its marked merge-base, to which it adds nothing; nil for what is not
  /// inherited.
  package let inherited: Comparison?
  /// nil where both sides were measured with the same work, as far as they say.
  package let redefinition: Redefinition?
  /// What the policy makes of a series that is not on both sides as the one it was, or of its change
  /// where it has a word on that.
  package let response: Response?
  /// Whether it is one that the gate goes by; others are shown and fail nothing.
  package let decides: Bool
  let power: Power

  /// Where ``detectableChange`` comes from.
  enum Power: Hashable, Sendable {
    /// From the numbers, when it is asked for.
    case workedOut
    /// From whoever judged.
    case told(Double?)
  }
}

/// Where a p stands in its family.
package struct Significance: Hashable, Sendable {
  /// Corrected over the family.
  package let p: Double
  /// The place among all p of the family, 1 for the smallest.
  package let rank: Int
  /// What the uncorrected p must come down to if it is to be significant whatever the rest of the
  /// family shows.
  package let strictestAlpha: Double
  /// That the sides are far apart, where the exact p of so few rounds decides nothing in this family:
  /// then ``p`` is that of this one.
  package let separation: Separation?

  package init(p: Double, rank: Int, strictestAlpha: Double, separation: Separation? = nil) {
    self.p = p
    self.rank = rank
    self.strictestAlpha = strictestAlpha
    self.separation = separation
  }
}

extension SeriesResult {
  /// The smallest true change for the worse that would be called a regression four times out of
  /// five, at the noise and with the rounds that there were: new / old - 1.
  ///
  /// nil where nothing was tested, where no data of these sizes could be significant, and where
  /// there is no ratio.
  ///
  /// - Complexity: That of some tests; it is worked out when it is asked for.
  package var detectableChange: Double? {
    if case .told(let change) = power { return change }
    guard let comparison, let significance else { return nil }
    var tables = UDistributions()
    return comparison.detectableChange(
      bounds(comparison), alpha: significance.strictestAlpha, &tables)
  }

  /// Whether its interval lies about the limit, far from no change: then it is no noise that keeps it
  /// open.
  package var isAtThreshold: Bool {
    comparison.map { bounds($0).isAtLimit($0.effect) } ?? false
  }

  func bounds(_ comparison: Comparison) -> Bounds {
    Bounds(better: metric.better, limit: limit, oldMedian: comparison.old.median)
  }
}
