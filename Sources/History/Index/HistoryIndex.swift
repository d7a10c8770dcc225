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
  /// The runs, in the order of ``RecordedRun/sorted(_:)``.
  package let runs: [RecordedRun]
  /// The lines that could not be read, in the order of their ids.
  package let skipped: [SkippedLine]
  /// The series, in alphabetical order. Where runs describe the metric of one differently, a known
  /// direction counts before a guessed one.
  package let series: [(benchmark: Benchmark, metric: Metric)]
  /// The numbers of each series in the tables.
  private let numbers: [[Int]]
  /// The number of chunks of each series in the tables.
  private let chunks: [Int: Int]
  private let counts: RowCounts
  /// The suites and machines that runs were recorded of, each at the place of its number.
  package let origins: [RunOrigin]
  private let marks: MarkTable
  /// The place in ``series`` of each series of the tables.
  private lazy var placesOfSeries = Dictionary(
    numbers.enumerated().flatMap { place, all in all.map { ($0, place) } },
    uniquingKeysWith: { one, _ in one })
  /// The place of each run by the number of its line.
  private let places: [Int]
  /// Builds the index again, in memory; nil for one that stands there.
  private let rebuild: (() throws -> HistoryIndex)?
  /// The tables by another connection, which may write while this one reads its state; nil where that
  /// cannot be.
  private let writable: () throws -> IndexTables?
  /// The index that answers since damage was met in the tables.
  private var successor: HistoryIndex?

  /// Reads the tables, which are at the state of the notes.
  ///
  /// - Parameters:
  ///   - rebuild: Called where damage is met later on. Chunks are read when they are asked for.
  ///   - writable: Returns the tables by another connection.
  init(
    _ tables: IndexTables, _ branch: IndexedBranch, rebuild: (() throws -> HistoryIndex)? = nil,
    writable: @escaping () throws -> IndexTables? = { nil }
  ) throws {
    self.writable = writable
    self.tables = tables
    self.branch = branch
    self.rebuild = rebuild
    let origins = try tables.origins()
    self.origins = origins.compactMap(\.self)
    var runs: [RecordedRun] = []
    var skipped: [SkippedLine] = []
    var marks = MarkTable()
    var last = 0
    var lineCount = 0
    try tables.forEachHead { (number, id, head) throws in
      switch try IndexedHead(from: &head, number: number, id: id, origins: origins) {
      case .run(let run): runs.append(run)
      case .unreadable(let line): skipped.append(line)
      case .marking(let line): marks.add(line)
      }
      last = max(last, number)
      lineCount += 1
    }
    // A damaged table of ids would let a run in twice.
    guard let sorted = RecordedRun.sorted(runs) else { throw DamagedIndex() }
    runs = sorted
    self.runs = runs
    self.skipped = skipped.sorted { $0.id < $1.id }
    self.marks = marks
    var places = [Int](repeating: -1, count: last + 1)
    for (place, run) in runs.enumerated() { places[run.number] = place }
    self.places = places
    (series, numbers, chunks) = try Self.series(in: tables)
    counts = try RowCounts(written: tables)
    guard counts.lines == lineCount, counts.series == chunks.count else { throw DamagedIndex() }
  }

  /// The series of all descriptions, those joined that differ in nothing but the direction or
  /// exactness of the metric.
  private static func series(
    in tables: IndexTables
  ) throws -> ([(benchmark: Benchmark, metric: Metric)], [[Int]], chunks: [Int: Int]) {
    struct Key: Hashable {
      let id: Series.ID
      let unit: Unit
    }
    let rows = try tables.database.prepare("SELECT number, data, chunks FROM series")
    var all: [Key: [(number: Int, series: IndexedSeries)]] = [:]
    var chunks: [Int: Int] = [:]
    while try rows.step() {
      let number = Int(rows.number(0))
      let one = try IndexedSeries(packed: rows.bytes(1), number)
      chunks[number] = try IndexTables.count(rows.bytes(2), number)
      let id = Series.ID(benchmark: one.benchmark, metric: one.metric.name)
      all[Key(id: id, unit: one.metric.unit), default: []].append((number, one))
    }
    let sorted = all.sorted { a, b in
      a.key.id == b.key.id ? a.key.unit.symbol < b.key.unit.symbol : a.key.id < b.key.id
    }
    // The order of the numbers depends on the way in which the index was built.
    let ordered = sorted.map { $0.value.sorted { IndexedSeries.isBefore($0.series, $1.series) } }
    let described = ordered.map { (benchmark: $0[0].series.benchmark, metric: $0[0].series.metric) }
    return (described, ordered.map { $0.map(\.number) }, chunks)
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
    try answer { (index) throws in try index.storedValues(of: place, where: isWanted) }
  }

  private func storedValues(
    of place: Int, where isWanted: (Int) -> Bool
  ) throws -> RecordedSeries {
    let (benchmark, metric) = series[place]
    var values = RecordedSeries(benchmark: benchmark, metric: metric)
    let expected = numbers[place].reduce(0) { $0 + (chunks[$1] ?? 0) } * IndexTables.stretch
    values.reserveCapacity(min(expected, runs.count))
    let rows = try tables.database.prepare(
      "SELECT data, number FROM chunks WHERE number BETWEEN ? AND ? ORDER BY number")
    for number in numbers[place] {
      let (first, last) = IndexTables.chunks(of: number)
      try rows.bind(.number(first), .number(last))
      var (count, previous) = (0, first - 1)
      while try rows.step() {
        // A damaged file may show a row twice in the place of another.
        guard rows.number(1) > previous else { throw DamagedIndex() }
        (count, previous) = (count + 1, rows.number(1))
        try Chunk.append(rows.bytes(0), SealKey(rows.number(1)), to: &values) { line in
          guard line < places.count, places[line] >= 0, isWanted(places[line]) else {
            return nil
          }
          return places[line]
        }
      }
      guard count == chunks[number] else { throw DamagedIndex() }
    }
    return values.sorted()
  }

  /// The places in ``series`` of the series that a run has, ascending.
  package func series(of run: RecordedRun) throws(HistoryError) -> [Int] {
    try answer { (index) throws in try index.storedSeries(of: index.own(run)) }
  }

  private func storedSeries(of run: RecordedRun) throws -> [Int] {
    let row = try tables.database.prepare("SELECT data FROM lines WHERE number = ?")
    try row.bind(.number(Int64(run.number)))
    guard try row.step() else { throw DamagedIndex() }
    let own = try IndexTables.series(row.bytes(0), of: run.number, run.id)
    return Set(own.compactMap { placesOfSeries[$0] }).sorted()
  }

  /// The objects whose notes hold the line of a run, in the order of their ids.
  package func objects(of run: RecordedRun) throws(HistoryError) -> [CompactID] {
    try answer { (index) throws in try index.storedObjects(of: index.own(run)) }
  }

  private func storedObjects(of run: RecordedRun) throws -> [CompactID] {
    try tables.checkPlaces(counts.places)
    var objects: [CompactID] = []
    try tables.forEachPlace { if $1 == run.number { objects.append($0) } }
    return objects.sorted()
  }

  /// The number of series of a run's content that the gate has refused.
  package func marks(of run: RecordedRun) -> Int {
    guard !marks.isEmpty, let tree = run.tree.flatMap({ ObjectID($0.description) }) else {
      return 0
    }
    return marks.count(run.suite, tree)
  }
}

