import Measurements

/// A number of a benchmark in the two formats that a person or a script can write, CSV and NDJSON.
///
///     benchmark,metric,unit,value,round,better,exact,size
///     parse,wall_time,ms,12.5,1,,,1MB
///     parse,score,1,0.93,1,higher,,1MB
///
/// | column | meaning |
/// |---|---|
/// | `benchmark` | the name of the benchmark |
/// | `metric` | the metric, such as `wall_time` |
/// | `unit` | of the value: `ns`, `ms`, `s`, `B`, `KiB`, `1/s`, `%`, `USD`, `1` for a plain number,
/// or any word |
/// | `value` | a decimal number |
/// | `round` | numbers of one independent launch have the same word here; without it, all are of
/// one |
/// | `better` | `higher` or `lower`; without it, ``DirectionTable`` decides |
/// | `exact` | `true` if a repetition gives the same number, as for counted instructions |
///
/// The first four are required. Any other column is a label; an empty label is left out.
struct PlainRow {
  let benchmark: Benchmark
  let metric: String
  let unit: String
  let value: Double
  let round: String
  let better: Direction?
  let isExact: Bool
  let place: ResultBuilder.Place

  static let required = ["benchmark", "metric", "unit", "value"]
  static let known = Set(required + ["round", "better", "exact"])

  /// Reads all cells of a row that are not empty, by their names.
  init(_ cells: [String: String], of input: Input, at place: ResultBuilder.Place) throws(InputError)
  {
    func fail(_ problem: String) -> InputError {
      input.error(problem, line: place.line, field: place.field, text: place.text)
    }
    for name in Self.required where cells[name] == nil { throw fail("'\(name)' is missing") }
    let written = (cells["value"] ?? "").trimmed
    guard let value = written.decimal, value.isFinite else {
      throw fail("'value' is no finite number")
    }
    let unit = (cells["unit"] ?? "").unitSymbol
    guard value >= 0 || UnitConversion(from: unit).unit != .nanoseconds else {
      throw fail("a negative time")
    }
    guard cells["better"] == nil || Direction(rawValue: cells["better"] ?? "") != nil else {
      throw fail("'better' is neither 'higher' nor 'lower'")
    }
    guard let isExact = Self.truth[cells["exact"] ?? "false"] else {
      throw fail("'exact' is neither 'true' nor 'false'")
    }
    benchmark = Benchmark(
      name: cells["benchmark"] ?? "", labels: cells.filter { !Self.known.contains($0.key) })
    metric = cells["metric"] ?? ""
    self.unit = unit
    self.value = value
    round = cells["round"] ?? ""
    better = Direction(rawValue: cells["better"] ?? "")
    self.isExact = isExact
    self.place = place
  }

  private static let truth = ["true": true, "false": false, "1": true, "0": false]
}

/// Groups rows. Those of one round need not follow each other.
struct PlainRows {
  private var builder: ResultBuilder
  private var groups: [Group] = []
  private var places: [Series.ID: Int] = [:]

  private struct Group {
    let first: PlainRow
    var rounds: [[Double]] = []
    /// The index of a round in ``rounds``, by its name.
    var places: [String: Int] = [:]

    mutating func add(_ value: Double, to round: String) {
      let place = places[round] ?? rounds.count
      if place == rounds.count {
        places[round] = place
        rounds.append([])
      }
      rounds[place].append(value)
    }
  }

  init(_ input: Input, as source: String) {
    builder = ResultBuilder(input, as: source)
  }

  /// Throws the problem of a row as an error, or adds a warning if the input is read leniently.
  mutating func reject(_ problem: String, at place: ResultBuilder.Place) throws(InputError) {
    try builder.reject(problem, at: place)
  }

  mutating func add(_ cells: [String: String], at place: ResultBuilder.Place) throws(InputError) {
    let row = try PlainRow(cells, of: builder.input, at: place)
    let id = Series.ID(benchmark: row.benchmark, metric: row.metric)
    let index = places[id] ?? groups.count
    if index == groups.count {
      places[id] = index
      groups.append(Group(first: row))
    }
    let first = groups[index].first
    guard (first.unit, first.better, first.isExact) == (row.unit, row.better, row.isExact) else {
      throw builder.error(
        "'\(row.metric)' of '\(row.benchmark)' has another unit, 'better' or 'exact' than before",
        at: row.place)
    }
    groups[index].add(row.value, to: row.round)
  }

  func reading() throws(InputError) -> ParsedResults {
    var builder = builder
    for group in groups {
      let row = group.first
      for round in group.rounds {
        try builder.add(
          round, to: row.benchmark, row.metric, in: row.unit,
          better: row.better.map { DirectionSource($0, by: "the file") }, isExact: row.isExact,
          at: row.place
        )
      }
    }
    return builder.reading()
  }
}
