import Measurements

/// Collects the numbers that a format finds in an input, and records how they were read.
///
/// It converts units, refuses numbers that are not finite, keeps the rounds in the order of the
/// input, and records everything that was skipped. Only ``skip(_:at:)`` skips anything.
///
///     var builder = ResultBuilder(input, as: "tool")
///     for row in rows {
///       try builder.add([row.time], to: Benchmark(name: row.name), "wall_time", in: "ms", at: .line(row))
///     }
///     return builder.reading()
struct ResultBuilder {
  let input: Input
  /// The name of the format.
  let source: String
  private var columns: [Column] = []
  private var places: [Key: Int] = [:]
  private var ids: Set<Series.ID> = []
  private var benchmarks: Set<Benchmark> = []
  private var originals: [Benchmark: String] = [:]
  private var failures: [Failure] = []
  private var parseNotes: [ParseNote] = []
  private var skipped: [ImportSummary.Skipped] = []
  private var notes: [ImportSummary.MetricNote] = []

  init(_ input: Input, as source: String) {
    self.input = input
    self.source = source
  }

  /// A place in the input.
  struct Place {
    var line: Int?
    var field: String?
    var text: String?

    static func line(_ line: Line) -> Place { Place(line: line.number, text: String(line.text)) }
    static func field(_ field: String) -> Place { Place(field: field) }
  }

  private struct Key: Hashable {
    let id: Series.ID
    let unit: Unit
    let better: Direction
    let isSummary: Bool
  }

  private struct Column {
    let benchmark: Benchmark
    let metric: Metric
    let isSummary: Bool
    var rounds: [Round] = []
  }
}

extension ResultBuilder {
  /// Adds one round. If the benchmark already has rounds of this metric, it gets another.
  ///
  /// - Parameters:
  ///   - samples: The numbers as the file has them; at least one.
  ///   - unit: The unit as the file has it. `ms` becomes `ns`; an unknown unit stays as it is.
  ///   - better: The better direction; nil to look it up in ``DirectionTable``.
  ///   - isExact: True if a repetition gives the same number.
  ///   - isSummary: True if the tool computed the number from samples that it did not keep.
  /// - Throws: ``InputError`` with the place if there is no sample, or one that is not finite.
  mutating func add(
    _ samples: [Double], to benchmark: Benchmark, _ metric: String, in unit: String,
    better: DirectionSource? = nil, isExact: Bool = false, isSummary: Bool = false, at place: Place
  ) throws(InputError) {
    try add(
      rounds: [samples], to: benchmark, metric, in: unit, better: better, isExact: isExact,
      isSummary: isSummary, at: place)
  }

  /// Adds several rounds of a benchmark and metric, in their order. The other parameters are those
  /// of a single round.
  ///
  /// - Parameter written: The unit in messages; nil if the file itself has `unit`.
  mutating func add(
    rounds: [[Double]], to benchmark: Benchmark, _ metric: String, in unit: String,
    written: String? = nil, better: DirectionSource? = nil, isExact: Bool = false,
    isSummary: Bool = false, at place: Place
  ) throws(InputError) {
    let conversion = UnitConversion(from: unit)
    let better = better ?? DirectionTable.better(of: metric, in: unit)
    var added: [Round] = []
    do {
      for samples in rounds { added.append(try Round(samples.map { conversion($0) })) }
    } catch {
      throw self.error("'\(benchmark)' has \(error)", at: place)
    }
    let metric = Metric(
      metric, conversion.unit, better: better.direction, exact: isExact, isGuessed: better.isGuess)
    note(metric, written ?? unit, better)
    let id = Series.ID(benchmark: benchmark, metric: metric.name)
    let key = Key(
      id: id, unit: metric.unit, better: metric.better, isSummary: isSummary)
    let index = places[key] ?? columns.count
    if index == columns.count {
      places[key] = index
      ids.insert(id)
      columns.append(Column(benchmark: benchmark, metric: metric, isSummary: isSummary))
    }
    columns[index].rounds += added
  }

