import Measurements
import Trends

extension Strand {
  /// The rounds of some runs; the key is the place of the run.
  init(
    _ name: String = "p", _ metric: Metric = .wallTime, labels: [String: String] = [:],
    rounds runs: [(run: Int, rounds: [Double])], summaries: Set<Int> = []
  ) {
    var series = RecordedSeries(
      benchmark: Benchmark(name: name, labels: labels), metric: metric)
    for (run, rounds) in runs {
      series.add(run: run, values: rounds[...], isSummary: summaries.contains(run))
    }
    self.init(
      values: series.sorted(), suite: "default", machine: "m",
      kind: MetricKind(metric, values: series.rounds))
  }
}

extension Metric {
  static let cost = Metric("cost", .dollars)
  static let tokens = Metric("input_tokens", .one)
  static let success = Metric("success", .one, better: .higher)
}

extension Axis {
  /// Each run at the place that is given for it.
  init(_ places: Int?...) {
    self.init(count: (places.compactMap(\.self).max() ?? -1) + 1, places: places)
  }
}
