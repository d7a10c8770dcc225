import Git
import Measurements

/// Brings the tables of the index to a state of the notes.
///
/// Only the notes that differ from those of the last state are read. All is one transaction, so
/// that a process that dies leaves the old state.
struct IndexWriter {
  private let tables: IndexTables
  private let store: RunStore
  private var origins: [Origin: Int] = [:]
  private var series: [IndexedSeries: Int] = [:]
  private var chunks: ChunkWriter
  private var heads: HeadWriter
  /// The series of the last run that was added, in its order.
  private var lastSeries: [(description: IndexedSeries, number: Int)] = []
  /// The number of benchmarks of that run.
  private var lastBenchmarks = 0
  private var counts: RowCounts
  private var nextSeries = 1
  private var lines: [[ObjectID]: [Int]] = [:]
  private var nextLine = 1

  private let findLine: Statement
  private let insertLine: Statement
  private let insertPlace: Statement

  /// The name of the fact that holds the id of the notes tree that the tables were built from.
  private static let treeFact = "tree"

  private init(_ tables: IndexTables, _ store: RunStore) throws {
    self.tables = tables
    self.store = store
    let database = tables.database
    counts = try RowCounts(written: tables)
    findLine = try database.prepare("SELECT number, id, data FROM lines WHERE id = ?")
    insertLine = try database.prepare("INSERT INTO lines VALUES(?, ?, ?)")
    insertPlace = try database.prepare("INSERT INTO places VALUES(?, ?, ?)")
    chunks = try ChunkWriter(tables)
    heads = try HeadWriter(tables)
  }

  /// Brings the tables to the state of the notes in a store.
  static func update(_ tables: IndexTables, to store: RunStore) throws {
    guard try !isAt(store, tables) else { return }
    let state = store.stateOfNotes
    try tables.database.transaction {
      // Another process may have done it meanwhile.
      let old = try tables.fact(treeFact)
      guard old != state else { return }
      do {
        try change(
          tables, from: old.flatMap { ObjectID(String(decoding: $0, as: UTF8.self)) }, store)
      } catch let error as GitError where error.kind == .missing || error.kind == .notFound {
        // git has removed the old state of the notes.
        guard old != nil else { throw error }
        try tables.reset()
        try change(tables, from: nil, store)
      }
      try tables.setFact(treeFact, state)
    }
  }

  /// True if the tables are at the state of the notes in a store.
  static func isAt(_ store: RunStore, _ tables: IndexTables) throws -> Bool {
    try tables.fact(treeFact) == store.stateOfNotes
  }

  /// The state of the notes that the tables are at.
  static func state(of tables: IndexTables) throws -> String {
    String(decoding: try tables.fact(treeFact) ?? [], as: UTF8.self)
  }

  private static func change(
    _ tables: IndexTables, from old: ObjectID?, _ store: RunStore
  ) throws {
    if old == nil { try tables.reset() }
    let changed = try store.objects(changedSince: old)
    var writer = try IndexWriter(tables, store)
    try writer.prepare()
    var orphans: Set<Int> = []
    for object in changed { orphans.formUnion(try writer.replace(object, isNew: old == nil)) }
    try writer.chunks.flush()
    try writer.heads.flush()
    try writer.removeUnplaced(orphans)
    try writer.chunks.writeCounts()
    try writer.counts.write(to: tables)
  }
}

extension IndexWriter {
  private mutating func prepare() throws {
    let database = tables.database
    try tables.checkPlaces(counts.places)
    try tables.checkLines(counts.lines)
    nextLine = Int(try database.number("SELECT max(number) FROM lines") ?? 0) + 1
    for (number, origin) in try tables.origins().enumerated() {
      guard let origin else { continue }
      origins[Origin(suite: origin.suite, environment: origin.environment)] = number
    }
    let series = try database.prepare("SELECT number, data, chunks FROM series")
    while try series.step() {
      let number = Int(series.number(0))
      self.series[try IndexedSeries(packed: series.bytes(1), number)] = number
      chunks.start(number, with: try IndexTables.count(series.bytes(2), number))
      nextSeries = max(nextSeries, number + 1)
    }
  }

