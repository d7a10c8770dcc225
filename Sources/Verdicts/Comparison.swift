import Measurements
import Statistics

/// One side of a comparison in figures.
package struct Side: Hashable, Sendable {
  package let rounds: Int
  /// Of the values that were compared, in the metric's unit.
  package let median: Double

  package init(rounds: Int, median: Double) {
    self.rounds = rounds
    self.median = median
  }
}

/// What the compared values are.
package enum Evidence: String, Hashable, Sendable {
  /// One value per independent launch.
  case rounds
  /// Repetitions within one process, which say less than they seem to.
  case samples
  /// Numbers without chance; nothing was tested.
  case exact
}

/// How much the new side differs from the old.
package enum Effect: Hashable, Sendable {
  /// new / old, with its interval where the sizes allow one.
  case ratio(Double, ClosedRange<Double>?)
  /// new - old where old is zero, so that there is no ratio.
  case fromZero(Double, ClosedRange<Double>?)

  /// The figure on its own scale: 1 or 0 where nothing changed.
  var estimate: Double {
    switch self {
    case .ratio(let estimate, _), .fromZero(let estimate, _): estimate
    }
  }

  /// The interval of ``estimate``.
  var range: ClosedRange<Double>? {
    switch self {
    case .ratio(_, let range), .fromZero(_, let range): range
    }
  }

  /// new / old - 1.
  package var change: Double? {
    guard case .ratio(let ratio, _) = self else { return nil }
    return ratio - 1
  }

  /// The interval of ``change``.
  package var interval: ClosedRange<Double>? {
    guard case .ratio(_, let interval?) = self else { return nil }
    return interval.lowerBound - 1...interval.upperBound - 1
  }
}

/// The figures of one series on two sides, before anything is held against a threshold.
package struct Comparison: Hashable, Sendable {
  package let old: Side
  package let new: Side
  package let evidence: Evidence
  package let effect: Effect
  /// nil for exact metrics.
  package let test: Test?
  /// How many values of each side were compared.
  package let sizes: Sizes

  /// Mann and Whitney's, two-sided.
  package struct Test: Hashable, Sendable {
    /// Pairs in which the new value is larger, ties counted half.
    package let u: Double
    /// Before any correction.
    package let p: Double
  }

  package struct Sizes: Hashable, Sendable {
    package let old: Int
    package let new: Int
  }
}

extension Comparison {
  /// Compares the rounds of two series of one metric, one value per round; where a side has a single
  /// round, its samples.
  ///
  /// Exact is what both sides call so; numbers with chance on one side have it between them.
  ///
  /// - Parameter tables: Grows by the distributions that are needed.
  /// - Throws: ``InvalidSample`` for numbers so large, or so far apart, that a figure overflows.
  init(old: Series, new: Series, tables: inout UDistributions) throws(InvalidSample) {
    let values = (old: try Sample(old.values), new: try Sample(new.values))
    try Self.check(values.old.median, values.new.median)
    self.old = Side(rounds: old.rounds.count, median: values.old.median)
    self.new = Side(rounds: new.rounds.count, median: values.new.median)
    sizes = Sizes(old: values.old.count, new: values.new.count)
    if old.metric.exact, new.metric.exact {
      evidence = .exact
      test = nil
      effect = Effect(from: values.old.median, to: values.new.median)
    } else {
      evidence = min(old.rounds.count, new.rounds.count) > 1 ? .rounds : .samples
      let ranks = MannWhitney(old: values.old, new: values.new, tables: &tables)
      test = Test(u: ranks.u, p: ranks.twoSided)
      effect = Effect(
        HodgesLehmann(old: values.old, new: values.new, tables: &tables), old: values.old.median)
    }
    try Self.check(effect.estimate, effect.range?.lowerBound ?? 0, effect.range?.upperBound ?? 0)
  }

  /// Figures that are no numbers stop here: the middle of 1.7e308 and 1.7e308 is infinite.
  private static func check(_ figures: Double...) throws(InvalidSample) {
    for figure in figures where !figure.isFinite { throw .notFinite(figure) }
  }
}

extension Effect {
  /// Between two numbers without chance.
  fileprivate init(from old: Double, to new: Double) {
    self = old == 0 ? .fromZero(new - old, nil) : .ratio(1 + (new - old) / old.magnitude, nil)
  }

  /// A difference is taken as a part of the old side's median.
  fileprivate init(_ estimate: HodgesLehmann, old median: Double) {
    if estimate.comparison == .ratio {
      self = .ratio(estimate.estimate, estimate.interval)
    } else if median == 0 {
      self = .fromZero(estimate.estimate, estimate.interval)
    } else {
      func ratio(_ difference: Double) -> Double { 1 + difference / median.magnitude }
      let interval = estimate.interval.map { ratio($0.lowerBound)...ratio($0.upperBound) }
      self = .ratio(ratio(estimate.estimate), interval)
    }
  }
}

extension Series {
  /// What is tested: the median of each round, or of a single round its samples.
  package var values: [Double] {
    rounds.count == 1 ? rounds[0].samples : rounds.compactMap { $0.samples.median }
  }
}
