package import Measurements

/// What was made of one file: how much was read, what was not, and what was assumed.
package struct ImportSummary: Hashable, Sendable {
  /// The file, as messages call it.
  package let input: String
  /// The name of the format.
  package let format: String
  package let benchmarks: Int
  package let series: Int
  package let rounds: Int
  package let samples: Int
  package let failures: Int
  package let skipped: [Skipped]
  package let metrics: [MetricNote]
  /// Benchmarks that are called otherwise here than in the file.
  package let renamed: [Renamed]

  package struct Renamed: Hashable, Sendable {
    package let original: String
    package let benchmark: Benchmark
  }

  /// Rows of one kind that hold nothing to keep.
  package struct Skipped: Hashable, Sendable {
    /// `aggregate (mean)`.
    package let reason: String
    package let count: Int
    /// The first of them: `bench.json: field 'benchmarks[3]'`.
    package let first: String
  }

  /// How the numbers of a metric came to be what is stored.
  package struct MetricNote: Hashable, Sendable {
    package let metric: String
    /// As the file has it: `ms`.
    package let written: String
    /// As it is stored: `ns`.
    package let unit: Unit
    package let better: DirectionSource
  }
}

/// Which direction of a metric is better, and who says so.
package struct DirectionSource: Hashable, Sendable {
  package let direction: Direction
  /// `its unit`, `mode thrpt`, `the file`.
  package let origin: String
  /// Whether nobody says it.
  package let isGuess: Bool

  package init(_ direction: Direction, by origin: String, isGuess: Bool = false) {
    self.direction = direction
    self.origin = origin
    self.isGuess = isGuess
  }
}

extension ImportSummary {
  /// The same where somebody says of some metrics which direction is better.
  ///
  /// - Parameter direction: Of a metric, by its name and whether its direction is a guess.
  package func directed(_ direction: (String, Bool) -> Direction?, by origin: String)
    -> ImportSummary
  {
    ImportSummary(
      input: input, format: format, benchmarks: benchmarks, series: series, rounds: rounds,
      samples: samples, failures: failures, skipped: skipped,
      metrics: metrics.map { note in
        guard let better = direction(note.metric, note.better.isGuess) else { return note }
        return MetricNote(
          metric: note.metric, written: note.written, unit: note.unit,
          better: DirectionSource(better, by: origin))
      }, renamed: renamed)
  }

  init(
    of reading: ParsedResults, input: String, format: String, skipped: [Skipped] = [],
    metrics: [MetricNote] = []
  ) {
    let series = reading.measured
    self.input = input
    self.format = format
    benchmarks = Set(series.map(\.benchmark)).count
    self.series = series.count
    rounds = series.reduce(0) { $0 + $1.rounds.count }
    samples = series.reduce(0) { $1.rounds.reduce($0) { $0 + $1.samples.count } }
    failures = reading.failures.count
    self.skipped = skipped
    self.metrics = metrics
    renamed =
      reading.series.compactMap { series in
        series.original.map { Renamed(original: $0, benchmark: series.benchmark) }
      }.distinct
  }
}

extension ImportSummary {
  /// Of readings of one file together.
  init(ofAll readings: [ParsedResults], input: String, format: String) {
    let all = readings.merged()
    var skipped: [Skipped] = []
    var places: [String: Int] = [:]
    for other in all.importSummaries.flatMap(\.skipped) {
      if let place = places[other.reason] {
        let first = skipped[place]
        skipped[place] = Skipped(
          reason: first.reason, count: first.count + other.count, first: first.first)
      } else {
        places[other.reason] = skipped.count
        skipped.append(other)
      }
    }
    self.init(
      of: all, input: input, format: format, skipped: skipped,
      metrics: all.importSummaries.flatMap(\.metrics).distinct)
  }
}
