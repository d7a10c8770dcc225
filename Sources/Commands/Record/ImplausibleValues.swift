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
    let lines = series.compactMap { series in
      policy.implausible(series).map {
        "'\(series.benchmark.description.visible(limit: 200))' \(series.metric.name.visible()): "
          + $0.words(in: series.metric.unit)
      }
    }
    (lines.count > 5 ? lines.grouped : lines).forEach { warn($0) }
  }
}
