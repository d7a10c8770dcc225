package import CommandLine
import Measurements
package import Verdicts

/// The value of `--decide <metric>[,<metric>]`, and of `decide` in a suite.
extension Argument where Value == [Pattern] {
  package static var metrics: Argument<[Pattern]> {
    let names = ["wall_time", "max_rss"] + LaunchMetric.named.map(\.name)
    return Argument("<metric>", completing: .words(names)) { text throws(UsageError) in
      let words = text.split { $0 == "," || $0 == " " }.map { Pattern(String($0)) }
      guard !words.isEmpty else {
        throw UsageError("names no metric", hint: "write it like 'cpu_time max_rss'")
      }
      return words
    }
  }
}

extension SuiteDefinition {
  /// Returns a copy of the suite that also records the metrics that are to decide, if they are
  /// metrics of launches.
  ///
  /// - Throws: ``UsageError`` for a metric that no launch has and whose name is near to one that
  ///   launches have.
  package func recording(_ deciding: [Pattern]) throws(UsageError) -> SuiteDefinition {
    guard format == nil, output == nil, concurrency == nil else { return self }
    var definition = self
    for pattern in deciding {
      let known = Set((definition.metrics.map(\.metric) + Metric.ofCommands).map(\.name))
      guard let name = pattern.literal, !known.contains(name) else { continue }
      if let metric = LaunchMetric.named.first(where: { $0.name == name }) {
        definition.metrics.append(metric)
      } else if let near = Suggestion.nearest(
        to: name, among: known + LaunchMetric.named.map(\.name))
      {
        throw UsageError(
          "'\(name)' cannot decide: no launch has it", hint: "did you mean '\(near)'?")
      }
    }
    return definition
  }
}
