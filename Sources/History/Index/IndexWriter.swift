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
  private var lines: [[ObjectID]: [Int]] = [:]
  /// The chunks of the present stretch that were changed, by series.
  private var pending: [Int: Packer] = [:]
  private var stretch = -1
  private var nextLine = 1
  private var nextSeries = 1

  private let findLine: Statement
  private let insertLine: Statement
  private let insertPlace: Statement
  private let readChunk: Statement
  private let writeChunk: Statement

  /// The name of the fact that holds the id of the notes tree that the tables were built from.
  private static let treeFact = "tree"

  private init(_ tables: IndexTables, _ store: RunStore) throws {
    self.tables = tables
    self.store = store
    let database = tables.database
    findLine = try database.prepare("SELECT number FROM lines WHERE id = ?")
    insertLine = try database.prepare("INSERT INTO lines VALUES(?, ?, ?)")
    insertPlace = try database.prepare("INSERT OR IGNORE INTO places VALUES(?, ?)")
    readChunk = try database.prepare("SELECT data FROM chunks WHERE number = ?")
    writeChunk = try database.prepare("INSERT OR REPLACE INTO chunks VALUES(?, ?)")
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

  private static func change(
    _ tables: IndexTables, from old: ObjectID?, _ store: RunStore
  ) throws {
    if old == nil { try tables.reset() }
    let changed = try store.objects(changedSince: old)
    var writer = try IndexWriter(tables, store)
    try writer.prepare()
    var orphans: Set<Int> = []
    for object in changed { orphans.formUnion(try writer.replace(object, isNew: old == nil)) }
    try writer.flush()
    try writer.removeUnplaced(orphans)
  }
}

extension IndexWriter {
  private mutating func prepare() throws {
    let database = tables.database
    nextLine = Int(try database.number("SELECT max(number) FROM lines") ?? 0) + 1
    nextSeries = Int(try database.number("SELECT max(number) FROM series") ?? 0) + 1
    let origins = try database.prepare("SELECT number, data FROM origins")
    while try origins.step() {
      self.origins[try Origin(packed: origins.bytes(1))] = Int(origins.number(0))
    }
    let series = try database.prepare("SELECT number, data FROM series")
    while try series.step() {
      self.series[try IndexedSeries(packed: series.bytes(1))] = Int(series.number(0))
    }
  }

