package import Measurements

/// Counts in how many readings each benchmark and each of its metrics occurs. A reading is of one
/// launch or one file.
package struct PresenceCount {
  private let count: Int
  private var benchmarks: [Benchmark: Int] = [:]
  private var metrics: [Series.ID: Int] = [:]
  /// The benchmarks that are already reported as failed.
  private let failed: Set<Benchmark?>

  /// Counts the benchmarks and metrics of several readings.
  ///
  /// - Parameter readings: The results, each of one launch or one file.
  package init(of readings: some Collection<ParsedResults>) {
    count = readings.count
    failed = Set(readings.flatMap(\.failures).map(\.benchmark))
    for reading in readings {
      // Metrics of the recorder itself are left out, because it counts only launches
      // that succeeded.
      let ids = Set(reading.series.lazy.filter { $0.source != "perf-record" }.map(\.id))
      for id in ids { metrics[id, default: 0] += 1 }
      for benchmark in Set(ids.map(\.benchmark)) { benchmarks[benchmark, default: 0] += 1 }
    }
  }

  /// Failures of the benchmarks that only some launches of a command reported.
  package var failures: [Failure] {
    partial.map { benchmark, present in
      Failure(
        benchmark,
        reason: "failed in \(count - present) of \(count) launches: these do not report it")
    }
  }

  /// Warnings of metrics that a benchmark had in most launches, and not in all.
  package var parseNotes: [ParseNote] { partialMetrics(of: "launches") }

  /// Warnings of benchmarks and metrics that are in most files, and not in all.
  var notesOnFiles: [ParseNote] {
    partial.filter { $0.present * 2 > count }.map { benchmark, present in
      ParseNote(.warning, "'\(benchmark)' is in \(present) of \(count) files, and not in all")
    } + partialMetrics(of: "files")
  }

  private var partial: [(benchmark: Benchmark, present: Int)] {
    benchmarks.filter { $0.value < count && !failed.contains($0.key) }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func partialMetrics(of what: String) -> [ParseNote] {
    metrics.filter { id, present in
      let all = benchmarks[id.benchmark] ?? 0
      return present < all && present * 2 > all && !failed.contains(id.benchmark)
    }.sorted { $0.key < $1.key }.map { id, present in
      ParseNote(
        .warning,
        "metric '\(id.metric)' of '\(id.benchmark)' is in \(present) of "
          + "\(benchmarks[id.benchmark] ?? 0) \(what), and not in all")
    }
  }
}