  /// True if no number was added and nothing failed.
  var isEmpty: Bool { columns.isEmpty && failures.isEmpty }

  /// True if a benchmark already has rounds of a metric.
  func has(_ benchmark: Benchmark, _ metric: String) -> Bool {
    ids.contains(Series.ID(benchmark: benchmark, metric: metric))
  }

  /// Records a benchmark.
  ///
  /// - Returns: True if it is the first with that name and labels.
  mutating func enter(_ benchmark: Benchmark) -> Bool { benchmarks.insert(benchmark).inserted }

  /// Keeps the name of a benchmark in the input, if it differs from the name here.
  mutating func keep(original name: String, of benchmark: Benchmark) {
    if name != benchmark.name { originals[benchmark] = name }
  }

  /// Skips a part of the input that is known and holds nothing to keep.
  ///
  /// - Parameters:
  ///   - reason: The kind of part, such as `aggregate (mean)`.
  ///   - count: The number of such parts at the place.
  mutating func skip(_ reason: String, count: Int = 1, at place: Place) {
    if let index = skipped.firstIndex(where: { $0.reason == reason }) {
      let old = skipped[index]
      skipped[index] = ImportSummary.Skipped(
        reason: reason, count: old.count + count, first: old.first)
    } else {
      skipped.append(ImportSummary.Skipped(reason: reason, count: count, first: describe(place)))
    }
  }

  /// Records a benchmark that the tool reports as failed. It has no numbers.
  mutating func fail(_ benchmark: Benchmark?, _ reason: String) {
    failures.append(Failure(benchmark, reason: reason))
  }

  /// Adds a warning for all users.
  mutating func warn(_ text: String, at place: Place = Place()) {
    parseNotes.append(ParseNote(.warning, "\(describe(place)): \(text)"))
  }

  /// Adds a note for users who ask for details.
  mutating func parseNote(_ text: String, at place: Place = Place()) {
    parseNotes.append(ParseNote(.importSummary, "\(describe(place)): \(text)"))
  }

  /// Refuses a part of the input that looks like a result and is not understood.
  ///
  /// - Throws: ``InputError``. If the input is read leniently, a warning is added instead.
  mutating func reject(_ problem: String, at place: Place, hint: String? = nil) throws(InputError) {
    try reject(error(problem, at: place, hint: hint))
  }

  /// Throws an error, or makes a warning of it if the input is read leniently.
  mutating func reject(_ error: InputError) throws(InputError) {
    guard input.isLenient else { throw error }
    parseNotes.append(ParseNote(.warning, "\(error), passed over"))
  }

  func error(_ problem: String, at place: Place, hint: String? = nil) -> InputError {
    input.error(problem, line: place.line, field: place.field, text: place.text, hint: hint)
  }

  /// The results with everything that was collected.
  ///
  /// - Parameter context: The properties of machine and build that the input names.
  func reading(context: [String: String] = [:]) -> ParsedResults {
    let series = columns.map {
      Series(
        benchmark: $0.benchmark, metric: $0.metric, rounds: $0.rounds, source: source,
        isSummary: $0.isSummary, original: originals[$0.benchmark]
      ).recognized
    }
    let plain = ParsedResults(
      series: series, failures: failures, context: context, parseNotes: parseNotes)
    return plain.with(
      ImportSummary(of: plain, input: input.name, format: source, skipped: skipped, metrics: notes))
  }

  private mutating func note(_ metric: Metric, _ written: String, _ better: DirectionSource) {
    let note = ImportSummary.MetricNote(
      metric: metric.name, written: written, unit: metric.unit, better: better)
    // There are tens of notes at most, and the latest is the most likely one.
    if !notes.reversed().contains(note), notes.count < 1000 { notes.append(note) }
  }

  private func describe(_ place: Place) -> String {
    let line = place.line.map { "\(input.name):\($0)" } ?? input.name
    return place.field.map { "\(line): field '\($0)'" } ?? line
  }
}
