import Measurements
import Verdicts

/// A suite of tasks that one side attempted, for tests.
struct Fleet {
  static let success = Metric("success", .one, better: .higher, isOutcome: true)
  static let cost = Metric("cost", .dollars)

  var series: [Series] = []

  /// Tasks of several attempts each, of which the given number is solved: `[3, 2]` for two tasks.
  ///
  /// - Parameter agents: The values of the label `agent`, one after the other; no label if there are
  ///   none.
  init(
    _ solved: [Int], of attempts: Int, costs: (Int) -> [Double]? = { _ in nil },
    agents: [String] = [], metric: Metric = success
  ) throws {
    for (index, count) in solved.enumerated() {
      let labels = agents.isEmpty ? [:] : ["agent": agents[index % agents.count]]
      let name = "task-\(index)"
      series.append(
        try VerdictsTests.series(
          (0..<attempts).map { $0 < count ? 1 : 0 }, name: name, labels: labels, metric: metric))
      if let costs = costs(index) {
        series.append(
          try VerdictsTests.series(costs, name: name, labels: labels, metric: Self.cost))
      }
    }
  }
}

/// The result for two fleets.
func judged(_ old: Fleet, _ new: Fleet, under policy: Policy = Policy()) -> GateResult {
  GateResult(old: old.series, new: new.series, policy: policy)
}

extension GateResult {
  /// The row of a benchmark by its name with labels.
  func row(_ benchmark: String, _ metric: String = "success") -> SeriesResult? {
    familyResult.seriesResults.first {
      $0.id.benchmark.description == benchmark && $0.id.metric == metric
    }
  }
}
