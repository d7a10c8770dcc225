package import Measurements
package import Statistics

/// What a gate is asked to hold against a candidate.
package struct Policy: Hashable, Sendable {
  /// The relative change that counts, 0.1 for ±10 %, where no rule says otherwise.
  package var threshold = 0.1
  /// The probability of a false alarm that is accepted, over the family as `correction` has it.
  package var alpha = 0.05
  package var correction = FamilyCorrection.benjaminiHochberg
  /// Whether what stays undecided is a failure.
  package var failsInconclusive = false
  /// Thresholds for some benchmarks; they go before those for metrics.
  package var benchmarks: [Rule<Double>] = []
  /// Thresholds for some metrics.
  package var metrics: [Rule<Double>] = []
  /// Whether some benchmarks may be gone.
  package var dispensable: [Rule<Bool>] = []

  package init() {}

  /// As it is written in reports: `benjamini-hochberg`.
  package var correctionName: String { correction.rawValue }

  /// What counts for the names that fit a pattern.
  package struct Rule<Value: Hashable & Sendable>: Hashable, Sendable {
    package let pattern: Pattern
    package let value: Value

    package init(pattern: Pattern, value: Value) {
      self.pattern = pattern
      self.value = value
    }
  }

  /// The threshold of a series: that of its benchmark, else of its metric, else the common one.
  package func threshold(for id: Series.ID) -> Double {
    benchmarks.mostSpecific(for: id.benchmark.name)
      ?? metrics.mostSpecific(for: id.metric) ?? threshold
  }
}

extension Policy {
  /// Whether a benchmark of the baseline that was not measured is a failure.
  func failsMissing(_ judgement: Judgement) -> Bool {
    judgement.verdict == .missing
      && !(dispensable.mostSpecific(for: judgement.id.benchmark.name) ?? false)
  }
}

extension Array {
  /// Of the rules that fit the most specific; of equals the last, as git has it.
  fileprivate func mostSpecific<Value>(
    for name: String
  ) -> Value? where Element == Policy.Rule<Value> {
    filter { $0.pattern.matches(name) }
      .reduce(nil) { (best: Element?, rule) in
        guard let best, best.pattern.isMoreSpecific(than: rule.pattern) else { return rule }
        return best
      }?.value
  }
}
