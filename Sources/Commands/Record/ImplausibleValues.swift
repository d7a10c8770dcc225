import Configuration
import Measurements
import Reports
import Verdicts

extension CommandContext where Settings == RecordSettings {
  /// Prints a warning for each series with values that are outside of their plausible range. The
  /// numbers are kept: what is implausible is for a person to judge.
  func tellImplausible(in runs: [Run], _ configuration: ProjectConfiguration) throws {
    let groups = Dictionary(grouping: runs, by: \.suite).sorted { $0.key < $1.key }
    for (suite, runs) in groups {
      try tellImplausible(in: runs.flatMap(\.series).pooled(), suite, configuration)
    }
  }

  func tellImplausible(
    in series: [Series], _ suite: String, _ configuration: ProjectConfiguration
  ) throws {
    let policy = try configuration.policy(for: suite)
    let found = series.compactMap { series in
      policy.implausible(series).map {
        ImplausibleSeries(id: series.id, unit: series.metric.unit, values: $0)
      }
    }
    guard found.count > Self.mostLines else { return found.forEach { warn($0.line) } }
    let groups = Dictionary(grouping: found) { [$0.id.metric, $0.values.range.description] }
    for (_, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let others = group.dropFirst()
      let names = others.prefix(2).map(\.name).joined(separator: ", ")
      warn(
        group[0].line + (others.isEmpty ? "" : " (the same of \(names); \(group.count) in all)"))
    }
  }

  /// The largest number of series that have a line each.
  private static var mostLines: Int { 5 }
}

/// A series with implausible values.
private struct ImplausibleSeries {
  let id: Series.ID
  let unit: Measurements.Unit
  let values: Implausible

  var name: String { "'\(id.benchmark.description.visible(limit: 200))'" }

  var line: String { "\(name) \(id.metric.visible()): \(values.words(in: unit))" }
}
