package import Measurements

/// In how many of several readings, of launches or files, each benchmark and each of its metrics is.
package struct Attendance {
  private let count: Int
  private var benchmarks: [Benchmark: Int] = [:]
  private var metrics: [Series.ID: Int] = [:]
  /// Those that are told of already.
  private let failed: Set<Benchmark?>

  /// - Parameter readings: Each of one launch, or one file.
  package init(of readings: some Collection<ParsedResults>) {
    count = readings.count
    failed = Set(readings.flatMap(\.failures).map(\.benchmark))
    for reading in readings {
      // What the recorder itself counts of launches is of those that succeeded.
      let ids = Set(reading.series.lazy.filter { $0.source != "perf-record" }.map(\.id))
      for id in ids { metrics[id, default: 0] += 1 }
      for benchmark in Set(ids.map(\.benchmark)) { benchmarks[benchmark, default: 0] += 1 }
    }
  }

  /// The benchmarks that some launches of one command had and others had not.
  package var failures: [Failure] {
    partial.map { benchmark, present in
      Failure(
        benchmark,
        reason: "failed in \(count - present) of \(count) launches: these do not report it")
    }
  }

  /// Metrics that a benchmark had in some launches only.
  package var parseNotes: [ParseNote] { partialMetrics(of: "launches") }

  /// What most files have and some have not.
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
