import Measurements

extension ResultBuilder {
  /// Adds the outcome of one attempt at a task, as a round of the metric `success`: 1 if the task
  /// was solved, else 0.
  ///
  /// An attempt that has no outcome is a failure instead, or one of the infrastructure.
  mutating func addSuccess(
    _ isSuccess: Bool, to benchmark: Benchmark, at place: Place
  ) throws(InputError) {
    try add(
      [isSuccess ? 1 : 0], to: benchmark, "success", in: "1",
      better: DirectionSource(.higher, by: "it is an outcome"), at: place)
  }

  /// Adds an attempt that failed for a reason outside the program. It has no outcome, and counts in the
  /// metric `infrastructure_failures`.
  mutating func addInfrastructureFailure(
    _ reason: String, of benchmark: Benchmark, at place: Place
  ) throws(InputError) {
    let metric = Metric.infrastructureFailures
    try add(
      [1], to: benchmark, metric.name, in: metric.unit.symbol,
      better: DirectionSource(.lower, by: "it is a failure"), at: place)
    warn("an infrastructure failure of '\(benchmark)': \(reason)", at: place)
  }
}
