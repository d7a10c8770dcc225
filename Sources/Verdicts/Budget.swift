package import Measurements
import Statistics

/// An absolute limit for a metric of some benchmarks, which needs no baseline.
package struct Budget: Hashable, Sendable {
  package let benchmark: Pattern
  /// The metrics that the budget limits; nil for the metric that has the limit's unit.
  package let metric: Pattern?
  /// The percentile of the rounds that the budget limits; nil for their median, and for the worst
  /// round of an exact metric.
  package let percentile: Int?
  package let limit: Quantity
  /// True if a reader is told of an excess and nothing fails.
  package let isWarning: Bool
  /// The file and line that declare the budget: `.perfconfig:12`.
  package let place: String
  /// The section that declares the budget, as git writes it: `[benchmark "parse/*"]`.
  package let section: String

  /// Creates a budget for some benchmarks.
  package init(
    benchmark: Pattern, metric: Pattern?, percentile: Int? = nil, limit: Quantity,
    isWarning: Bool = false, place: String = ""
  ) {
    self.benchmark = benchmark
    self.metric = metric
    self.percentile = percentile
    self.limit = limit
    self.isWarning = isWarning
    self.place = place
    section = "[benchmark \"\(benchmark.text)\"]"
  }

  /// Creates a budget for some metrics, whatever the benchmark.
  package init(
    metric: Pattern, percentile: Int? = nil, limit: Quantity, isWarning: Bool = false,
    place: String = ""
  ) {
    benchmark = Pattern("*")
    self.metric = metric
    self.percentile = percentile
    self.limit = limit
    self.isWarning = isWarning
    self.place = place
    section = "[metric \"\(metric.text)\"]"
  }

  /// True if this budget is more specific than another that also applies to a series. The benchmark
  /// patterns are compared first, then whether a metric is named at all, then the metric patterns.
  func isMoreSpecific(than other: Budget) -> Bool {
    if benchmark.isMoreSpecific(than: other.benchmark) { return true }
    if other.benchmark.isMoreSpecific(than: benchmark) { return false }
    guard let metric else { return false }
    return other.metric.map(metric.isMoreSpecific) ?? true
  }
}

extension Budget {
  /// The limit as it was written, as in `3s` or `p95 3s`.
  package var written: String { (percentile.map { "p\($0) " } ?? "") + "\(limit)" }

  /// The figure of a series that a budget limits. A series can have one budget for each.
  package struct Figure: Hashable, Sendable {
    package let percentile: Int?
    package let isWarning: Bool

    package init(percentile: Int?, isWarning: Bool) {
      self.percentile = percentile
      self.isWarning = isWarning
    }
  }

  package var figure: Figure { Figure(percentile: percentile, isWarning: isWarning) }

  /// Returns the number of values that a percentile takes. With fewer, it is the largest or the
  /// smallest value, whatever the percentile: p95 takes 20.
  package static func fewestValues(percentile: Int) -> Int {
    let rest = min(percentile, 100 - percentile)
    return (100 + rest - 1) / rest
  }
}

/// The result of comparing the candidate's numbers with one budget.
package struct BudgetRuling: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// The whole interval of the median is within the budget; for an exact metric, the worst round
    /// is.
    case kept
    /// The whole interval is beyond the budget; for an exact metric, the worst round is.
    case broken
    /// The budget is inside the interval, or there is no interval.
    case inconclusive(Doubt)
    /// The series is a single number that its tool computed, which is no evidence.
    case incomparable
  }

  package let id: Series.ID
  package let metric: Metric
  package let budget: Budget
  package let state: State
  package let side: Side
  /// The percentile that the budget limits; nil if it limits none, and if there are too few values.
  package let percentile: Double?
  /// The interval of the median; nil if there are too few values, or no interval is needed.
  package let interval: ClosedRange<Double>?
  package let evidence: Evidence
  package let level: Level
  /// The range from the smallest to the largest value; nil if another program has judged.
  let span: ClosedRange<Double>?

  package init(
    id: Series.ID, metric: Metric, budget: Budget, state: State, side: Side,
    percentile: Double? = nil, interval: ClosedRange<Double>?, evidence: Evidence, level: Level
  ) {
    span = nil
    self.percentile = percentile
    self.id = id
    self.metric = metric
    self.budget = budget
    self.state = state
    self.side = side
    self.interval = interval
    self.evidence = evidence
    self.level = level
  }
}

extension BudgetRuling {
  /// The figure that was compared with the limit.
  package var measured: Double { percentile ?? side.median }
}

extension Policy {
  /// Returns the rulings of the budgets on the candidate's series, in the order of the budgets.
  func rulings(on series: [Series], at level: Level) -> [BudgetRuling] {
    guard !budgets.isEmpty else { return [] }
    let units = Dictionary(grouping: series, by: \.benchmark)
      .mapValues { Dictionary(grouping: $0, by: \.metric.unit).mapValues { $0.map(\.metric.name) } }
    return taskRulings(on: series, at: level)
      + series.sorted { $0.id < $1.id }.flatMap { series in
        let peers = units[series.benchmark]?[series.metric.unit] ?? []
        return budgets(for: series, among: peers).compactMap {
          BudgetRuling(on: series, by: $0, under: self, at: level)
        }
      }
  }
}