  /// Reads the note of an object anew.
  ///
  /// - Returns: The lines that the note had and has no longer.
  private mutating func replace(_ object: ObjectID, isNew: Bool) throws -> Set<Int> {
    guard let place = CompactID(object.description) else { return [] }
    var old: Set<Int> = []
    if !isNew {
      let places = try tables.database.prepare("SELECT line FROM places WHERE object = ?")
      try places.bind(.bytes(place.bytes))
      while try places.step() { old.insert(Int(places.number(0))) }
    }
    let present = try lines(of: object)
    for line in present where !old.contains(line) {
      try insertPlace.run(.bytes(place.bytes), .number(Int64(line)))
    }
    let gone = old.subtracting(present)
    if !gone.isEmpty {
      let delete = try tables.database.prepare("DELETE FROM places WHERE object = ? AND line = ?")
      for line in gone { try delete.run(.bytes(place.bytes), .number(Int64(line))) }
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
    return try findLine.step() ? Int(findLine.number(0)) : nil
  }

  private mutating func number(of line: RunLine, _ id: CompactID) throws -> Int {
    if let known = try known(id) { return known }
    switch IndexedLine(line, id: id) {
    case .run(let run): return try add(run, id)
    case .marking(let line): return try add(IndexedRow.packed(marking: line), id)
    case .unreadable(let line): return try number(of: line)
    }
  }

  private mutating func number(of line: SkippedLine) throws -> Int {
    try known(line.id) ?? add(IndexedRow.packed(line), line.id)
  }

  private mutating func add(_ packed: [UInt8], _ id: CompactID) throws -> Int {
    defer { nextLine += 1 }
    try insertLine.run(.number(Int64(nextLine)), .bytes(id.bytes), .bytes(packed))
    return nextLine
  }

  private mutating func add(_ run: Run, _ id: CompactID) throws -> Int {
    let line = nextLine
    if line / IndexTables.stretch != stretch {
      try flush()
      stretch = line / IndexTables.stretch
    }
    var numbers: [Int] = []
    for (description, all) in run.series.joined {
      let number = try self.number(of: description)
      numbers.append(number)
      if pending[number] == nil {
        let chunk = IndexTables.chunk(of: number, line: line)
        try readChunk.bind(.number(chunk))
        pending[number] =
          try readChunk.step() ? Packer(continuing: readChunk.bytes(0)) : Packer()
      }
      pending[number]?.add(all, of: line)
    }
    let origin = try self.origin(Origin(suite: run.suite, environment: run.environment))
    return try add(IndexedRow.packed(run, origin: origin, series: numbers), id)
  }

  /// Writes the chunks of the present stretch.
  private mutating func flush() throws {
    for (series, packer) in pending {
      try writeChunk.run(
        .number(IndexTables.chunk(of: series, line: stretch * IndexTables.stretch)),
        .bytes(packer.sealed))
    }
    pending = [:]
  }

  private mutating func origin(_ origin: Origin) throws -> Int {
    if let known = origins[origin] { return known }
    let number = origins.count + 1
    try tables.database.prepare("INSERT INTO origins VALUES(?, ?)").run(
      .number(Int64(number)), .bytes(origin.packed))
    origins[origin] = number
    return number
  }

  private mutating func number(of description: IndexedSeries) throws -> Int {
    if let known = series[description] { return known }
    let number = nextSeries
    nextSeries += 1
    try tables.database.prepare("INSERT INTO series VALUES(?, ?)").run(
      .number(Int64(number)), .bytes(description.packed))
    series[description] = number
    return number
  }

  /// Removes lines that no note has any more, with their values.
  private func removeUnplaced(_ lines: Set<Int>) throws {
    let places = try tables.database.prepare("SELECT 1 FROM places WHERE line = ? LIMIT 1")
    let read = try tables.database.prepare("SELECT data FROM lines WHERE number = ?")
    let delete = try tables.database.prepare("DELETE FROM lines WHERE number = ?")
    let origins = Dictionary(uniqueKeysWithValues: self.origins.map { ($1, $0) })
    var chunks: [Int64: Set<Int>] = [:]
    for line in lines.sorted() {
      try places.bind(.number(Int64(line)))
      if try places.step() { continue }
      try read.bind(.number(Int64(line)))
      guard try read.step() else { continue }
      for series in try IndexedRow.series(of: read.bytes(0), origins: origins) {
        chunks[IndexTables.chunk(of: series, line: line), default: []].insert(line)
      }
      try delete.run(.number(Int64(line)))
    }
    for (chunk, gone) in chunks { try remove(gone, from: chunk) }
  }

  /// Removes the values of lines from a chunk, and with the last chunk of a series the series, so that
  /// the tables are those that would be built from the present notes.
  private func remove(_ lines: Set<Int>, from chunk: Int64) throws {
    try readChunk.bind(.number(chunk))
    guard try readChunk.step() else { throw DamagedIndex() }
    let old = try Chunk(readChunk.bytes(0))
    if let rest = old.without(lines) {
      try writeChunk.run(.number(chunk), .bytes(rest))
      return
    }
    let database = tables.database
    try database.prepare("DELETE FROM chunks WHERE number = ?").run(.number(chunk))
    let series = Int(chunk >> 32)
    let (first, last) = IndexTables.chunks(of: series)
    let others = try database.prepare("SELECT 1 FROM chunks WHERE number BETWEEN ? AND ? LIMIT 1")
    try others.bind(.number(first), .number(last))
    guard try !others.step() else { return }
    try database.prepare("DELETE FROM series WHERE number = ?").run(.number(Int64(series)))
  }
}

extension SkippedLine {
  fileprivate init(tooLarge reason: String, _ id: CompactID) {
    self.init(id: id, reason: reason, suite: nil, machine: nil)
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
