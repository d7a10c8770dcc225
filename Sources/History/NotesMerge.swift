package import Git
package import Measurements

/// What two states of the notes are together: all lines of both, understood or not, but for those that
/// either has pruned or removed.
///
/// Each note that both have is sorted bytewise, with every line once: whoever joins what with what, and
/// in which order, ends with the same bytes.
package struct NotesMerge {
  /// Lines that only the one side has; a run is one, though it is in the notes of commit and tree.
  package private(set) var onlyOurs: Set<RunLine> = []
  package private(set) var onlyTheirs: Set<RunLine> = []
  /// Lines that we have and either has pruned.
  package private(set) var pruned: Set<RunLine> = []
  /// Lines that we have and that somebody has removed.
  package private(set) var removed: Set<RunLine> = []
  private let ours: Notes
  private let theirs: Notes
  private let prunes: (ours: Tombstones, theirs: Tombstones, both: Tombstones)
  private let removals: (ours: Removals, theirs: Removals, both: Removals)
  private var changes: (ours: [Change], theirs: [Change]) = ([], [])
  private typealias Change = (ObjectID, [UInt8])

  /// - Parameter today: Files that are much older, and say what was pruned, count no more.
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
    removals = (
      try Removals(of: ours), try Removals(of: theirs), try Removals(of: ours, theirs)
    )
    let repository = ours.repository
    let objects = Set(
      try repository.objectsDiffering(in: ours, from: theirs)
        + repository.objectsDiffering(in: theirs, from: ours))
    let pruned = objects.isEmpty ? [] : try Set(prunes.both.lines(in: ours).keys)
    let removed = removals.both.ids
    for object in objects { try join(object, without: pruned.union(removed), removed) }
  }

  /// - Parameters:
  ///   - gone: What either has pruned or removed.
  ///   - removed: Of these, what was removed.
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
    // A note that one side has alone stays as somebody wrote it.
    let isOnce = old.ours == nil || old.theirs == nil || old.ours == old.theirs
    let note =
      isOnce && out.isEmpty
      ? old.ours ?? old.theirs ?? [] : RunStore.text(of: all.subtracting(out))
    if note != old.ours ?? [] { changes.ours.append((object, note)) }
    if note != old.theirs ?? [] { changes.theirs.append((object, note)) }
  }
}

extension NotesMerge {
  /// Whether we have all of theirs already, so that theirs can become ours without losing a line.
  package var isSettled: Bool {
    get throws(HistoryError) {
      guard case .stay = try git(try step) else { return false }
      return true
    }
  }

  /// Sentences about files of removed runs that are not understood.
  package var damage: [String] { removals.both.damage }

  /// Whether we have pruned what they have not: their history is to be replaced, not continued.
  package var replacesHistory: Bool { !prunes.theirs.isSuperset(of: prunes.both) }

  private enum Step {
    case stay
    /// Their state as it is.
    case adopt(ObjectID)
    case join(onto: Notes, parents: [ObjectID])
  }

  /// Of histories of which one was pruned, the other one is left behind: it holds what is to go.
  private var step: Step {
    get throws(GitError) {
      guard let other = theirs.commit else { return .stay }
      guard let present = ours.commit else { return .adopt(other) }
      let isOurs = changes.ours.isEmpty && removals.ours.isSuperset(of: removals.theirs)
      let isTheirs = changes.theirs.isEmpty && removals.theirs.isSuperset(of: removals.ours)
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

  /// The commit that our notes go on to; nil where they stay.
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
  /// Brings the runs of another state of the notes into these; no line of either is lost that nobody has
  /// pruned, understood or not.
  ///
  /// - Parameters:
  ///   - other: A commit of notes.
  ///   - source: What the other state is called in the history of the notes.
  ///   - today: As ``NotesMerge/init(_:_:on:)`` takes it.
  ///   - pause: Called with the number of an attempt that lost the race, before the next one.
  /// - Returns: What the two were before.
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

  /// Makes another history of notes a part of this one, for a remote that lets none be replaced; the notes
  /// stay as they are.
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
