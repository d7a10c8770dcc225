package import Measurements
import Statistics

/// A figure of one side over several tasks: the part that was solved, or what it cost.
///
/// Budgets are held against it, and rules name it.
struct TaskTotal {
  let id: Series.ID
  let metric: Metric
  let value: Double
  /// The interval of a rate; a sum is as it is.
  let interval: ClosedRange<Double>
  let attempts: Int

  /// Returns the figures of the rows over several tasks; none without outcomes.
  ///
  /// - Parameter groups: The labels by whose values tasks are judged together.
  static func all(
    of series: [Series], by groups: [String], confidence: Double = UsualLevel.confidence
  ) -> [TaskTotal] {
    let outcomes = series.filter { $0.metric.isOutcome }
    guard !outcomes.isEmpty else { return [] }
    let byMetric = Dictionary(
      grouping: outcomes + series.filter { $0.metric.isAmount && !$0.metric.isOutcome },
      by: \.metric.name
    ).sorted { $0.key < $1.key }.map(\.value)
    let main = outcomes.filter { $0.metric.name == "success" }
    let solved = Dictionary(
      (main.isEmpty ? outcomes : main).map { ($0.benchmark, $0) }
    ) { first, _ in first }
    return TaskRow.groups(of: Set(outcomes.map(\.benchmark)), by: groups).flatMap { group in
      let row = Benchmark(name: TaskRow.all, labels: group)
      return byMetric.flatMap { all in
        let own = all.filter { TaskRow.isMember($0.benchmark, of: group) }
        return [TaskTotal(row, rate: own, confidence), TaskTotal(row, sum: own)]
          .compactMap(\.self) + [TaskTotal(row, perSolved: own, solved)].compactMap(\.self)
      }
    }
  }

  private init?(_ row: Benchmark, rate series: [Series], _ confidence: Double) {
    let tasks = series.compactMap(\.attempts)
    guard let metric = series.first?.metric, tasks.count == series.count,
      let rate = RateDifference(tasks.map { TaskAttempts(old: $0, new: $0) })?.new
    else { return nil }
    self.init(
      row, metric, rate.rate, rate.interval(confidence: confidence), attempts: rate.attempts)
  }

  private init?(_ row: Benchmark, sum series: [Series]) {
    guard let metric = series.first?.metric, !metric.isOutcome else { return nil }
    let sum = series.reduce(0) { $0 + $1.total / Double($1.values.count) }
    self.init(row, metric, sum, sum...sum, attempts: series.reduce(0) { $0 + $1.values.count })
  }

  private init?(_ row: Benchmark, perSolved series: [Series], _ outcomes: [Benchmark: Series]) {
    guard let metric = series.first?.metric, metric.unit.isOfMoney else { return nil }
    let solved = series.compactMap { outcomes[$0.benchmark]?.attempts?.solved }.reduce(0, +)
    guard solved > 0 else { return nil }
    let value = series.reduce(0) { $0 + $1.total } / Double(solved)
    self.init(row, TaskRow.perSolved(metric), value, value...value, attempts: solved)
  }

  private init?(
    _ row: Benchmark, _ metric: Metric, _ value: Double, _ interval: ClosedRange<Double>,
    attempts: Int
  ) {
    guard value.isFinite else { return nil }
    id = Series.ID(benchmark: row, metric: metric.name)
    self.metric = metric
    self.value = value
    self.interval = interval
    self.attempts = attempts
  }
}

extension Series {
  fileprivate var total: Double { values.reduce(0, +) }
}

extension Policy {
  /// Returns the series with one more for each row over several tasks, so that rules may name these
  /// rows; the series alone if none of them has outcomes.
  package func withTaskRows(_ series: [Series]) -> [Series] {
    let totals = TaskTotal.all(of: directed(series), by: groups)
    let both = totals.filter { !$0.metric.isOutcome }.map {
      Series.ID(
        benchmark: Benchmark(name: TaskRow.solvedByBoth, labels: $0.id.benchmark.labels),
        metric: $0.id.metric)
    }
    func row(_ benchmark: Benchmark, _ total: TaskTotal) -> Series? {
      (try? Round([total.value])).map {
        Series(
          benchmark: benchmark,
          metric: Metric(total.metric.name, total.metric.unit, better: total.metric.better),
          rounds: [$0], source: "")
      }
    }
    return series + totals.compactMap { row($0.id.benchmark, $0) }
      + zip(both, totals.filter { !$0.metric.isOutcome }).compactMap { row($0.benchmark, $1) }
  }

  /// Returns the rulings of the budgets on the rows over several tasks.
  func taskRulings(on series: [Series], at level: Level) -> [BudgetRuling] {
    guard budgets.contains(where: \.isForTaskRows) else { return [] }
    return TaskTotal.all(of: series, by: groups, confidence: level.confidence).flatMap { total in
      let peers = [total.metric.name]
      let row = Series(
        benchmark: total.id.benchmark, metric: total.metric.withoutOutcome, rounds: [], source: "")
      return budgets(for: row, among: peers).filter { $0.percentile == nil }.map {
        BudgetRuling(on: total, by: $0, at: level)
      }
    }
  }
}
