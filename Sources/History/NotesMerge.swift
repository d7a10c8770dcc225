package import Git
package import Measurements

/// The merge of two states of the notes: all lines of both, understood or not, except the lines
/// that either side has pruned or removed.
///
/// Each note that both sides have is sorted bytewise and contains every line once. The order of
/// merges therefore does not change the resulting bytes.
package struct NotesMerge {
  /// The lines that only one side has. A run counts once although it is in the notes of the commit
  /// and of its tree.
  package private(set) var onlyOurs: Set<RunLine> = []
  package private(set) var onlyTheirs: Set<RunLine> = []
  /// Our lines that either side has pruned.
  package private(set) var pruned: Set<RunLine> = []
  /// Our lines that somebody has removed.
  package private(set) var removed: Set<RunLine> = []
  private let ours: Notes
  private let theirs: Notes
  private let prunes: (ours: Tombstones, theirs: Tombstones, both: Tombstones)
  private let removals: Removals
  /// The files beside the notes that a merge joins, by name: all but those of pruned lines, which
  /// expire. They include the files of newer versions.
  private let files: (ours: Set<String>, theirs: Set<String>)
  private var changes: (ours: [Change], theirs: [Change]) = ([], [])
  private typealias Change = (ObjectID, [UInt8])

  /// Merges two states of the notes.
  ///
  /// - Parameter today: The present day. Files that list pruned lines and are much older do not
  ///   count.
  package init(_ ours: Notes, _ theirs: Notes, on today: Day) throws(HistoryError) {
    do {
      self = try Self(joining: ours, theirs, on: today)
    } catch {
      throw .git(error)
    }
  }

  init(joining ours: Notes, _ theirs: Notes, on today: Day) throws(GitError) {
    (self.ours, self.theirs) = (ours, theirs)
    let (own, other) = (try Tombstones(of: ours), try Tombstones(of: theirs))
    prunes = (own, other, own.joined(other, on: today))
    removals = try Removals(of: ours, theirs)
    files = (
      Set(try ours.foreign().keys).subtracting(own.files.keys),
      Set(try theirs.foreign().keys).subtracting(other.files.keys)
    )
    let repository = ours.repository
    let objects = Set(
      try repository.objectsDiffering(in: ours, from: theirs)
        + repository.objectsDiffering(in: theirs, from: ours))
    let pruned = objects.isEmpty ? [] : try Set(prunes.both.lines(in: ours).keys)
    let removed = removals.ids
    for object in objects { try join(object, without: pruned.union(removed), removed) }
  }

  /// Merges the notes of one object.
  ///
  /// - Parameters:
  ///   - gone: The ids of lines that either side has pruned or removed.
  ///   - removed: The ids among these that were removed.
  private mutating func join(
    _ object: ObjectID, without gone: Set<ObjectID>, _ removed: Set<ObjectID>
  ) throws(GitError) {
    let old = (ours: try ours.contents(of: object), theirs: try theirs.contents(of: object))
    let own = RunStore.lines(of: old.ours ?? [])
    let other = RunStore.lines(of: old.theirs ?? [])
    let all = own.union(other)
    var out: Set<RunLine> = []
    if !gone.isEmpty {
      for line in all where gone.contains(try ObjectID(hashing: line.bytes)) { out.insert(line) }
    }
    onlyOurs.formUnion(own.subtracting(other).subtracting(out))
    onlyTheirs.formUnion(other.subtracting(own).subtracting(out))
    for line in own.intersection(out) {
      if removed.contains(try ObjectID(hashing: line.bytes)) {
        self.removed.insert(line)
      } else {
        pruned.insert(line)
      }
    }
    // A note that only one side has stays as it was written.
    let isOnce = old.ours == nil || old.theirs == nil || old.ours == old.theirs
    let note =
      isOnce && out.isEmpty
      ? old.ours ?? old.theirs ?? [] : RunStore.text(of: all.subtracting(out))
    if note != old.ours ?? [] { changes.ours.append((object, note)) }
    if note != old.theirs ?? [] { changes.theirs.append((object, note)) }
  }
}

extension NotesMerge {
  /// True if we have all of their lines already, so that their state can be replaced by ours
  /// without losing a line.
  package var isSettled: Bool {
    get throws(HistoryError) {
      guard case .stay = try git(try step) else { return false }
      return true
    }
  }

