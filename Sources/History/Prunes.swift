import Git
import Measurements

/// Which lines were taken out of the notes for good, so that no copy of one elsewhere brings it back.
///
/// They are named in files beside the notes, one for each time that somebody pruned:
/// `pruned-2026-11-20-1a2b3c4d5e` holds an id on each of its lines. Whoever joins two states of the notes
/// has the files of both; so it does not matter who hears of what first.
struct Prunes {
  private(set) var files: [String: TreeEntry]

  init(of notes: Notes) throws(GitError) {
    files = try notes.strangers().filter { Self.day(of: $0.key) != nil }
  }

  private init(_ files: [String: TreeEntry]) { self.files = files }

  /// The files of both, but for those so old that each copy has heard of them by now.
  func joined(_ others: Prunes) -> Prunes {
    Prunes(files.merging(others.files) { ours, _ in ours }).current
  }

  /// A file for some more lines, and those that are here and not too old.
  func adding(_ ids: Set<ObjectID>, on day: Day, to notes: Notes) throws(GitError) -> Prunes {
    let text = Array(ids.map { "\($0)\n" }.sorted().joined().utf8)
    let id = try ObjectID(hashing: text)
    var files = files
    files["\(Self.prefix)\(day)-\(id.short)"] = try notes.stranger(text)
    return Prunes(files).current
  }

  /// The ids of all lines.
  func ids(in notes: Notes) throws(GitError) -> Set<ObjectID> {
    var ids: Set<ObjectID> = []
    for file in files.values {
      let text = String(decoding: try notes.contents(of: file) ?? [], as: UTF8.self)
      for line in text.split(separator: "\n") { ObjectID(String(line)).map { _ = ids.insert($0) } }
    }
    return ids
  }

  /// What is to become of the files of a state so that it has these.
  func changes(to others: Prunes) -> [String: TreeEntry?] {
    var changes: [String: TreeEntry?] = files.filter { others.files[$0.key] == nil }.mapValues(
      \.self)
    for name in others.files.keys where files[name] == nil { changes[name] = .some(nil) }
    return changes
  }

  func isSuperset(of others: Prunes) -> Bool {
    others.files.keys.allSatisfy { files[$0] != nil }
  }

  private static let prefix = "pruned-"

  /// Days after the newest file in which another one counts.
  private static let life = 400

  private var current: Prunes {
    let days = files.keys.compactMap(Self.day)
    guard let newest = days.max() else { return self }
    return Prunes(
      files.filter { name, _ in
        Self.day(of: name)?.adding(days: Self.life).map { $0 >= newest } ?? true
      })
  }

  private static func day(of name: String) -> Day? {
    name.hasPrefix(prefix) ? Day(String(name.dropFirst(prefix.count).prefix(10))) : nil
  }
}