  /// Reads the note of an object anew.
  ///
  /// - Returns: The lines that the note had and has no longer.
  private mutating func replace(_ object: ObjectID, isNew: Bool) throws -> Set<Int> {
    guard let place = CompactID(object.description) else { return [] }
    var old: Set<Int> = []
    if !isNew {
      let places = try tables.database.prepare(
        "SELECT object, line, seal FROM places WHERE object = ?")
      try places.bind(.bytes(place.bytes))
      while try places.step() {
        let line = Int(places.number(1))
        _ = try IndexTables.object(places.bytes(0), of: line, places.bytes(2))
        old.insert(line)
      }
    }
    let present = try lines(of: object)
    for line in Set(present).subtracting(old) {
      try insertPlace.run(
        .bytes(place.bytes), .number(Int64(line)), .bytes(IndexTables.seal(place, line)))
      counts.places += 1
    }
    let gone = old.subtracting(present)
    if !gone.isEmpty {
      let delete = try tables.database.prepare("DELETE FROM places WHERE object = ? AND line = ?")
      for line in gone { try delete.run(.bytes(place.bytes), .number(Int64(line))) }
      counts.places -= gone.count
    }
    return gone
  }

  /// The lines of the note of an object, which are read unless they are known.
  private mutating func lines(of object: ObjectID) throws -> [Int] {
    let blobs = try store.blobs(of: object)
    if let known = lines[blobs] { return known }
    var numbers: [Int] = []
    do {
      for place in try store.lines(of: object) {
        let id = try place.isWholeNote && blobs.count == 1 ? blobs[0] : place.line.id()
        if let id = CompactID(id.description) { numbers.append(try number(of: place.line, id)) }
      }
    } catch HistoryError.git(let error) where error.kind == .tooLarge {
      let id = blobs.first.flatMap { CompactID($0.description) }
      if let id { numbers = [try number(of: SkippedLine(tooLarge: "\(error)", id))] }
    }
    // The note of a commit and that of its tree are mostly one blob.
    lines[blobs] = numbers
    return numbers
  }

  private func known(_ id: CompactID) throws -> Int? {
    try findLine.bind(.bytes(id.bytes))
    guard try findLine.step() else { return nil }
    let number = Int(findLine.number(0))
    guard findLine.bytes(1) == id.bytes else { throw DamagedIndex() }
    _ = try Unpacker(findLine.bytes(2), SealKey(Int64(number), id))
    return number
  }

  private mutating func number(of line: RunLine, _ id: CompactID) throws -> Int {
    if let known = try known(id) { return known }
    switch IndexedLine(line, id: id) {
    case .run(let run): return try add(run, id)
    case .marking(let line): return try add(IndexedHead.packed(marking: line), id)
    case .unreadable(let line): return try number(of: line)
    }
  }

  private mutating func number(of line: SkippedLine) throws -> Int {
    try known(line.id) ?? add(IndexedHead.packed(line), line.id)
  }

  /// Adds a line.
  ///
  /// - Parameter series: The numbers of the series that it has values of.
  private mutating func add(
    _ head: Packer, _ id: CompactID, series: [Int] = []
  ) throws -> Int {
    let number = nextLine
    var packed = Packer()
    series.forEach { packed.add($0) }
    try insertLine.run(
      .number(Int64(number)), .bytes(id.bytes),
      .bytes(packed.sealed(SealKey(Int64(number), id))))
    try heads.add(head, of: number, id)
    nextLine += 1
    counts.lines += 1
    return number
  }

  private mutating func add(_ run: Run, _ id: CompactID) throws -> Int {
    let line = nextLine
    let numbered = try numbered(run.series)
    for (number, all) in numbered { try chunks.add(all, of: number, line: line) }
    let origin = try self.origin(Origin(suite: run.suite, environment: run.environment))
    let head = IndexedHead.packed(
      run, origin: origin, series: numbered.count, benchmarks: lastBenchmarks)
    return try add(head, id, series: numbered.map { $0.0 })
  }

