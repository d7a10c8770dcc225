import Git
import Measurements

/// Reads the runs of commits out of a store and remembers which lines it could not use.
///
/// A commit's runs are those in its own note; where none fits, those in the note of its tree, which
/// a squash, rebase, amend or cherry-pick with the same content shares.
struct Shelf {
  /// Sentences about lines that were passed over; nothing is dropped unsaid.
  private(set) var warnings: [String] = []
  /// Runs that are to be no baseline, by the notes that were read.
  private(set) var rejected: Set<ObjectID> = []
  private let store: RunStore
  private var known: [ObjectID: [Entry]] = [:]

  init(_ store: RunStore) { self.store = store }

  /// A line whose header was understood.
  struct Entry {
    let line: RunLine
    let header: RunHeader
  }

  /// The entries of a commit that fit, newest first.
  ///
  /// - Parameter own: Runs that the tree may not lend, because they are what the commit is to be
  ///   compared with.
  mutating func entries(
    of commit: Commit, notLending own: Set<ObjectID> = [], where fits: (RunHeader) -> Bool
  ) throws(HistoryError) -> [Entry] {
    let direct = try entries(in: commit.id).filter { entry in
      fits(entry.header) && isOfContent(entry, commit)
    }
    guard direct.isEmpty else { return direct }
    let lent = try entries(in: commit.tree).filter { fits($0.header) }
    return try lent.without(own)
  }

  /// Whether what was measured is what the commit holds: the note of a pull request's head has runs of its
  /// merges, too.
  private mutating func isOfContent(_ entry: Entry, _ commit: Commit) -> Bool {
    guard let tree = entry.header.tree, tree != commit.tree.description else { return true }
    warn("a run of \(commit.id.short) measured other content, such as a merge of it", then: "")
    return false
  }

  /// The readable runs among entries.
  mutating func read(_ entries: [Entry], of commit: Commit) throws(HistoryError) -> Selection? {
    var runs: [StoredRun] = []
    if entries.count > Self.most {
      warn(
        "of \(entries.count) runs of \(commit.id.short) the newest \(Self.most) are read", then: "")
    }
    for entry in entries.prefix(Self.most) {
      let id = try entry.line.id()
      do {
        runs.append(StoredRun(id: id, run: try entry.line.run()))
      } catch {
        warn("run \(id.short) of \(commit.id.short) is unreadable (\(error))")
      }
    }
    return runs.isEmpty ? nil : Selection(commit: commit, runs: runs)
  }

  /// More runs than anybody compares with.
  private static let most = 10_000

  /// Whether there are lines, usable or not.
  mutating func hasLines(of commit: Commit) throws(HistoryError) -> Bool {
    for object in [commit.id, commit.tree] where try !lines(of: object).isEmpty { return true }
    return false
  }

  /// The lines of a note; of one that is too large none, and that is said.
  private mutating func lines(
    of object: ObjectID
  ) throws(HistoryError) -> [(number: Int, line: RunLine)] {
    do {
      return try store.lines(of: object)
    } catch .git(let error) where error.kind == .tooLarge {
      warn("\(error)")
      return []
    }
  }

  private mutating func entries(in object: ObjectID) throws(HistoryError) -> [Entry] {
    if let entries = known[object] { return entries }
    var entries: [Entry] = []
    for (number, line) in try lines(of: object) {
      do {
        let header = try line.header()
        guard header.version <= Run.version else {
          let place = "line \(number) of the note of \(object.short)"
          warn("\(place) was written by a newer version (\(header.version))")
          continue
        }
        guard header.rejects.isEmpty else {
          rejected.formUnion(try store.successors(of: header.rejects.compactMap(ObjectID.init)))
          continue
        }
        entries.append(Entry(line: line, header: header))
      } catch {
        warn("line \(number) of the note of \(object.short) is unreadable (\(error))")
      }
    }
    entries.sort { Self.isNewer($0, $1) }
    known[object] = entries
    return entries
  }

  private static func isNewer(_ a: Entry, _ b: Entry) -> Bool {
    guard a.header.recordedAt == b.header.recordedAt else {
      return Timestamp.isLater(a.header.recordedAt, than: b.header.recordedAt)
    }
    return a.line.bytes.lexicographicallyPrecedes(b.line.bytes)
  }

  private mutating func warn(_ what: String, then end: String = "; it is kept, not used") {
    let warning = what + end
    if !warnings.contains(warning) { warnings.append(warning) }
  }
}

extension [Shelf.Entry] {
  /// The others than some runs.
  func without(_ runs: Set<ObjectID>) throws(HistoryError) -> [Shelf.Entry] {
    guard !runs.isEmpty else { return self }
    var others: [Shelf.Entry] = []
    for entry in self where !runs.contains(try entry.line.id()) { others.append(entry) }
    return others
  }
}
