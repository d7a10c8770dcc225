package import Measurements
import Statistics

/// An absolute limit for a metric of some benchmarks, which needs no baseline.
package struct Budget: Hashable, Sendable {
  package let benchmark: Pattern
  /// nil for the metric that has the limit's unit.
  package let metric: Pattern?
  package let limit: Quantity
  /// Where it was written: `.perfconfig:12`.
  package let place: String
  /// As git writes it: `[benchmark "parse/*"]`.
  package let section: String

  /// Of some benchmarks.
  package init(benchmark: Pattern, metric: Pattern?, limit: Quantity, place: String = "") {
    self.benchmark = benchmark
    self.metric = metric
    self.limit = limit
    self.place = place
    section = "[benchmark \"\(benchmark.text)\"]"
  }

  /// Of some metrics, whatever the benchmark.
  package init(metric: Pattern, limit: Quantity, place: String = "") {
    benchmark = Pattern("*")
    self.metric = metric
    self.limit = limit
    self.place = place
    section = "[metric \"\(metric.text)\"]"
  }

  /// Whether it says more about a series that both are for: by its benchmark, then by naming a metric
  /// at all, then by how it does.
  func isMoreSpecific(than other: Budget) -> Bool {
    if benchmark.isMoreSpecific(than: other.benchmark) { return true }
    if other.benchmark.isMoreSpecific(than: benchmark) { return false }
    guard let metric else { return false }
    return other.metric.map(metric.isMoreSpecific) ?? true
  }
}

/// What the candidate's numbers say of a budget.
package struct BudgetRuling: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// The whole interval of the median is within the budget; of an exact metric, the worst round.
    case kept
    /// The whole interval is beyond it; of an exact metric, the worst round.
    case broken
    /// The budget is inside the interval, or there is none.
    case inconclusive(Doubt)
    /// A single number that its tool computed, which is no evidence.
    case incomparable
  }

  package let id: Series.ID
  package let metric: Metric
  package let budget: Budget
  package let state: State
  package let side: Side
  /// Of the median; nil where there are too few values, or none is needed.
  package let interval: ClosedRange<Double>?
  package let evidence: Evidence
  package let level: Level
  /// From the smallest to the largest value; nil where somebody else has judged.
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
  /// What the budgets say of the candidate's series, in their order.
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
    // Of several times the one that somebody waits for.
    let waited = Metric.wallTime.name
    return series.metric.name == waited || !peers.contains(waited)
  }
}

extension BudgetRuling {
  /// - Returns: nil for numbers whose median is none.
  fileprivate init?(
    on series: Series, by budget: Budget, under policy: Policy, at level: Level
  ) {
    let isExact = policy.isExact(series.metric)
    guard let sample = try? Sample(series.values), sample.median.isFinite else { return nil }
    id = series.id
    metric = series.metric
    self.budget = budget
    evidence = Evidence(series, series, isExact: isExact)
    // What has no chance in it keeps a budget in every round, or does not.
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