  /// The number of people's remarks about runs that only one side has.
  package var remarks: (onlyOurs: Int, onlyTheirs: Int) {
    (
      files.ours.subtracting(files.theirs).count(where: Remarks.isRemark),
      files.theirs.subtracting(files.ours).count(where: Remarks.isRemark)
    )
  }

  /// Messages about files of removed runs that are not understood.
  package var damage: [String] { removals.damage }

  /// True if we have pruned lines that they have not: our history must replace theirs, not continue
  /// it.
  package var replacesHistory: Bool { !prunes.theirs.isSuperset(of: prunes.both) }

  private enum Step {
    case stay
    /// Take their state unchanged.
    case adopt(ObjectID)
    case join(onto: Notes, parents: [ObjectID])
  }

  /// The action that merges the two states. If one history was pruned, the other one is abandoned,
  /// because it contains the lines that must go.
  private var step: Step {
    get throws(GitError) {
      guard let other = theirs.commit else { return .stay }
      guard let present = ours.commit else { return .adopt(other) }
      let isOurs = changes.ours.isEmpty && files.ours.isSuperset(of: files.theirs)
      let isTheirs = changes.theirs.isEmpty && files.theirs.isSuperset(of: files.ours)
      guard prunes.ours.isSuperset(of: prunes.both) else {
        return isTheirs && !replacesHistory
          ? .adopt(other) : .join(onto: theirs, parents: [other])
      }
      guard !replacesHistory else { return isOurs ? .stay : .join(onto: ours, parents: [present]) }
      let base = try ours.repository.mergeBase(present, other)?.id
      if base == other, isOurs { return .stay }
      if base == present, isTheirs { return .adopt(other) }
      return .join(onto: ours, parents: [present, other])
    }
  }

  /// The commit that our notes advance to; nil if they stay.
  func next(message: String) throws(GitError) -> ObjectID? {
    switch try step {
    case .stay: return nil
    case .adopt(let other): return other
    case .join(let base, let parents):
      let isOurs = base.commit == ours.commit
      let present = try base.foreign()
      var foreign: [String: TreeEntry?] = try (isOurs ? theirs : ours).foreign()
        .filter { present[$0.key] == nil }.mapValues(\.self)
      let own = isOurs ? prunes.ours : prunes.theirs
      foreign.merge(prunes.both.changes(to: own)) { $1 }
      return try base.next(
        changing: isOurs ? changes.ours : changes.theirs, foreign: foreign, parents: parents,
        message: message)
    }
  }
}

extension RunStore {
  /// Merges the runs of another state of the notes into these. No line of either side is lost,
  /// understood or not, except pruned and removed ones.
  ///
  /// - Parameters:
  ///   - other: A commit of notes.
  ///   - source: The name of the other state for the commit message of the notes.
  ///   - today: The present day, as in ``NotesMerge/init(_:_:on:)``.
  ///   - pause: Called before a retry, with the number of the attempt that lost against another
  ///     writer.
  /// - Returns: The merge, which describes the differences of the two states before it.
  @discardableResult
  package func merge(
    _ other: ObjectID, from source: String, on today: Day, pause: (Int) -> Void
  ) throws(HistoryError) -> NotesMerge {
    let message = "Merge the runs of \(source)"
    let theirs = try git(try repository.notes(at: other))
    var last: NotesMerge?
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (ours) throws(GitError) in
        let joining = try NotesMerge(joining: ours, theirs, on: today)
        last = joining
        return try joining.next(message: message)
      })
    guard let last else { preconditionFailure("the notes are always looked at once") }
    return last
  }

  /// Makes another history of notes a parent of this one, for a remote that accepts no replaced
  /// history. The notes themselves do not change.
  package func keepHistory(
    of other: ObjectID, from source: String, pause: (Int) -> Void
  ) throws(HistoryError) {
    let message = "Keep the history of \(source)"
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (ours) throws(GitError) in
        try ours.next(
          changing: [], parents: (ours.commit.map { [$0] } ?? []) + [other], message: message)
      })
  }

  /// All lines of two notes, sorted bytewise, each once.
  package static func union(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    a == b ? a : text(of: lines(of: a).union(lines(of: b)))
  }
}
