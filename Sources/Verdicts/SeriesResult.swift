package import Measurements
import Statistics

/// The verdict on one series with everything it rests on.
package struct SeriesResult: Hashable, Sendable {
  package let id: Series.ID
  package let metric: Metric
  package let verdict: Verdict
  /// The comparison of the two sides; nil if there are not two sides that can be compared.
  package let comparison: Comparison?
  /// The significance in the family; nil if nothing was tested.
  package let significance: Significance?
  package let limit: Limit
  package let level: Level
  /// The waiver that permits the regression, or does not permit it any more.
  package let waiver: WaiverFinding?
  /// The baseline's name of the benchmark, if an alias says that it is the same.
  package let formerly: String?
  /// The facts that the history has about the series.
  package let standing: Standing
  /// The comparison of the candidate with its marked merge-base, to which it adds nothing; nil if
  /// the regression is not inherited.
  package let inherited: Comparison?
  /// The difference in the work that was measured; nil if both sides did the same work, as far as
  /// they say.
  package let redefinition: Redefinition?
  /// The candidate's values that are outside of their plausible range; nil if none is.
  package let implausible: Implausible?
  /// The response of the policy to a series that is not on both sides as the same series, or to its
  /// change, if the policy has a rule for it.
  package let response: Response?
  /// True if the gate decides by this series. Other series are shown and fail nothing.
  package let decides: Bool
  let power: Power

  /// The source of ``detectableChange``.
  enum Power: Hashable, Sendable {
    /// It is worked out from the numbers when it is asked for.
    case workedOut
    /// It is a value that another program stated.
    case told(Double?)
  }
}

/// The position of a p in its family.
package struct Significance: Hashable, Sendable {
  /// The p corrected over the family.
  package let p: Double
  /// The rank among all p of the family, 1 for the smallest.
  package let rank: Int
  /// The value that the uncorrected p must come down to for significance, whatever the rest of the
  /// family shows.
  package let strictestAlpha: Double
  /// The separation of the sides, if the exact p of so few rounds decides nothing in this family;
  /// then ``p`` is the p of the separation.
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
  /// five, at the noise and with the rounds of this comparison: new / old - 1.
  ///
  /// It is nil if nothing was tested, if no data of these sizes could be significant, and if there
  /// is no ratio.
  ///
  /// - Complexity: That of some tests; it is worked out when it is asked for.
  package var detectableChange: Double? {
    if case .told(let change) = power { return change }
    guard let comparison, let significance else { return nil }
    var tables = UDistributions()
    return comparison.detectableChange(
      bounds(comparison), alpha: significance.strictestAlpha, &tables)
  }

  /// True if the interval lies around the limit, far from no change: then the cause of the doubt is
  /// not noise.
  package var isAtThreshold: Bool {
    comparison.map { bounds($0).isAtLimit($0.effect) } ?? false
  }

  func bounds(_ comparison: Comparison) -> Bounds {
    Bounds(better: metric.better, limit: limit, oldMedian: comparison.old.median)
  }
}
