package import Git
package import Measurements

/// The runs in a repository's notes, as they were when the store was opened.
package struct RunStore {
  package let repository: Repository
  /// The reference of the notes, such as `refs/notes/perf`.
  package let reference: String
  let notes: Notes

  package init(_ repository: Repository, reference: String) throws(HistoryError) {
    self.repository = repository
    self.reference = reference
    notes = try git(try repository.notes(reference))
  }

  /// True if no run was ever stored under this reference.
  package var isEmpty: Bool { notes.commit == nil }

  /// The lines in the note of an object, with their numbers from 1. Empty lines and repeated lines
  /// are left out.
  ///
  /// A carriage return, which some editors add, is not part of a line.
  func lines(of object: ObjectID) throws(HistoryError) -> [NoteLine] {
    let note = try git(try notes.contents(of: object)) ?? []
    var start = 0
    var lines: [NoteLine] = []
    var number = 0
    while start < note.count {
      number += 1
      let end = Self.endOfLine(in: note, from: start)
      let line = note[start..<end]
      start = end + 1
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let isWhole = !text.isEmpty && end == note.endIndex - 1 && text.count == end
      if isWhole {
        lines.append(NoteLine(number: number, line: RunLine(note: note), isWholeNote: true))
      } else if !text.isEmpty {
        lines.append(NoteLine(number: number, line: RunLine(text), isWholeNote: false))
      }
    }
    guard lines.count > 1 else { return lines }
    var seen: Set<RunLine> = []
    return lines.filter { seen.insert($0.line).inserted }
  }

  /// The index of the next line break, or of the end. A run is one line of up to hundreds of
  /// thousands of bytes.
  private static func endOfLine(in bytes: [UInt8], from start: Int) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      var place = start
      // SAFETY: as many bytes as are loaded lie behind the place, which is below the number of bytes.
      while place + 8 <= bytes.count,
        unsafe !bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).mayHoldLineBreak
      {
        place += 8
      }
      while place < bytes.count, unsafe bytes[place] != UInt8(ascii: "\n") { place += 1 }
      return place
    }
  }
}

extension UInt64 {
  /// True if one of the eight bytes may be a line break; never false if one is.
  fileprivate var mayHoldLineBreak: Bool {
    let others = self ^ (UInt64(UInt8(ascii: "\n")) &* 0x0101_0101_0101_0101)
    return (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080 != 0
  }
}

extension RunStore {
  /// The blobs of the note of an object; empty if there is no note.
  func blobs(of object: ObjectID) throws(HistoryError) -> [ObjectID] {
    try git(try notes.blobs(of: object))
  }

  /// The objects that have notes.
  func objects() throws(HistoryError) -> [ObjectID] {
    try git(try repository.objects(with: notes))
  }

  /// All lines in the notes of a commit and of its tree, understood or not.
  package func lines(of commit: Commit) throws(HistoryError) -> [RunLine] {
    try lines(of: commit.id).map(\.line) + lines(of: commit.tree).map(\.line)
  }

  /// The given runs, and the runs that replaced some of them when they were pruned.
  func successors(of ids: [ObjectID]) throws(HistoryError) -> Set<ObjectID> {
    let pruned = try pruned()
    return Set(ids).union(ids.compactMap { pruned[$0] ?? nil })
  }

  /// The ids of the given runs that were pruned before. The next merge of notes removes them again.
  package func pruned(of lines: [RunLine]) throws(HistoryError) -> [ObjectID] {
    let pruned = try pruned()
    guard !pruned.isEmpty else { return [] }
    var ids: [ObjectID] = []
    for line in lines where pruned[try line.id()] != nil { ids.append(try line.id()) }
    return ids
  }

  /// The removals of the given lines. The next merge of notes removes these lines again.
  package func removed(of lines: [RunLine]) throws(HistoryError) -> [RemovedRun] {
    let removed = try removals().runs
    guard !removed.isEmpty else { return [] }
    var ids: Set<ObjectID> = []
    for line in lines { ids.insert(try line.id()) }
    return removed.filter { ids.contains($0.id) }
  }

