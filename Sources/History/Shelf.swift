import Git
import Measurements

/// Reads the runs of commits out of a store and remembers which lines it could not use.
///
/// A commit's runs are those in its own note; where none fits, those in the note of its tree, which
/// a squash, rebase, amend or cherry-pick with the same content shares.
package struct Shelf {
  /// Sentences about lines that were passed over; nothing is dropped unsaid.
  package private(set) var warnings: [String] = []
  private let store: RunStore

  package init(_ store: RunStore) { self.store = store }

  /// A line whose header was understood.
  struct Entry {
    let line: RunLine
    let header: RunHeader
  }

  /// The entries of a commit that fit, newest first.
  mutating func entries(
    of commit: Commit, where fits: (RunHeader) -> Bool
  ) throws(HistoryError) -> [Entry] {
    let own = try entries(in: commit.id).filter { fits($0.header) }
    return own.isEmpty ? try entries(in: commit.tree).filter { fits($0.header) } : own
  }

  /// The newest readable runs among entries, at most ``poolSize``.
  mutating func read(_ entries: [Entry], of commit: Commit) throws(HistoryError) -> Selection? {
    var runs: [StoredRun] = []
    for entry in entries where runs.count < Self.poolSize {
      do {
        runs.append(StoredRun(id: try entry.line.id(), run: try entry.line.run()))
      } catch let error as HistoryError {
        throw error
      } catch {
        warn("a run of \(commit.id.short) is unreadable (\(error))")
      }
    }
    return runs.isEmpty ? nil : Selection(commit: commit, runs: runs)
  }

  /// Enough rounds for any test, and few enough that old habits of a machine do not linger.
  private static let poolSize = 5

  private mutating func entries(in object: ObjectID) throws(HistoryError) -> [Entry] {
    var entries: [Entry] = []
    for (number, line) in try store.lines(of: object).enumerated() {
      do {
        let header = try line.header()
        guard header.version <= Run.version else {
          let place = "line \(number + 1) of the note of \(object.short)"
          warn("\(place) was written by a newer version (\(header.version))")
          continue
        }
        entries.append(Entry(line: line, header: header))
      } catch {
        warn("line \(number + 1) of the note of \(object.short) is unreadable (\(error))")
      }
    }
    return entries.sorted { Self.isNewer($0, $1) }
  }

  private static func isNewer(_ a: Entry, _ b: Entry) -> Bool {
    guard a.header.recordedAt == b.header.recordedAt else {
      return (a.header.recordedAt?.description ?? "") > (b.header.recordedAt?.description ?? "")
    }
    return a.line.bytes.lexicographicallyPrecedes(b.line.bytes)
  }

  private mutating func warn(_ what: String) {
    let warning = "\(what); it is kept, not used"
    if !warnings.contains(warning) { warnings.append(warning) }
  }
}
