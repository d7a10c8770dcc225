import Git
import Measurements

/// The lines that were pruned from the notes for good, so that no copy elsewhere brings them back.
///
/// Files beside the notes name these lines, one file for each pruning. Each line of
/// `pruned-2026-11-20-1a2b3c4d5e` holds the id of a pruned line and, after a space, the id of the
/// line that replaced it, if there is one. A merge of two states of the notes has the files of
/// both, so the order in which repositories receive the files does not matter.
struct Tombstones {
  private(set) var files: [String: TreeEntry]

  init(of notes: Notes) throws(GitError) {
    files = try notes.foreign().filter { Self.day(of: $0.key) != nil }
  }

  private init(_ files: [String: TreeEntry]) { self.files = files }

  /// The files of both, without those so old that each copy has received them by now.
  func joined(_ others: Tombstones, on today: Day) -> Tombstones {
    Tombstones(files.merging(others.files) { ours, _ in ours }).current(on: today)
  }

  /// Adds a file for some more lines, each with the line that replaced it, and removes files that
  /// are too old.
  func adding(
    _ lines: [ObjectID: ObjectID?], on today: Day, to notes: Notes
  ) throws(GitError) -> Tombstones {
    let text = lines.map { id, successor in
      successor.map { "\(id) \($0)\n" } ?? "\(id)\n"
    }.sorted().joined()
    let id = try ObjectID(hashing: Array(text.utf8))
    var files = files
    files["\(Self.prefix)\(today)-\(id.short)"] = try notes.stranger(Array(text.utf8))
    return Tombstones(files).current(on: today)
  }

  /// The ids of all pruned lines, each with the id of the line that replaced it.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/invalid`` if there are more than 2,000,000.
  func lines(in notes: Notes) throws(GitError) -> [ObjectID: ObjectID?] {
    var lines: [ObjectID: ObjectID?] = [:]
    for (name, file) in files {
      for line in try Self.text(of: file, name, in: notes).split(separator: "\n") {
        let ids = line.split(separator: " ").map { ObjectID(String($0)) }
        if let id = ids.first ?? nil { lines[id] = ids.count > 1 ? ids[1] : .some(nil) }
      }
      guard lines.count <= Self.most else {
        throw GitError(
          operation: "read '\(name)' beside the notes",
          message: "it and others like it name more than \(Self.most) pruned runs", kind: .invalid)
      }
    }
    return lines
  }

  private static func text(
    of file: TreeEntry, _ name: String, in notes: Notes
  ) throws(GitError) -> String {
    do {
      return String(decoding: try notes.contents(of: file) ?? [], as: UTF8.self)
    } catch  where error.kind == .tooLarge {
      throw GitError(
        operation: "read '\(name)' beside the notes", message: error.message, kind: .invalid)
    }
  }

  /// The changes that turn the files of another state into these; nil removes a file.
  func changes(to others: Tombstones) -> [String: TreeEntry?] {
    var changes: [String: TreeEntry?] = files.filter { others.files[$0.key] == nil }.mapValues(
      \.self)
    for name in others.files.keys where files[name] == nil { changes[name] = .some(nil) }
    return changes
  }

  func isSuperset(of others: Tombstones) -> Bool {
    others.files.keys.allSatisfy { files[$0] != nil }
  }

  private static let prefix = "pruned-"

  private static let most = 2_000_000

  /// The number of days that a file counts.
  private static let life = 400

  private func current(on today: Day) -> Tombstones {
    Tombstones(
      files.filter { name, _ in
        Self.day(of: name)?.adding(days: Self.life).map { $0 >= today } ?? true
      })
  }

  private static func day(of name: String) -> Day? {
    name.hasPrefix(prefix) ? Day(String(name.dropFirst(prefix.count).prefix(10))) : nil
  }
}
