import Measurements
import Verdicts

/// `--decide <metric>[,<metric>]`, and `decide` of a suite.
extension Argument where Value == [Pattern] {
  static var metrics: Self {
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
  /// The same, recording also what is to decide, where that is a metric of launches.
  func recording(_ deciding: [Pattern]) -> SuiteDefinition {
    guard format == nil, output == nil, concurrency == nil else { return self }
    var definition = self
    for pattern in deciding {
      let known = Set(definition.metrics.map(\.metric.name))
      guard let name = pattern.literal, !known.contains(name),
        let metric = LaunchMetric.named.first(where: { $0.name == name })
      else { continue }
      definition.metrics.append(metric)
    }
    return definition
  }
}
