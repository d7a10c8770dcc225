package import CommandLine

extension SuiteDefinition {
  /// Checks the metrics of the suite.
  ///
  /// - Throws: ``UsageError`` if the metrics do not go together, or not with the rest of the suite.
  package func checkMetrics() throws(UsageError) {
    try metrics.check()
    guard metrics.isEmpty || (format == nil && output == nil) else {
      throw UsageError(
        "a metric of the launch cannot be added to what a harness writes, in \(place)",
        hint: "leave out `metric`, or `format` and `output`")
    }
    guard metrics.isEmpty || concurrency == nil else {
      throw UsageError(
        "concurrency has metrics of its own, in \(place)",
        hint: "leave out `metric`, or measure a single launch at a time")
    }
  }
}
