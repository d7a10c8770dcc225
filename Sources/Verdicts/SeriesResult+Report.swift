package import Measurements
package import Statistics

/// Creates results that another program has judged, from a report; nothing of them is worked out
/// again.
extension SeriesResult {
  /// - Parameter detectable: The value of ``detectableChange``.
  package init(
    id: Series.ID, metric: Metric, verdict: Verdict, comparison: Comparison?,
    significance: Significance?, detectable: Double?, limit: Limit, level: Level,
    waiver: WaiverFinding?, formerly: String?, standing: Standing = Standing(),
    inherited: Comparison? = nil, redefinition: Redefinition? = nil,
    implausible: Implausible? = nil, response: Response?, decides: Bool = true
  ) {
    self.init(
      id: id, metric: metric, verdict: verdict, comparison: comparison,
      significance: significance, limit: limit, level: level, waiver: waiver, formerly: formerly,
      standing: standing, inherited: inherited, redefinition: redefinition,
      implausible: implausible, response: response,
      decides: decides, power: .told(detectable))
  }
}

extension Comparison {
  /// - Parameters:
  ///   - values: The values that were compared, in the order of measuring.
  ///   - blocks: The number of rounds of each block; empty if all rounds are one block.
  /// - Throws: ``InvalidSample`` for a side without values.
  package init(
    old: Side, new: Side, values: (old: [Double], new: [Double]), blocks: [Int] = [],
    evidence: Evidence, effect: Effect, test: Test?, swing: Swing? = nil,
    tasks: TaskComparison? = nil
  ) throws(InvalidSample) {
    self.init(
      old: old, new: new, evidence: evidence, effect: effect, test: test,
      samples: Samples(
        old: try Sample(values.old), new: try Sample(values.new), sizes: blocks), swing: swing,
      tasks: tasks)
  }
}

extension Policy {
  /// Creates the level as far as a report names it.
  ///
  /// - Returns: nil if the name of the correction is not known.
  package init?(threshold: Sourced<Double>, alpha: Double, correctionName: String) {
    guard let correction = FamilyCorrection(rawValue: correctionName) else { return nil }
    self.init()
    self.threshold = threshold
    self.alpha = alpha
    self.correction = correction
  }
}