extension Budget {
  /// True if the budget is for rows over several tasks: its pattern begins as their names do. Budgets
  /// for all benchmarks are for each task by itself.
  var isForTaskRows: Bool { benchmark.text.hasPrefix("(") }

  /// True if the pattern fits a benchmark. That of a group of tasks is written with its label,
  /// `(all tasks) agent=qa`.
  private func isFor(_ benchmark: Benchmark) -> Bool {
    guard TaskRow.isName(benchmark.name) else { return self.benchmark.matches(benchmark.name) }
    return isForTaskRows && self.benchmark.matches(benchmark.description)
  }

  /// - Parameter peers: The metrics of the benchmark that have the same unit.
  func applies(to series: Series, among peers: [String]) -> Bool {
    guard limit.unit == series.metric.unit, isFor(series.benchmark) else { return false }
    if let metric { return metric.matches(series.metric.name) }
    // If several metrics have the unit, the budget limits the one that somebody waits for.
    let waited = Metric.wallTime.name
    return series.metric.name == waited || !peers.contains(waited)
  }
}

extension BudgetRuling {
  /// - Returns: nil if the median of the numbers is not a number.
  fileprivate init?(
    on series: Series, by budget: Budget, under policy: Policy, at level: Level
  ) {
    let isExact = policy.isExact(series.metric)
    guard let sample = try? Sample(series.values), sample.median.isFinite else { return nil }
    id = series.id
    metric = series.metric
    self.budget = budget
    evidence = Evidence(series, series, isExact: isExact)
    // Numbers without chance keep a budget in every round, or they do not keep it.
    let value = evidence == .exact ? sample.worst(series.metric.better) : sample.median
    side = Side(rounds: series.rounds.count, median: value)
    span = sample.minimum...sample.maximum
    percentile = budget.percentile.flatMap { percent in
      sample.count < Budget.fewestValues(percentile: percent)
        ? nil : Percentiles(of: series.values)?[percent]
    }
    interval =
      budget.percentile == nil && (evidence == .rounds || evidence == .samples)
      ? sample.medianInterval(confidence: level.confidence) : nil
    self.level = level
    let scale = Budget.Scale(
      limit: budget.limit.value, better: series.metric.better, confidence: level.confidence)
    state =
      switch evidence {
      case .summary where policy.summaries != .threshold: .incomparable
      case .samples where policy.requiresRounds: .inconclusive(.withinOneProcess)
      case _ where budget.percentile != nil:
        scale.state(ofPercentile: percentile, budget.percentile, of: sample.count)
      case .exact: scale.state(of: value...value)
      case .summary: scale.state(of: sample.median...sample.median)
      case .rounds, .samples, .tasks: scale.state(of: sample)
      }
  }
}

extension BudgetRuling {
  /// Creates the ruling on a figure over several tasks.
  init(on total: TaskTotal, by budget: Budget, at level: Level) {
    let scale = Budget.Scale(
      limit: budget.limit.value, better: total.metric.better, confidence: level.confidence)
    self.init(
      id: total.id, metric: total.metric, budget: budget, state: scale.state(of: total.interval),
      side: Side(rounds: total.attempts, median: total.value),
      interval: total.interval.lowerBound < total.interval.upperBound ? total.interval : nil,
      evidence: .tasks, level: level)
  }
}

extension Budget {
  /// The limit in the metric's direction.
  fileprivate struct Scale {
    let limit: Double
    let better: Direction
    let confidence: Double

    func state(of interval: ClosedRange<Double>) -> BudgetRuling.State {
      let isUpper = better == .lower
      if isUpper ? interval.upperBound <= limit : interval.lowerBound >= limit { return .kept }
      if isUpper ? interval.lowerBound > limit : interval.upperBound < limit { return .broken }
      return .inconclusive(.tooNoisy(need: nil))
    }

    /// Returns the state of a percentile, which has no interval.
    ///
    /// - Parameter value: nil if there are too few values.
    func state(ofPercentile value: Double?, _ percentile: Int?, of count: Int) -> BudgetRuling.State
    {
      if let value { return state(of: value...value) }
      let need = percentile.map(Budget.fewestValues)
      return .inconclusive(.tooFewRounds(old: count, new: count, need: need))
    }

    func state(of sample: Sample) -> BudgetRuling.State {
      guard let interval = sample.medianInterval(confidence: confidence) else {
        let count = sample.count
        return .inconclusive(
          .tooFewRounds(
            old: count, new: count, need: MedianInterval.fewestValues(confidence: confidence)))
      }
      let state = state(of: interval)
      guard case .inconclusive = state else { return state }
      let end = sample.median <= limit ? interval.upperBound : interval.lowerBound
      return .inconclusive(
        .tooNoisy(
          need: Rounds.needed(
            have: sample.count, width: end - sample.median, room: limit - sample.median)))
    }
  }
}
