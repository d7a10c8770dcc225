import Measurements

/// All results of a file. Only all of them together show which settings distinguish results, and
/// which results belong to one series.
struct GoTable {
  let entries: [Entry]
  /// The settings above results. Each change of a setting adds an element.
  let configs: [[String: String]]
  let failures: [GoFailures.Item]
  let input: Input

  struct Entry {
    let result: GoResult
    /// The index in ``configs`` of the settings above the result.
    let config: Int
    /// The number of the process that printed it.
    let process: Int
  }

  func reading(units: GoUnits, parseNotes: [ParseNote]) throws(InputError) -> ParsedResults {
    let varying = varyingKeys
    let labels = varying.union(["pkg"])
    let context = (entries.first.map { configs[$0.config] } ?? [:])
      .filter { !labels.contains($0.key) }
    let plain = ParsedResults(
      series: try series(units, labels), failures: failed(labels), context: context,
      parseNotes: parseNotes + varying.subtracting(["pkg"]).sorted().map(parseNote))
    let notes = units.symbols.map { symbol in
      let metric = units.metric(symbol)
      return ImportSummary.MetricNote(
        metric: metric.name, written: symbol, unit: metric.unit,
        better: units.better(of: symbol))
    }
    return plain.with(ImportSummary(of: plain, input: input.name, format: "go", metrics: notes))
  }

  /// The keys of settings that differ between results of the file. Without them as labels, these
  /// results would be mixed.
  private var varyingKeys: Set<String> {
    let used = Set(entries.map(\.config)).map { configs[$0] }
    let all = Set(used.flatMap(\.keys))
    return all.filter { key in Set(used.map { $0[key] }).count > 1 }
  }

  private func parseNote(_ key: String) -> ParseNote {
    ParseNote(.warning, "\(input.name): '\(key)' changes within the file and became a label")
  }

  /// One series per benchmark and metric, with one round per process that reports it.
  private func series(_ units: GoUnits, _ labels: Set<String>) throws(InputError) -> [Series] {
    var columns: [Column] = []
    /// The index in `columns` for each benchmark and unit.
    var places: [[Int?]] = []
    var names = GoBenchmarks(entries, configs.map { $0.filter { labels.contains($0.key) } })
    let blank = [Int?](repeating: nil, count: units.symbols.count)
    for entry in entries {
      let benchmark = names.place(of: entry)
      if benchmark == places.count { places.append(blank) }
      for value in entry.result.values {
        let place = places[benchmark][value.unit] ?? columns.count
        if place == columns.count {
          columns.append(Column(benchmark: benchmark, unit: value.unit))
          places[benchmark][value.unit] = place
        }
        columns[place].samples.add(value.number, of: entry.process)
      }
    }
    return try columns.map { (column) throws(InputError) in
      try series(
        of: names.all[column.benchmark], names.originals[column.benchmark],
        units.symbols[column.unit], column.samples, units)
    }
  }

  private func series(
    of benchmark: Benchmark, _ name: Substring, _ unit: String, _ samples: [Samples],
    _ units: GoUnits
  ) throws(InputError) -> Series {
    do throws(InvalidRound) {
      var rounds: [Round] = []
      let base = GoUnits.base(unit)
      for round in samples { rounds.append(try Round(round.values.map(base))) }
      return Series(
        benchmark: benchmark, metric: units.metric(unit), rounds: rounds, source: "go",
        original: "Benchmark\(name)")
    } catch {
      throw input.error("'\(benchmark)' has \(error)")
    }
  }

  private func failed(_ labels: Set<String>) -> [Failure] {
    failures.map { item in
      let reason = item.reason.isEmpty ? "go test reports FAIL" : item.reason
      guard let subject = item.subject else { return Failure(nil, reason: reason) }
      guard GoResult.isName(subject) else {
        return Failure(nil, reason: "\(subject) failed: \(reason)")
      }
      let config = item.config.filter { labels.contains($0.key) }
      let name = subject.dropFirst("Benchmark".count)
      return Failure(Benchmark(goName: name, labels: config), reason: reason)
    }
  }
}

/// All values of a benchmark in one unit.
private struct Column {
  /// The index of the benchmark.
  let benchmark: Int
  /// The index of the unit.
  let unit: Int
  var samples: [Samples] = []
}

/// The benchmarks of a file. Each is made once, because its name may occur in thousands of results.
private struct GoBenchmarks {
  private(set) var all: [Benchmark] = []
  /// The first name of each benchmark.
  private(set) var originals: [Substring] = []
  private let labels: [[String: String]]
  private let naming: NameDisambiguation
  private var byName: [Name: Int] = [:]
  private var places: [Benchmark: Int] = [:]

  /// The last name, because the results of a benchmark follow each other.
  private var latest: (name: Name, place: Int)?

  private struct Name: Hashable {
    let text: Substring
    let config: Int
  }

  /// Finds the names of a file.
  ///
  /// - Parameter labels: The labels of each configuration.
  init(_ entries: [GoTable.Entry], _ labels: [[String: String]]) {
    self.labels = labels
    var names: Set<Substring> = []
    var last: Substring?
    for entry in entries where entry.result.name != last {
      names.insert(entry.result.name)
      last = entry.result.name
    }
    naming = NameDisambiguation(of: names) {
      (name: String($0), benchmark: Benchmark(goName: $0, labels: [:]))
    }
  }

  mutating func place(of entry: GoTable.Entry) -> Int {
    let name = Name(text: entry.result.name, config: entry.config)
    if let latest, latest.name == name { return latest.place }
    let place = place(of: name)
    latest = (name, place)
    return place
  }

  private mutating func place(of name: Name) -> Int {
    if let place = byName[name] { return place }
    let benchmark = naming.benchmark(
      Benchmark(goName: name.text, labels: labels[name.config]), of: String(name.text))
    let place = places[benchmark] ?? all.count
    if place == all.count {
      all.append(benchmark)
      originals.append(name.text)
      places[benchmark] = place
    }
    byName[name] = place
    return place
  }
}

/// The values of a column that one process reports.
private struct Samples {
  let process: Int
  var values: [Double]
}

extension [Samples] {
  fileprivate mutating func add(_ value: Double, of process: Int) {
    if last?.process == process {
      self[count - 1].values.append(value)
    } else {
      append(Samples(process: process, values: [value]))
    }
  }
}
