package import Git
package import Measurements

/// The runs in a repository's notes, as they were when the store was opened.
package struct RunStore {
  package let repository: Repository
  /// Such as `refs/notes/perf`.
  package let reference: String
  private let notes: Notes

  package init(_ repository: Repository, reference: String) throws(HistoryError) {
    self.repository = repository
    self.reference = reference
    notes = try git(try repository.notes(reference))
  }

  /// Whether no run was ever stored under this reference.
  package var isEmpty: Bool { notes.commit == nil }

  /// The lines in the note of an object that are not empty, with their numbers from 1; one that
  /// stands there twice is there once.
  ///
  /// A carriage return, which some editors leave, is no part of a line.
  func lines(of object: ObjectID) throws(HistoryError) -> [(number: Int, line: RunLine)] {
    var rest = try git(try notes.contents(of: object))?[...] ?? []
    var lines: [(number: Int, line: RunLine)] = []
    var number = 0
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = rest[..<end]
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if !text.isEmpty { lines.append((number, RunLine(text))) }
      rest = rest[end...].dropFirst()
    }
    guard lines.count > 1 else { return lines }
    var seen: Set<RunLine> = []
    return lines.filter { seen.insert($0.line).inserted }
  }
}

extension RunStore {
  /// All that is in the notes of a commit and of its tree, understood or not.
  package func lines(of commit: Commit) throws(HistoryError) -> [RunLine] {
    try lines(of: commit.id).map(\.line) + lines(of: commit.tree).map(\.line)
  }

  /// The lines of a commit that are runs of a version that is known: its own, or else those of its tree.
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
    try lines(of: commit.id).compactMap { number, line in
      guard (try? line.header())?.session == session else { return nil }
      return try? line.run()
    }
  }

  /// Stores lines in the notes of their commits and of the trees of these, all in one step: whoever is
  /// killed meanwhile has stored all of them or none.
  ///
  /// A line that is there already is not repeated; every other line stays, understood or not.
  ///
  /// - Parameters:
  ///   - runs: The lines of each commit.
  ///   - pause: Called with the number of an attempt that lost the race, before the next one.
  package func add(_ runs: [Commit: [RunLine]], pause: (Int) -> Void) throws(HistoryError) {
    var lines: [ObjectID: [RunLine]] = [:]
    for (commit, own) in runs {
      for object in [commit.id, commit.tree] { lines[object, default: []] += own }
    }
    try git(
      try repository.updateNotes(
        reference, of: Array(lines.keys), message: Self.message(runs.keys.map(\.id.short).sorted()),
        pause: pause, edit: { Self.union($1 ?? [], lines[$0] ?? []) }))
  }

  private static func message(_ commits: [String]) -> String {
    guard commits.count > 1 else { return "Record a run of \(commits.joined())" }
    let others = commits.count > 3 ? " and \(commits.count - 3) more" : ""
    return "Record runs of \(commits.prefix(3).joined(separator: ", "))\(others)"
  }

  /// All lines of both, sorted bytewise, each once, as git's `cat_sort_uniq` has it; the note as it
  /// is when it has them all.
  private static func union(_ note: [UInt8], _ lines: [RunLine]) -> [UInt8] {
    let old = Self.lines(of: note)
    guard !old.isSuperset(of: lines) else { return note }
    return text(of: old.union(lines))
  }

  private static func text(of lines: Set<RunLine>) -> [UInt8] {
    lines.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
  }
}

extension RunStore {
  /// Brings the runs of another state of the notes into these; no line of either is lost, understood
  /// or not.
  ///
  /// - Parameters:
  ///   - source: What the other state is called in the history of the notes.
  ///   - pause: Called with the number of an attempt that lost the race, before the next one.
  package func merge(
    _ other: ObjectID, from source: String, pause: (Int) -> Void
  ) throws(HistoryError) {
    try git(
      try repository.mergeNotes(
        other, into: reference, message: "Merge the runs of \(source)", pause: pause,
        union: Self.union))
  }

  /// All lines of two notes, sorted bytewise, each once: the same bytes in whatever order notes are
  /// brought together.
  package static func union(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    guard a != b else { return a }
    return text(of: lines(of: a).union(lines(of: b)))
  }

  private static func lines(of note: [UInt8]) -> Set<RunLine> {
    Set(note.split(separator: UInt8(ascii: "\n")).map { RunLine($0) })
  }

  /// How much a state of the notes holds.
  package struct Size {
    /// Each once, though it is in the notes of commit and tree.
    package let runs: Int
    package let notes: Int
    package let bytes: Int

    package init(of notes: Notes, in repository: Repository) throws(HistoryError) {
      var runs: Set<ObjectID> = []
      var (count, bytes) = (0, 0)
      for object in try git(try repository.objects(with: notes)) {
        let text = try git(try notes.contents(of: object)) ?? []
        count += 1
        bytes += text.count
        for line in RunStore.lines(of: text) { runs.insert(try line.id()) }
      }
      self.runs = runs.count
      self.notes = count
      self.bytes = bytes
    }
  }

  /// The runs that one state of the notes has and another has not, as lines; whatever is no run counts
  /// as one, too.
  package static func lines(
    in notes: Notes, missingIn others: Notes, of repository: Repository
  ) throws(HistoryError) -> Set<RunLine> {
    var missing: Set<RunLine> = []
    for object in try git(try repository.objectsDiffering(in: notes, from: others)) {
      let own = Self.lines(of: try git(try notes.contents(of: object)) ?? [])
      missing.formUnion(
        own.subtracting(Self.lines(of: try git(try others.contents(of: object)) ?? [])))
    }
    return missing
  }
}