  /// The series of a run by their numbers; those that a run has twice are joined.
  ///
  /// The series of a run are mostly those of the run before it, in the same order, and comparing them
  /// takes less time than looking them up.
  private mutating func numbered(_ all: [Series]) throws -> [(Int, [Series])] {
    let isAsBefore =
      all.count == lastSeries.count
      && zip(all, lastSeries).allSatisfy { series, last in
        last.description == IndexedSeries(benchmark: series.benchmark, metric: series.metric)
      }
    if isAsBefore { return zip(lastSeries, all).map { ($0.number, [$1]) } }
    lastSeries = []
    lastBenchmarks = Set(all.map { $0.benchmark }).count
    var numbered: [(Int, [Series])] = []
    for (description, own) in all.joined {
      let number = try self.number(of: description)
      numbered.append((number, own))
      lastSeries.append((description, number))
    }
    // Where a series was there twice, the next run cannot be compared place by place.
    if numbered.count != all.count { lastSeries = [] }
    return numbered
  }

  private mutating func origin(_ origin: Origin) throws -> Int {
    if let known = origins[origin] { return known }
    let number = origins.count + 1
    try tables.database.prepare("INSERT INTO origins VALUES(?, ?)").run(
      .number(Int64(number)), .bytes(origin.packed(number)))
    origins[origin] = number
    return number
  }

  private mutating func number(of description: IndexedSeries) throws -> Int {
    if let known = series[description] { return known }
    let number = nextSeries
    try tables.database.prepare("INSERT INTO series VALUES(?, ?, ?)").run(
      .number(Int64(number)), .bytes(description.packed(number)),
      .bytes(IndexTables.packed(count: 0, number)))
    nextSeries += 1
    counts.series += 1
    series[description] = number
    return number
  }

  /// Removes lines that no note has any more, with their values, and series without any left.
  private mutating func removeUnplaced(_ lines: Set<Int>) throws {
    guard !lines.isEmpty else { return }
    var unplaced = lines
    try tables.forEachPlace { unplaced.remove($1) }
    let read = try tables.database.prepare("SELECT id, data FROM lines WHERE number = ?")
    let delete = try tables.database.prepare("DELETE FROM lines WHERE number = ?")
    let deleteSeries = try tables.database.prepare("DELETE FROM series WHERE number = ?")
    var changed: [Int: [Int64: Set<Int>]] = [:]
    for line in unplaced.sorted() {
      try read.bind(.number(Int64(line)))
      guard try read.step(), case let id = read.bytes(0), id.count == CompactID.length else {
        throw DamagedIndex()
      }
      let series = try IndexTables.series(read.bytes(1), of: line, CompactID(id[...]))
      for one in series {
        changed[one, default: [:]][IndexTables.chunk(of: one, line: line), default: []]
          .insert(line)
      }
      try delete.run(.number(Int64(line)))
      counts.lines -= 1
    }
    try heads.remove(unplaced)
    for (series, chunks) in changed {
      for (chunk, gone) in chunks {
        guard try self.chunks.remove(gone, from: chunk, of: series) else { continue }
        // A series that no run has is unknown to an index that is built anew.
        try deleteSeries.run(.number(Int64(series)))
        counts.series -= 1
      }
    }
  }
}

extension SkippedLine {
  fileprivate init(tooLarge reason: String, _ id: CompactID) {
    self.init(id: id, reason: reason, suite: nil, machine: nil, commit: nil, tree: nil)
  }
}

extension RunStore {
  /// The name of the state of the notes: the id of their tree in ASCII.
  fileprivate var stateOfNotes: [UInt8] { Array((notes.treeID?.description ?? "none").utf8) }

  /// The objects whose notes may differ from those in an older state.
  ///
  /// - Parameter tree: The tree of the older state; nil for one without notes.
  fileprivate func objects(changedSince tree: ObjectID?) throws -> [ObjectID] {
    let old = Notes(ofTree: tree, in: repository)
    let added = try repository.objectsDiffering(in: notes, from: old)
    guard tree != nil else { return added }
    return Set(added).union(try repository.objectsDiffering(in: old, from: notes))
      .sorted { $0.description < $1.description }
  }
}

extension [Series] {
  /// The series by their description; those that a run has twice are joined.
  fileprivate var joined: [(IndexedSeries, [Series])] {
    var places: [IndexedSeries: Int] = [:]
    var joined: [(IndexedSeries, [Series])] = []
    for series in self {
      let description = IndexedSeries(benchmark: series.benchmark, metric: series.metric)
      if let place = places[description] {
        joined[place].1.append(series)
      } else {
        places[description] = joined.count
        joined.append((description, [series]))
      }
    }
    return joined
  }
}
