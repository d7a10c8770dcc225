import CSQLite
import Measurements

/// A connection to an SQLite database.
///
/// A file is opened without following symbolic links, and nothing in its schema is trusted.
@safe
final class Database {
  @unsafe private let pointer: OpaquePointer

  /// Opens a database, and creates its file if there is none.
  ///
  /// - Parameter path: The file; nil for a database in memory.
  init(_ path: String?) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX
    let code = unsafe sqlite3_open_v2(path ?? ":memory:", &opened, flags, nil)
    // SQLite gives a connection for its message even where it fails, except without memory.
    guard let pointer = unsafe opened else {
      throw DatabaseError(code: code, message: "out of memory")
    }
    unsafe self.pointer = pointer
    try check(code)
    try check(unsafe sqlite3_extended_result_codes(pointer, 1))
    try check(unsafe perf_sqlite_distrust(pointer))
    try check(unsafe sqlite3_busy_timeout(pointer, Self.patience))
  }

  deinit { unsafe sqlite3_close_v2(pointer) }

  /// The milliseconds to wait for another process that writes.
  private static let patience: Int32 = 20_000

  /// Runs statements that have no result.
  func execute(_ sql: String) throws(DatabaseError) {
    try check(unsafe sqlite3_exec(pointer, sql, nil, nil, nil))
  }

  /// Runs statements for which SQLite itself does not wait where others use the file, such as the one
  /// that makes it write ahead.
  func executeWaiting(_ sql: String) throws(DatabaseError) {
    var waited: Int32 = 0
    while true {
      do {
        return try execute(sql)
      } catch {
        guard error.code & 0xff == SQLITE_BUSY, waited < Self.patience else { throw error }
        waited += max(1, sqlite3_sleep(10))
      }
    }
  }

  func prepare(_ sql: String) throws(DatabaseError) -> Statement {
    var statement: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(pointer, sql, -1, &statement, nil))
    // SAFETY: a successful call has made a statement, since the text is not empty.
    return unsafe Statement(statement.unsafelyUnwrapped, of: self)
  }

  /// The first number of the first row of a query; nil if there is no row.
  func number(_ sql: String) throws(DatabaseError) -> Int64? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.number(0) : nil
  }

  /// Leaves the log of the file as it is when the connection is closed; for a file that is renamed.
  func leaveLog() throws(DatabaseError) { try check(unsafe perf_sqlite_leave_log(pointer)) }

  /// Runs a body in a transaction that excludes other writers. An error undoes all of it.
  func transaction(_ body: () throws -> Void) throws {
    try execute("BEGIN IMMEDIATE")
    do {
      try body()
      try execute("COMMIT")
    } catch {
      // After some errors SQLite itself has undone the transaction.
      try? execute("ROLLBACK")
      throw error
    }
  }

  fileprivate func check(_ code: Int32) throws(DatabaseError) {
    guard code != SQLITE_OK else { return }
    throw error(code)
  }

  fileprivate func error(_ code: Int32) -> DatabaseError {
    // SAFETY: the text belongs to the connection and is copied before its next use.
    DatabaseError(code: code, message: unsafe String(cString: sqlite3_errmsg(pointer)))
  }
}

/// A prepared statement of a database.
@safe
final class Statement {
  @unsafe private let pointer: OpaquePointer
  private let database: Database

  fileprivate init(_ pointer: OpaquePointer, of database: Database) {
    unsafe self.pointer = pointer
    self.database = database
  }

  deinit { unsafe sqlite3_finalize(pointer) }

  /// Binds values to the places of the statement, in their order, and starts it anew.
  func bind(_ values: DatabaseValue...) throws(DatabaseError) { try bind(values) }

  /// Binds values and runs a statement without result.
  func run(_ values: DatabaseValue...) throws(DatabaseError) {
    try bind(values)
    while try step() {}
  }

  private func bind(_ values: [DatabaseValue]) throws(DatabaseError) {
    unsafe sqlite3_reset(pointer)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      switch value {
      case .number(let number):
        try database.check(unsafe sqlite3_bind_int64(pointer, place, number))
      case .bytes(let bytes):
        // An empty array has no address, and a null pointer would bind NULL.
        // SAFETY: SQLite copies the bytes before it returns.
        let code = unsafe bytes.withUnsafeBytes { bytes in
          unsafe bytes.baseAddress.map {
            unsafe perf_sqlite_bind_copy(pointer, place, $0, Int64(bytes.count))
          } ?? sqlite3_bind_zeroblob(pointer, place, 0)
        }
        try database.check(code)
      }
    }
  }

  /// Moves to the next row.
  ///
  /// - Returns: False after the last.
  func step() throws(DatabaseError) -> Bool {
    let code = unsafe sqlite3_step(pointer)
    guard code != SQLITE_ROW else { return true }
    guard code == SQLITE_DONE else {
      let error = database.error(code)
      unsafe sqlite3_reset(pointer)
      throw error
    }
    unsafe sqlite3_reset(pointer)
    return false
  }

  /// A column of the current row, from 0.
  func number(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(pointer, column) }

  /// The id in a column of the current row, from 0; nil if there are not the bytes of one.
  func id(_ column: Int32) -> CompactID? {
    guard unsafe sqlite3_column_bytes(pointer, column) == CompactID.length,
      let start = unsafe sqlite3_column_blob(pointer, column)
    else { return nil }
    // SAFETY: the bytes belong to the row and are copied before the next step.
    return unsafe CompactID(
      UnsafeRawBufferPointer(start: start, count: CompactID.length), from: 0)
  }

  /// A copy of the bytes of a column of the current row, from 0.
  func bytes(_ column: Int32) -> [UInt8] {
    // SAFETY: the bytes belong to the row and are copied before the next step.
    unsafe sqlite3_column_blob(pointer, column).map {
      let count = Int(unsafe sqlite3_column_bytes(pointer, column))
      return unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: count))
    } ?? []
  }
}

/// A value that is bound to a statement.
enum DatabaseValue {
  case number(Int64)
  case bytes([UInt8])
}

/// An error of SQLite.
struct DatabaseError: Error, CustomStringConvertible {
  /// The extended result code.
  let code: Int32
  let message: String

  var description: String { message }

  /// True if the file is no database, or one whose pages contradict each other, or our tables: our
  /// statements fit the tables as they were made. No row that we write is too big for SQLite.
  var isDamage: Bool {
    [
      SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH,
      SQLITE_TOOBIG,
    ].contains(code & 0xff)
  }
}
