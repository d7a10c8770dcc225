import Measurements

/// Writes the chunks of values, and counts those of each series.
///
/// Lines are added in the order of their numbers, so that the chunks of a stretch are written once.
struct ChunkWriter {
  private let tables: IndexTables
  /// The number of chunks of each series.
  private var counts: [Int: Int] = [:]
  private var changed: Set<Int> = []
  /// The chunks of the present stretch that were changed, by series.
  private var pending: [Int: Packer] = [:]
  private var stretch = -1

  private let read: Statement
  private let write: Statement

  init(_ tables: IndexTables) throws(DatabaseError) {
    self.tables = tables
    read = try tables.database.prepare("SELECT data FROM chunks WHERE number = ?")
    write = try tables.database.prepare("INSERT OR REPLACE INTO chunks VALUES(?, ?)")
  }

  /// Takes the number of chunks that the tables have of a series.
  mutating func start(_ series: Int, with count: Int) { counts[series] = count }

  /// Adds the values of a series that a line has.
  mutating func add(_ values: [Series], of series: Int, line: Int) throws {
    if line / IndexTables.stretch != stretch {
      try flush()
      stretch = line / IndexTables.stretch
    }
    if pending[series] == nil { pending[series] = try packer(of: series, line: line) }
    pending[series]?.add(values, of: line)
  }

  /// The chunk of a series that a line belongs to, to be continued.
  private mutating func packer(of series: Int, line: Int) throws -> Packer {
    let chunk = IndexTables.chunk(of: series, line: line)
    try read.bind(.number(chunk))
    guard try read.step() else {
      setCount(of: series, to: counts[series, default: 0] + 1)
      return Packer()
    }
    let sealed = read.bytes(0)
    _ = try Unpacker(sealed, SealKey(chunk))
    return Packer(continuing: sealed)
  }

  /// Writes the chunks of the present stretch.
  mutating func flush() throws {
    for (series, packer) in pending {
      let chunk = IndexTables.chunk(of: series, line: stretch * IndexTables.stretch)
      try write.run(.number(chunk), .bytes(packer.sealed(SealKey(chunk))))
    }
    pending = [:]
  }

  /// Removes the values of lines from a chunk that was written.
  ///
  /// - Returns: True if the series has no chunk left.
  mutating func remove(_ lines: Set<Int>, from chunk: Int64, of series: Int) throws -> Bool {
    try read.bind(.number(chunk))
    guard try read.step() else { throw DamagedIndex() }
    let old = try Chunk(read.bytes(0), SealKey(chunk))
    if let rest = old.without(lines) {
      try write.run(.number(chunk), .bytes(rest.sealed(SealKey(chunk))))
      return false
    }
    try tables.database.prepare("DELETE FROM chunks WHERE number = ?").run(.number(chunk))
    setCount(of: series, to: counts[series, default: 0] - 1)
    return counts[series] == 0
  }

  private mutating func setCount(of series: Int, to count: Int) {
    counts[series] = count
    changed.insert(series)
  }

  /// Writes the numbers of chunks that have changed.
  func writeCounts() throws {
    let update = try tables.database.prepare("UPDATE series SET chunks = ? WHERE number = ?")
    for series in changed {
      let packed = IndexTables.packed(count: counts[series, default: 0], series)
      try update.run(.bytes(packed), .number(Int64(series)))
    }
  }
}