  private func pruned() throws(HistoryError) -> [ObjectID: ObjectID?] {
    try git(try Tombstones(of: notes).lines(in: notes))
  }

  /// The lines of a commit that are runs of a known version. They come from its own note, or from
  /// the note of its tree if its own has none.
  package func runs(of commit: Commit) throws(HistoryError) -> [RunLine] {
    for object in [commit.id, commit.tree] {
      let runs = try lines(of: object).map(\.line).filter { line in
        ((try? line.header())?.version).map { $0 <= Run.version } ?? false
      }
      if !runs.isEmpty { return runs }
    }
    return []
  }

  /// The readable runs of a session in a commit's own note.
  package func runs(of commit: Commit, in session: String) throws(HistoryError) -> [Run] {
    try lines(of: commit.id).map(\.line).compactMap { line in
      guard (try? line.header())?.session == session else { return nil }
      return try? line.run()
    }
  }

  /// The numbers of a run that an index of these notes holds; nil if they are gone.
  package func run(
    _ run: RecordedRun, in index: HistoryIndex
  ) throws(HistoryError) -> Run? {
    for object in try index.objects(of: run) {
      guard let object = ObjectID(object.description) else { continue }
      for place in try lines(of: object)
      where try place.line.id().description == run.id.description {
        return try? place.line.run()
      }
    }
    return nil
  }

  /// Stores lines in the notes of their commits and of the trees of these commits, all in one step.
  /// An interrupted process has stored all of the lines or none.
  ///
  /// A line that is already present is not repeated; every other line stays, understood or not.
  ///
  /// - Parameters:
  ///   - runs: The lines of each commit.
  ///   - pause: Called before a retry, with the number of the attempt that lost against another
  ///     writer.
  package func add(_ runs: [Commit: [RunLine]], pause: (Int) -> Void) throws(HistoryError) {
    var lines: [ObjectID: [RunLine]] = [:]
    for (commit, own) in runs {
      for object in [commit.id, commit.tree] { lines[object, default: []] += own }
    }
    // The notes of a commit and of its tree are mostly equal, and joined once.
    var last: (old: [UInt8], added: [RunLine], new: [UInt8])?
    try git(
      try repository.updateNotes(
        reference, of: Array(lines.keys), message: Self.message(runs.keys.map(\.id.short).sorted()),
        pause: pause,
        edit: { object, note in
          let (old, added) = (note ?? [], lines[object] ?? [])
          if let last, last.old == old, last.added == added { return last.new }
          let new = Self.union(old, added)
          last = (old, added, new)
          return new
        }))
  }

  private static func message(_ commits: [String]) -> String {
    guard commits.count > 1 else { return "Record a run of \(commits.joined())" }
    let others = commits.count > 3 ? " and \(commits.count - 3) more" : ""
    return "Record runs of \(commits.prefix(3).joined(separator: ", "))\(others)"
  }

  /// The lines of a note, unchanged, regardless of the writer.
  static func lines(of note: [UInt8]) -> Set<RunLine> {
    Set(note.split(separator: UInt8(ascii: "\n")).map { RunLine($0) })
  }

  /// All lines of a note and the given lines, sorted bytewise, each once, as git's `cat_sort_uniq`
  /// does it. A note that has all the lines is returned unchanged.
  private static func union(_ note: [UInt8], _ lines: [RunLine]) -> [UInt8] {
    let old = Self.lines(of: note)
    guard !old.isSuperset(of: lines) else { return note }
    return text(of: old.union(lines))
  }

  /// The text of lines, sorted bytewise. It does not depend on the order in which notes are merged.
  static func text(of lines: Set<RunLine>) -> [UInt8] {
    lines.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
  }
}
