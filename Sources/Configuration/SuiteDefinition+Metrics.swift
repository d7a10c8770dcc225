package import CommandLine
import Formats

extension SuiteDefinition {
  /// Checks the metrics of the suite.
  ///
  /// - Throws: ``UsageError`` if the metrics do not go together, or not with the rest of the suite.
  package func checkMetrics() throws(UsageError) {
    try metrics.check()
    let isHarness = format.map { $0.subject != .modelCalls } ?? (output != nil)
    guard metrics.isEmpty || !isHarness else {
      throw UsageError(
        "a metric of the launch cannot be added to what a harness writes, in \(place)",
        hint: "leave out `metric`, or `format` and `output`")
    }
    guard format == nil || !metrics.contains(.callgrind) else {
      throw UsageError(
        "callgrind counts a program alone, and not the usage of language models, in \(place)",
        hint: "count its instructions in another suite")
    }
    guard metrics.counters.isEmpty || format == nil || recordsLaunches else {
      throw UsageError(
        "what is counted of a launch is recorded beside its times, in \(place)",
        hint: "leave out `also = none`, or set `per = launch`")
    }
    guard metrics.isEmpty || concurrency == nil else {
      throw UsageError(
        "concurrency has metrics of its own, in \(place)",
        hint: "leave out `metric`, or measure a single launch at a time")
    }
  }
}
