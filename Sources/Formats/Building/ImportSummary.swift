package import Measurements

/// The summary of reading one file: the numbers that were read, the parts that were skipped, and
/// the assumptions.
package struct ImportSummary: Hashable, Sendable {
  /// The name of the file in messages.
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
  /// Benchmarks whose name here differs from that in the file.
  package let renamed: [Renamed]

  package struct Renamed: Hashable, Sendable {
    package let original: String
    package let benchmark: Benchmark
  }

  /// Skipped rows of one kind, which hold nothing to keep.
  package struct Skipped: Hashable, Sendable {
    /// The kind of row, such as `aggregate (mean)`.
    package let reason: String
    package let count: Int
    /// The place of the first row, such as `bench.json: field 'benchmarks[3]'`.
    package let first: String
  }

  /// The conversion of a metric's numbers: the unit of the file, the stored unit and the direction.
  package struct MetricNote: Hashable, Sendable {
    package let metric: String
    /// The unit in the file, such as `ms`.
    package let written: String
    /// The stored unit, such as `ns`.
    package let unit: Unit
    package let better: DirectionSource
  }
}

/// The better direction of a metric, and its source.
package struct DirectionSource: Hashable, Sendable {
  package let direction: Direction
  /// The source of the direction, such as `its unit`, `mode thrpt` or `the file`.
  package let origin: String
  /// True if the direction is a guess.
  package let isGuess: Bool

  package init(_ direction: Direction, by origin: String, isGuess: Bool = false) {
    self.direction = direction
    self.origin = origin
    self.isGuess = isGuess
  }
}

extension ImportSummary {
  /// The summary with the directions that options or the configuration give to some metrics.
  ///
  /// - Parameter direction: Returns the direction of a metric, by its name and by whether its
  ///   direction is a guess.
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
  /// Makes one summary of several readings of one file.
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
