import Measurements

extension ResultBuilder {
  /// Adds the outcome of one attempt at a task, as a round of the metric `success`: 1 if the task
  /// was solved, else 0.
  ///
  /// An attempt that has no outcome, because something around it failed, is a failure instead.
  mutating func addSuccess(
    _ isSuccess: Bool, to benchmark: Benchmark, at place: Place
  ) throws(InputError) {
    try add(
      [isSuccess ? 1 : 0], to: benchmark, "success", in: "1",
      better: DirectionSource(.higher, by: "it is an outcome"), at: place)
  }
}
