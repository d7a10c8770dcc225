import Measurements
import Statistics

/// The figures of one series on two sides, before they are compared with a threshold.
package struct Comparison: Hashable, Sendable {
  package let old: Side
  package let new: Side
  package let evidence: Evidence
  package let effect: Effect
  /// The test of the two sides; nil for exact metrics and for summaries.
  package let test: Test?
  /// The values that were compared.
  let samples: Samples
  /// The position of the candidate among the recordings before it; nil if both sides are of one
  /// session, and if nobody knows how much the series swings.
  package let swing: Swing?
  /// The attempts at tasks, whose rates or costs are compared; nil for any other comparison.
  package let tasks: TaskComparison?

  init(
    old: Side, new: Side, evidence: Evidence, effect: Effect, test: Test?, samples: Samples,
    swing: Swing? = nil, tasks: TaskComparison? = nil
  ) {
    self.old = old
    self.new = new
    self.evidence = evidence
    self.effect = effect
    self.test = test
    self.samples = samples
    self.swing = swing
    self.tasks = tasks
  }

  /// The Mann-Whitney test, two-sided.
  package struct Test: Hashable, Sendable {
    /// The number of pairs in which the new value is larger; ties count half.
    package let u: Double
    /// The p before any correction.
    package let p: Double
    /// The probability that a new value is larger than an old one.
    package let superiority: Double
    /// True if p is counted, not approximated.
    package let isExact: Bool
    /// The p over all rounds, if the other p is within blocks.
    package let unblocked: Double?

    package init(
      u: Double, p: Double, superiority: Double, isExact: Bool, unblocked: Double? = nil
    ) {
      self.u = u
      self.p = p
      self.superiority = superiority
      self.isExact = isExact
      self.unblocked = unblocked
    }
  }

  struct Samples: Hashable, Sendable {
    let old: Sample
    let new: Sample
    /// The number of rounds of each block, if launches took turns; empty if all rounds are one
    /// block.
    let sizes: [Int]

    init(old: Sample, new: Sample, sizes: [Int] = []) {
      self.old = old
      self.new = new
      self.sizes = sizes.count > 1 ? sizes : []
    }

    var blocks: Blocks { Blocks(old: old, new: new, sizes: sizes) }
  }

  /// The number of rounds of each block within which values were compared; empty if all were
  /// compared with all.
  package var blocks: [Int] { samples.sizes }

  /// The compared values of one side, for a reader.
  package struct Numbers: Hashable, Sendable {
    /// The values in the order of measuring.
    package let values: [Double]
    /// The standard deviation as a part of the mean; nil if there is none.
    package let variation: Double?

    fileprivate init(_ sample: Sample) {
      values = sample.values
      variation = sample.coefficientOfVariation.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  package var numbers: (old: Numbers, new: Numbers) {
    (Numbers(samples.old), Numbers(samples.new))
  }
}

extension Comparison {
  /// Compares the rounds of two series of one metric, one value per round; if a side has a single
  /// round, its samples.
  ///
  /// - Parameters:
  ///   - isExact: True if the numbers are without chance.
  ///   - interleaving: The relation between the rounds of both sides; nil if they were not measured
  ///     in one session.
  ///   - confidence: The confidence of the interval.
  ///   - tables: The distributions worked out so far; those that are needed are added.
  /// - Throws: ``InvalidSample`` for numbers so large, or so far apart, that a figure overflows.
  init(
    old: Series, new: Series, isExact: Bool, interleaving: Interleaving? = nil,
    confidence: Double, tables: inout UDistributions
  ) throws(InvalidSample) {
    evidence = Evidence(old, new, isExact: isExact)
    let sizes = evidence == .rounds ? interleaving?.blocks(old, new) : nil
    let values = Samples(
      old: try Sample(old.values), new: try Sample(new.values), sizes: sizes ?? [])
    try Self.check(values.old.median, values.new.median)
    samples = values
    swing = nil
    tasks = nil
    let figures =
      evidence == .exact
      ? values.decisive(new.metric.better)
      : (old: values.old.median, new: values.new.median)
    self.old = Side(rounds: old.rounds.count, median: figures.old)
    self.new = Side(rounds: new.rounds.count, median: figures.new)
    switch evidence {
    case .exact, .summary:
      test = nil
      effect = Effect(from: figures.old, to: figures.new)
    case .rounds, .samples, .tasks:
      test = Test(values, tables: &tables)
      effect = Effect(
        HodgesLehmann(values.blocks, confidence: confidence, tables: &tables),
        old: values.old.median)
    }
    try Self.check(effect.estimate, effect.range?.lowerBound ?? 0, effect.range?.upperBound ?? 0)
  }

  /// Throws if a figure is not a finite number: the middle of 1.7e308 and 1.7e308 is infinite.
  private static func check(_ figures: Double...) throws(InvalidSample) {
    for figure in figures where !figure.isFinite { throw .notFinite(figure) }
  }
}

extension Comparison.Samples {
  /// Returns the medians of numbers without chance, or their worst values if these became worse by
  /// more than the medians.
  ///
  /// Numbers without chance need a reason to differ from round to round, and a median hides what
  /// happens in less than half of them.
  fileprivate func decisive(_ better: Direction) -> (old: Double, new: Double) {
    let medians = (old: old.median, new: new.median)
    let worst = (old: old.worst(better), new: new.worst(better))
    func worsening(_ pair: (old: Double, new: Double)) -> Double {
      Effect(from: pair.old, to: pair.new).worsening(better)
    }
    return worsening(worst) > worsening(medians) ? worst : medians
  }
}

extension Sample {
  /// Returns the value that is farthest from the wanted direction.
  func worst(_ better: Direction) -> Double { better == .lower ? maximum : minimum }
}

extension Effect {
  /// Returns the change for the worse, as a relative change; infinite for a change from zero.
  fileprivate func worsening(_ better: Direction) -> Double {
    let change =
      switch self {
      case .ratio(let ratio, _): ratio - 1
      case .fromZero(let difference, _): difference == 0 ? 0 : difference * .infinity
      }
    return better == .lower ? change : -change
  }
}

extension Evidence {
  init(_ old: Series, _ new: Series, isExact: Bool) {
    if isExact {
      self = .exact
    } else if old.isLoneSummary || new.isLoneSummary {
      self = .summary
    } else {
      self = min(old.rounds.count, new.rounds.count) > 1 ? .rounds : .samples
    }
  }
}

extension Comparison.Test {
  fileprivate init(_ values: Comparison.Samples, tables: inout UDistributions) {
    let ranks = MannWhitney(values.blocks, tables: &tables)
    let unblocked =
      values.sizes.isEmpty
      ? nil : MannWhitney(old: values.old, new: values.new, tables: &tables).twoSided
    self.init(
      u: ranks.u, p: ranks.twoSided, superiority: ranks.superiority, isExact: ranks.isExact,
      unblocked: unblocked)
  }
}

extension Interleaving {
  /// Returns the number of rounds of each block; nil if they cannot be divided, for example if a
  /// side lacks rounds and nobody knows which.
  fileprivate func blocks(_ old: Series, _ new: Series) -> [Int]? {
    guard case .inTurns(let starts) = self, old.rounds.count == new.rounds.count else { return nil }
    return Blocks.sizes(rounds: new.rounds.count, sessionsFrom: starts)
  }
}

extension Comparison {
  /// The smallest and largest value of each side of an exact metric whose values differ from each
  /// other.
  package var variation: (old: ClosedRange<Double>?, new: ClosedRange<Double>?) {
    guard evidence == .exact else { return (nil, nil) }
    return (samples.old.variation, samples.new.variation)
  }
}

extension Comparison {
  /// The interval of new - old in the metric's unit, if some values are not above zero, so that
  /// there are no ratios; nil if there are ratios, and if there is no interval.
  package var differences: ClosedRange<Double>? {
    guard test != nil, let range = effect.range, samples.blocks.comparison == .difference else {
      return nil
    }
    guard case .ratio = effect else { return range }
    let size = old.median.magnitude
    return (range.lowerBound - 1) * size...(range.upperBound - 1) * size
  }

  /// The smallest and the largest effect that any two values of the sides have. If there are too
  /// few values for an interval, this is the range that their numbers leave open.
  var span: ClosedRange<Double> {
    let (old, new) = (samples.old, samples.new)
    switch effect {
    case .fromZero: return new.minimum - old.maximum...new.maximum - old.minimum
    case .ratio where min(old.minimum, new.minimum) > 0:
      return new.minimum / old.maximum...new.maximum / old.minimum
    case .ratio:
      let size = self.old.median.magnitude
      return 1 + (new.minimum - old.maximum) / size...1 + (new.maximum - old.minimum) / size
    }
  }

  /// The effect with the range that a single process leaves open: the interval if there are six
  /// samples a side, else the range of any two values.
  var effectWithinProcess: Effect {
    guard min(samples.old.count, samples.new.count) < 6 else { return effect }
    return switch effect {
    case .ratio(let ratio, _): .ratio(ratio, span)
    case .fromZero(let difference, _): .fromZero(difference, span)
    }
  }

  /// Returns the effect with the interval of another confidence; nil if nothing was tested, or if
  /// there are too few values for an interval.
  func effect(confidence: Double, _ tables: inout UDistributions) -> Effect? {
    guard test != nil else { return nil }
    let effect = Effect(
      HodgesLehmann(samples.blocks, confidence: confidence, tables: &tables), old: old.median)
    return effect.range.map { _ in effect }
  }
}

extension Sample {
  fileprivate var variation: ClosedRange<Double>? {
    minimum < maximum ? minimum...maximum : nil
  }
}

extension Effect {
  /// Creates the effect between two numbers without chance.
  fileprivate init(from old: Double, to new: Double) {
    self = old == 0 ? .fromZero(new - old, nil) : .ratio(1 + (new - old) / old.magnitude, nil)
  }

  /// Creates the effect of an estimate. A difference is taken as a part of the old side's median.
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
  /// The values that are tested: the median of each round, or, if there is a single round, its
  /// samples.
  package var values: [Double] {
    rounds.count == 1 ? rounds[0].samples : rounds.compactMap { $0.samples.median }
  }

  /// True if the series is only one number that a tool computed. Several such numbers, from
  /// launches of their own, are as good as medians.
  var isLoneSummary: Bool { isSummary && rounds.count == 1 }
}