extension HistoryIndex {
  /// The answer that was kept for a question about the same notes; nil if there is none.
  ///
  /// - Parameter question: Everything besides the notes that the answer depends on.
  package func kept(_ name: String, for question: String) -> String? {
    guard successor == nil, var fact = try? tables.packedFact(Self.fact(name)),
      let state = try? fact.text(), let asked = try? fact.text(), asked == question,
      state == (try? IndexWriter.state(of: tables))
    else { return nil }
    return try? fact.text()
  }

  /// Keeps an answer that takes long to find, in place of the one of that name before. It may be lost.
  package func keep(_ answer: String, as name: String, for question: String) {
    guard successor == nil, let state = try? IndexWriter.state(of: tables) else { return }
    var packer = Packer()
    packer.add(state)
    packer.add(question)
    packer.add(answer)
    do {
      guard let writable = try writable() else { return }
      try writable.database.transaction {
        // Another process may have brought the tables to another state.
        guard try IndexWriter.state(of: writable) == state else { return }
        try writable.setFact(Self.fact(name), packer)
      }
    } catch {
      return
    }
  }

  private static func fact(_ name: String) -> String { "kept \(name)" }

  /// The run of this index that another index has under another number.
  private func own(_ run: RecordedRun) throws(DamagedIndex) -> RecordedRun {
    guard
      run.number >= places.count || places[run.number] < 0
        || runs[places[run.number]].id != run.id
    else { return run }
    guard let own = runs.first(where: { $0.id == run.id }) else { throw DamagedIndex() }
    return own
  }

  /// Asks the tables, or what is built in their place where they are damaged.
  private func answer<Value>(
    _ question: (HistoryIndex) throws -> Value
  ) throws(HistoryError) -> Value {
    do {
      if let successor { return try question(successor) }
      do {
        return try question(self)
      } catch  where isDamage(error) {
        guard let rebuild else { throw error }
        let next = try rebuild()
        successor = next
        return try question(next)
      }
    } catch let error as HistoryError {
      throw error
    } catch {
      throw .index(error is DamagedIndex ? "it is damaged" : "\(error)")
    }
  }
}

/// True for an error that says that the tables are damaged.
private func isDamage(_ error: any Error) -> Bool {
  error is DamagedIndex || (error as? DatabaseError)?.isDamage ?? false
}

extension MarkTable {
  fileprivate mutating func add(_ line: [UInt8]) {
    guard let header = try? RunHeader(line) else { return }
    for mark in header.marks { add(mark, isLifted: false, at: header.recordedAt) }
    for mark in header.unmarks { add(mark, isLifted: true, at: header.recordedAt) }
  }
}
