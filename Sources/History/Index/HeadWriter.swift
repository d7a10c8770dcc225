import Measurements

/// Writes the heads of lines: what every question needs to know of each.
///
/// Those of a stretch of lines share a row. Lines are added in the order of their numbers, so that a
/// row is mostly written once.
struct HeadWriter {
  private var pending: (number: Int, packer: Packer)?
  private let read: Statement
  private let write: Statement
  private let delete: Statement

  init(_ tables: IndexTables) throws(DatabaseError) {
    read = try tables.database.prepare("SELECT data FROM heads WHERE number = ?")
    write = try tables.database.prepare("INSERT OR REPLACE INTO heads VALUES(?, ?)")
    delete = try tables.database.prepare("DELETE FROM heads WHERE number = ?")
  }

  mutating func add(_ head: Packer, of line: Int, _ id: CompactID) throws {
    let number = line / IndexTables.stretch
    if pending?.number != number {
      try flush()
      pending = (number, try row(number).map { Packer(continuing: $0) } ?? Packer())
    }
    pending?.packer.add(line)
    pending?.packer.add(id)
    pending?.packer.add(head.bytes.count)
    pending?.packer.add(bytes: head.bytes)
  }

  /// Writes the row of the present stretch.
  mutating func flush() throws {
    if let pending { try set(pending.number, pending.packer) }
    pending = nil
  }

  /// Removes the heads of lines that were written.
  func remove(_ lines: Set<Int>) throws {
    for (number, gone) in Dictionary(grouping: lines, by: { $0 / IndexTables.stretch }) {
      guard let sealed = try row(number) else { throw DamagedIndex() }
      var unpacker = try Unpacker(sealed, SealKey(Int64(number)))
      var rest = Packer()
      while !unpacker.isAtEnd {
        let start = unpacker.place
        let (line, _, end) = try unpacker.headOfLine()
        try unpacker.skip(to: end)
        if !gone.contains(line) { rest.add(bytes: sealed[start..<end]) }
      }
      if rest.bytes.isEmpty {
        try delete.run(.number(Int64(number)))
      } else {
        try set(number, rest)
      }
    }
  }

  /// The sealed row of a stretch, which its seal has proved; nil for none.
  private func row(_ number: Int) throws -> [UInt8]? {
    try read.bind(.number(Int64(number)))
    guard try read.step() else { return nil }
    let sealed = read.bytes(0)
    _ = try Unpacker(sealed, SealKey(Int64(number)))
    return sealed
  }

  private func set(_ number: Int, _ packer: Packer) throws(DatabaseError) {
    try write.run(.number(Int64(number)), .bytes(packer.sealed(SealKey(Int64(number)))))
  }
}

extension Unpacker {
  /// The number and the id of the next line, and the place at which its head ends.
  mutating func headOfLine() throws(DamagedIndex) -> (line: Int, id: CompactID, end: Int) {
    let (line, id, length) = (try number(), try id(), try number())
    guard length <= remaining else { throw DamagedIndex() }
    return (line, id, place + length)
  }
}
