package import Measurements
import Statistics

/// An absolute limit for a metric of some benchmarks, which needs no baseline.
package struct Budget: Hashable, Sendable {
  package let benchmark: Pattern
  /// The metrics that the budget limits; nil for the metric that has the limit's unit.
  package let metric: Pattern?
  package let limit: Quantity
  /// The file and line that declare the budget: `.perfconfig:12`.
  package let place: String
  /// The section that declares the budget, as git writes it: `[benchmark "parse/*"]`.
  package let section: String

  /// Creates a budget for some benchmarks.
  package init(benchmark: Pattern, metric: Pattern?, limit: Quantity, place: String = "") {
    self.benchmark = benchmark
    self.metric = metric
    self.limit = limit
    self.place = place
    section = "[benchmark \"\(benchmark.text)\"]"
  }

  /// Creates a budget for some metrics, whatever the benchmark.
  package init(metric: Pattern, limit: Quantity, place: String = "") {
    benchmark = Pattern("*")
    self.metric = metric
    self.limit = limit
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
  /// The interval of the median; nil if there are too few values, or no interval is needed.
  package let interval: ClosedRange<Double>?
  package let evidence: Evidence
  package let level: Level
  /// The range from the smallest to the largest value; nil if another program has judged.
  let span: ClosedRange<Double>?

  package init(
    id: Series.ID, metric: Metric, budget: Budget, state: State, side: Side,
    interval: ClosedRange<Double>?, evidence: Evidence, level: Level
  ) {
    span = nil
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

extension Policy {
  /// Returns the rulings of the budgets on the candidate's series, in the order of the budgets.
  func rulings(on series: [Series], at level: Level) -> [BudgetRuling] {
    guard !budgets.isEmpty else { return [] }
    let units = Dictionary(grouping: series, by: \.benchmark)
      .mapValues { Dictionary(grouping: $0, by: \.metric.unit).mapValues { $0.map(\.metric.name) } }
    return series.sorted { $0.id < $1.id }.compactMap { series in
      let peers = units[series.benchmark]?[series.metric.unit] ?? []
      let budget = budgets.filter { $0.applies(to: series, among: peers) }
        .reduce(nil) { (best: Budget?, next) in
          best.map { $0.isMoreSpecific(than: next) ? $0 : next } ?? next
        }
      return budget.flatMap { BudgetRuling(on: series, by: $0, under: self, at: level) }
    }
  }
}

extension Budget {
  /// - Parameter peers: The metrics of the benchmark that have the same unit.
  func applies(to series: Series, among peers: [String]) -> Bool {
    guard benchmark.matches(series.benchmark.name), limit.unit == series.metric.unit else {
      return false
    }
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
    interval =
      evidence == .rounds || evidence == .samples
      ? sample.medianInterval(confidence: level.confidence) : nil
    self.level = level
    let scale = Budget.Scale(
      limit: budget.limit.value, better: series.metric.better, confidence: level.confidence)
    state =
      switch evidence {
      case .exact: scale.state(of: value...value)
      case .summary where policy.summaries != .threshold: .incomparable
      case .summary: scale.state(of: sample.median...sample.median)
      case .samples where policy.requiresRounds: .inconclusive(.withinOneProcess)
      case .rounds, .samples: scale.state(of: sample)
      }
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
