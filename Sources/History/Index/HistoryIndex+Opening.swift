package import Git
import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension HistoryIndex {
  /// Opens the index of the notes in a store, and brings it to their state.
  ///
  /// A file that cannot be used is no error: another program's is renamed, a damaged one is built
  /// again, and where none can be written the index is built in memory.
  ///
  /// - Parameters:
  ///   - tip: The newest commit of the branch that is asked about; nil for questions about no branch.
  ///   - usesFile: False to leave the file alone, and to read all notes.
  ///   - warn: Called with a sentence about a file that cannot be used.
  package static func open(
    _ store: RunStore, branch tip: Commit? = nil, usesFile: Bool, warn: (String) -> Void
  ) throws(HistoryError) -> HistoryIndex {
    if usesFile, let file = IndexFile(store) {
      do {
        return try open(file, store, tip)
      } catch let error as DatabaseError {
        warn("the index of the history cannot be used (\(error)): it is built in memory")
      } catch is DamagedIndex {
        warn("the index of the history stays damaged: it is built in memory")
      } catch let error as HistoryError {
        throw error
      } catch let error as GitError {
        throw .git(error)
      } catch {
        warn("the index of the history cannot be used (\(error)): it is built in memory")
      }
    }
    do {
      return try inMemory(store, tip)
    } catch let error as HistoryError {
      throw error
    } catch let error as GitError {
      throw .git(error)
    } catch {
      throw .index("\(error)")
    }
  }

  private static func inMemory(_ store: RunStore, _ tip: Commit?) throws -> HistoryIndex {
    let tables = IndexTables(database: try Database(nil))
    try tables.database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    try tables.reset()
    try IndexWriter.update(tables, to: store)
    return try HistoryIndex(tables, tables.branch(from: tip, in: store.repository))
  }

  private static func open(
    _ file: IndexFile, _ store: RunStore, _ tip: Commit?
  ) throws -> HistoryIndex {
    do {
      return try index(file, store, tip)
    } catch let error as DatabaseError where error.isDamage {
      try file.setAside()
    } catch is DamagedIndex {
      try file.setAside()
    }
    return try index(file, store, tip)
  }

  private static func index(
    _ file: IndexFile, _ store: RunStore, _ tip: Commit?
  ) throws -> HistoryIndex {
    let tables = try file.tables()
    // Chunks are read later on. The next process then finds no file, and builds one.
    let rebuild = {
      try tables.database.leaveLog()
      try? file.setAside()
      return try inMemory(store, tip)
    }
    // Another process may bring the index to another state of the notes before this one reads it.
    for _ in 0..<5 {
      try IndexWriter.update(tables, to: store)
      let branch = try tables.branch(from: tip, in: store.repository)
      try tables.database.execute("BEGIN")
      if try IndexWriter.isAt(store, tables) {
        return try HistoryIndex(tables, branch, rebuild: rebuild, writable: file.impatient)
      }
      try tables.database.execute("COMMIT")
    }
    throw DatabaseError(code: 0, message: "others change it all the time")
  }
}

/// The file of the index.
private struct IndexFile {
  private let path: String

  /// The file for the notes of a store; nil where the git directory cannot have one.
  init?(_ store: RunStore) {
    let folder = URL(filePath: store.repository.commonDirectory).resolvingSymlinksInPath()
      .appending(path: "perf").path
    guard
      (try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)) != nil
    else { return nil }
    // Other notes have a file of their own, so that the two do not replace each other.
    let isUsual = store.reference == "refs/notes/perf"
    let name = isUsual ? "index" : "index-\(store.reference.utf8.fingerprint)"
    path = "\(folder)/\(name).sqlite"
  }

  /// Opens the file, with empty tables where there are none of this version.
  func tables() throws -> IndexTables {
    var tables = IndexTables(database: try Database(path))
    if try isForeign(tables.database) {
      try rename(to: "foreign")
      tables = IndexTables(database: try Database(path))
    }
    let database = tables.database
    // A new file has large pages: fewer reads find the same bytes. Another keeps those that it has.
    try database.executeWaiting(
      "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    if try database.number("PRAGMA user_version") != Int64(IndexTables.version) {
      try database.transaction {
        guard try database.number("PRAGMA user_version") != Int64(IndexTables.version) else {
          return
        }
        try tables.reset()
      }
    }
    return tables
  }

  /// True for a file of another program: a database without the mark of ours, or no database.
  private func isForeign(_ database: Database) throws -> Bool {
    do {
      if try database.number("PRAGMA application_id") == Int64(IndexTables.application) {
        return false
      }
      return try database.number("SELECT count(*) FROM sqlite_schema") != 0
    } catch let error where error.isDamage {
      return !isMarked
    }
  }

  /// True if the file begins as one of ours.
  private var isMarked: Bool {
    guard let head = try? Data(contentsOf: URL(filePath: path)).prefix(72), head.count == 72 else {
      return false
    }
    // SQLite keeps the application id at 68, the highest byte first.
    return head[68..<72].reduce(0) { $0 << 8 | Int($1) } == IndexTables.application
  }

  /// The tables by a connection that waits for no other process.
  func impatient() throws -> IndexTables? {
    let database = try Database(path)
    try database.execute("PRAGMA busy_timeout = 0")
    return IndexTables(database: database)
  }

  /// Renames a damaged file; the next one is built from the notes.
  func setAside() throws { try rename(to: "damaged") }

  private func rename(to ending: String) throws {
    let files = FileManager.default
    var place = "\(path).\(ending)"
    var number = 1
    while ending == "foreign", files.fileExists(atPath: place) {
      number += 1
      place = "\(path).\(ending)-\(number)"
    }
    if files.fileExists(atPath: place) { try files.removeItem(atPath: place) }
    try files.moveItem(atPath: path, toPath: place)
    // What SQLite keeps beside the file belongs to the renamed one.
    for companion in ["-wal", "-shm"] where files.fileExists(atPath: path + companion) {
      try? files.removeItem(atPath: place + companion)
      try? files.moveItem(atPath: path + companion, toPath: place + companion)
    }
  }
}
