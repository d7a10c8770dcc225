import Measurements

/// Collects samples, which may be anywhere in an input, into one round for each process, benchmark
/// and metric.
///
/// By contrast, ``ResultBuilder/add(_:to:_:in:better:isExact:isSummary:at:)`` makes a round of
/// each call.
struct SampleGrouper {
  private var columns: [Column] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let benchmark: Benchmark
    let metric: WrittenMetric
  }

  private struct Column {
    let key: Key
    let isSummary: Bool
    /// The place of the first sample.
    let place: ResultBuilder.Place
    var rounds: [ProcessRound] = []

    mutating func add(_ sample: Double, of process: Int) {
      if rounds.last?.process == process {
        rounds[rounds.count - 1].samples.append(sample)
      } else {
        rounds.append(ProcessRound(process: process, samples: [sample]))
      }
    }
  }

  /// The samples of a column that one process gave.
  private struct ProcessRound {
    let process: Int
    var samples: [Double]
  }

  /// Adds one sample of an input that has a single process. The parameters are those of
  /// ``ResultBuilder``.
  ///
  /// - Throws: ``InputError`` with the place of this sample if it is not finite.
  mutating func add(
    _ sample: Double, to benchmark: Benchmark, _ metric: String, in unit: String,
    better: DirectionSource? = nil, isSummary: Bool = false, of builder: ResultBuilder,
    at place: ResultBuilder.Place
  ) throws(InputError) {
    guard UnitConversion(from: unit)(sample).isFinite else {
      throw builder.error("a number that is beyond what can be counted", at: place)
    }
    let metric = WrittenMetric(name: metric, unit: unit, better: better)
    add(sample, to: column(of: benchmark, metric, isSummary: isSummary, at: place), of: 0)
  }

  /// The column of a benchmark and metric. A caller that adds many samples asks for it once.
  ///
  /// - Parameter place: The place of the first sample.
  mutating func column(
    of benchmark: Benchmark, _ metric: WrittenMetric, isSummary: Bool = false,
    at place: ResultBuilder.Place
  ) -> Int {
    let key = Key(benchmark: benchmark, metric: metric)
    if let column = places[key] { return column }
    places[key] = columns.count
    columns.append(Column(key: key, isSummary: isSummary, place: place))
    return columns.count - 1
  }

  /// Adds one sample to a column.
  ///
  /// - Parameter process: The number of the process. The samples of a process follow one another.
  mutating func add(_ sample: Double, to column: Int, of process: Int) {
    columns[column].add(sample, of: process)
  }

  /// Adds all rounds to a builder, in the order of their first samples.
  func finish(into builder: inout ResultBuilder) throws(InputError) {
    for column in columns {
      let metric = column.key.metric
      try builder.add(
        rounds: column.rounds.map(\.samples), to: column.key.benchmark, metric.name,
        in: metric.unit, written: metric.written, better: metric.better, isExact: metric.isExact,
        isSummary: column.isSummary, at: column.place)
    }
  }
}

/// A metric as an input has it.
struct WrittenMetric: Hashable {
  let name: String
  /// The unit that the numbers are converted from.
  let unit: String
  /// The unit in messages; nil if the file itself has ``unit``.
  var written: String?
  /// The better direction; nil to look it up in ``DirectionTable``.
  var better: DirectionSource?
  /// True if a repetition gives the same number.
  var isExact = false
}
