import Git
package import Measurements

/// All runs in the notes, in a form for questions over many commits and series.
///
/// The notes are the truth. The index is a copy that may be deleted at any time: a database under
/// the git directory, or one in memory with the same answers.
package final class HistoryIndex {
  private let tables: IndexTables
  /// The branch that is asked about.
  package let branch: IndexedBranch
  /// The runs, in the order of ``RecordedRun/isEarlier(_:_:)``.
  package let runs: [RecordedRun]
  /// The lines that could not be read, in the order of their ids.
  package let skipped: [SkippedLine]
  /// The series, in alphabetical order. The metric of each is described as its latest run does.
  package let series: [(benchmark: Benchmark, metric: Metric)]
  /// The numbers of each series in the tables.
  private let numbers: [[Int]]
  private let origins: [Int: Origin]
  private let marks: MarkTable
  /// The place in ``series`` of each series of the tables.
  private lazy var placesOfSeries = Dictionary(
    numbers.enumerated().flatMap { place, all in all.map { ($0, place) } },
    uniquingKeysWith: { one, _ in one })
  /// The place of each run by the number of its line.
  private let places: [Int]

  /// Reads the tables, which are at the state of the notes.
  init(_ tables: IndexTables, _ branch: IndexedBranch) throws {
    self.tables = tables
    self.branch = branch
    var origins: [Int: Origin] = [:]
    let originRows = try tables.database.prepare("SELECT number, data FROM origins")
    while try originRows.step() {
      origins[Int(originRows.number(0))] = try Origin(packed: originRows.bytes(1))
    }
    self.origins = origins
    var runs: [RecordedRun] = []
    var skipped: [SkippedLine] = []
    var marks = MarkTable()
    let lines = try tables.database.prepare("SELECT number, id, data FROM lines")
    var last = 0
    while try lines.step() {
      let (number, id) = (Int(lines.number(0)), lines.bytes(1))
      guard id.count == CompactID.length else { throw DamagedIndex() }
      last = max(last, number)
      switch try IndexedRow(
        lines.bytes(2), number: number, id: CompactID(id[...]), origins: origins)
      {
      case .run(let run): runs.append(run)
      case .unreadable(let line): skipped.append(line)
      case .marking(let line): marks.add(line)
      }
    }
    runs.sort(by: RecordedRun.isEarlier)
    self.runs = runs
    self.skipped = skipped.sorted { $0.id < $1.id }
    self.marks = marks
    var places = [Int](repeating: -1, count: last + 1)
    for (place, run) in runs.enumerated() { places[run.number] = place }
    self.places = places
    (series, numbers) = try Self.series(in: tables)
  }

  /// The series of all descriptions, those joined that differ in nothing but the direction or
  /// exactness of the metric.
  private static func series(
    in tables: IndexTables
  ) throws -> ([(benchmark: Benchmark, metric: Metric)], [[Int]]) {
    struct Key: Hashable {
      let id: Series.ID
      let unit: Unit
    }
    let rows = try tables.database.prepare("SELECT number, data FROM series")
    var all: [Key: [(number: Int, metric: Metric)]] = [:]
    while try rows.step() {
      let one = try IndexedSeries(packed: rows.bytes(1))
      let id = Series.ID(benchmark: one.benchmark, metric: one.metric.name)
      all[Key(id: id, unit: one.metric.unit), default: []].append(
        (Int(rows.number(0)), one.metric))
    }
    let sorted = all.sorted { a, b in
      a.key.id == b.key.id ? a.key.unit.symbol < b.key.unit.symbol : a.key.id < b.key.id
    }
    let described = sorted.map { key, all in
      // The order of the numbers depends on the way in which the index was built.
      let metric = all.map(\.metric).sorted { $0.rank < $1.rank }[0]
      return (benchmark: key.id.benchmark, metric: metric)
    }
    return (described, sorted.map { $0.value.map(\.number) })
  }
}

extension HistoryIndex {
  /// The values of a series, in the order of the runs.
  ///
  /// - Parameters:
  ///   - place: The place of the series in ``series``.
  ///   - isWanted: Returns true for the place of a run whose values are wanted.
  package func values(
    of place: Int, where isWanted: (Int) -> Bool = { _ in true }
  ) throws(HistoryError) -> RecordedSeries {
    try indexed {
      let (benchmark, metric) = series[place]
      var values = RecordedSeries(benchmark: benchmark, metric: metric)
      let rows = try tables.database.prepare(
        "SELECT data FROM chunks WHERE number BETWEEN ? AND ? ORDER BY number")
      for number in numbers[place] {
        let (first, last) = IndexTables.chunks(of: number)
        try rows.bind(.number(first), .number(last))
        while try rows.step() {
          try Chunk(rows.bytes(0)).append(to: &values) { line in
            guard line < places.count, places[line] >= 0, isWanted(places[line]) else {
              return nil
            }
            return places[line]
          }
        }
      }
      return values.sorted()
    }
  }

  /// The places in ``series`` of the series that a run has, ascending.
  package func series(of run: RecordedRun) throws(HistoryError) -> [Int] {
    try indexed {
      let row = try tables.database.prepare("SELECT data FROM lines WHERE number = ?")
      try row.bind(.number(Int64(run.number)))
      guard try row.step() else { throw DamagedIndex() }
      let own = try IndexedRow.series(of: row.bytes(0), origins: origins)
      return Set(own.compactMap { placesOfSeries[$0] }).sorted()
    }
  }

  /// The objects whose notes hold the line of a run, in the order of their ids.
  package func objects(of run: RecordedRun) throws(HistoryError) -> [CompactID] {
    try indexed {
      let rows = try tables.database.prepare("SELECT object FROM places WHERE line = ?")
      try rows.bind(.number(Int64(run.number)))
      var objects: [CompactID] = []
      while try rows.step() {
        let id = rows.bytes(0)
        guard id.count == CompactID.length else { throw DamagedIndex() }
        objects.append(CompactID(id[...]))
      }
      return objects.sorted()
    }
  }

  /// The number of series of a run's content that the gate has refused.
  package func marks(of run: RecordedRun) -> Int {
    guard !marks.isEmpty, let tree = run.tree.flatMap({ ObjectID($0.description) }) else {
      return 0
    }
    return marks.count(run.suite, tree)
  }
}

/// Converts errors of the tables.
private func indexed<Value>(_ body: () throws -> Value) throws(HistoryError) -> Value {
  do {
    return try body()
  } catch let error as HistoryError {
    throw error
  } catch {
    throw .index(error is DamagedIndex ? "it is damaged" : "\(error)")
  }
}

extension MarkTable {
  fileprivate mutating func add(_ line: [UInt8]) {
    guard let header = try? RunHeader(line) else { return }
    for mark in header.marks { add(mark, isLifted: false, at: header.recordedAt) }
    for mark in header.unmarks { add(mark, isLifted: true, at: header.recordedAt) }
  }
}

extension Metric {
  /// An order of descriptions of one metric: a known direction before a guessed one.
  fileprivate var rank: (Int, Int, Int) {
    (isGuessed ? 1 : 0, better == .lower ? 0 : 1, exact ? 0 : 1)
  }
}
