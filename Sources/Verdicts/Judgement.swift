package import Measurements

/// The verdict on one series with everything it rests on.
package struct Judgement: Hashable, Sendable {
  package let id: Series.ID
  package let metric: Metric
  package let verdict: Verdict
  /// nil where there are not two sides that can be compared.
  package let comparison: Comparison?
  /// Corrected over the family; nil where nothing was tested.
  package let pCorrected: Double?
  /// The relative change that counted as one.
  package let threshold: Double
}
