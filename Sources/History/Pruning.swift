package import Git
package import Measurements

/// What a retention makes of a state of the notes.
///
/// - Recent runs stay, those of tags, and the newest of each suite and machine, which later ones are
///   compared with.
/// - Of the others a commit keeps the newest for each suite and machine, and every other one with a
///   benchmark that no newer one has; the shards of a session are one. Rejected runs stand for
///   themselves.
/// - Those that are kept and very old become summaries.
/// - What is older and has no home any more goes: a home is a commit that some reference leads to, or
///   the tree of one.
///
/// Lines that are not understood stay.
package struct Pruning {
  /// A run that goes or changes.
  package struct Departure {
    package let id: ObjectID
    package let header: RunHeader
    /// The commit or tree whose note it is in.
    package let home: ObjectID
    package let fate: Fate
  }

  package private(set) var departures: [Departure] = []
  /// Runs, each once, as they were.
  package private(set) var runs = 0
  package private(set) var strangeLines = 0
  /// Of all notes, before and after.
  package private(set) var bytes = (before: 0, after: 0)
  private let notes: Notes
  private let retention: Retention
  private let living: Repository.Living
  private var fates: [ObjectID: Fate] = [:]
  /// Of each suite and machine.
  private var newest: [Party: (time: Timestamp, id: ObjectID)] = [:]
  private var rejected: Set<ObjectID> = []
  private var marks: [ObjectID: Mark] = [:]
  private var changes: [(ObjectID, [UInt8])] = []

  private struct Party: Hashable {
    let suite: String
    let machine: String?
    var isRejected = false
  }

  private struct Mark {
    let line: RunLine
    var isLiving: Bool
  }

  init(of notes: Notes, by retention: Retention) throws(GitError) {
    self.notes = notes
    self.retention = retention
    let objects = try notes.repository.objects(with: notes)
    living = try notes.repository.living(among: Set(objects))
    for object in objects { try survey(object) }
    // Whoever has a commit of his own is judged there.
    for object in objects where living.commits.contains(object) { try decide(in: object) }
    for object in objects where !living.commits.contains(object) && isLiving(object) {
      try decide(in: object)
    }
    for object in objects where !isLiving(object) { try drop(from: object) }
    decideMarks()
    for object in objects { try rewrite(object) }
  }

  package var isEmpty: Bool { departures.isEmpty }

  private func isLiving(_ object: ObjectID) -> Bool {
    living.commits.contains(object) || living.trees.contains(object)
  }

  private func lines(of object: ObjectID) throws(GitError) -> Set<RunLine> {
    RunStore.lines(of: try notes.contents(of: object) ?? [])
  }
}

/// A run of a note, by what can be known without its numbers.
private struct Entry {
  let id: ObjectID
  let line: RunLine
  let header: RunHeader

  init?(_ line: RunLine) throws(GitError) {
    guard let header = try? line.header(), header.version <= Run.version else { return nil }
    self.line = line
    self.header = header
    id = try ObjectID(hashing: line.bytes)
  }
}

extension Pruning {
  /// Learns which runs there are, which are rejected, and which the newest.
  private mutating func survey(_ object: ObjectID) throws(GitError) {
    for line in try lines(of: object) {
      guard let entry = try Entry(line) else {
        strangeLines += 1
        continue
      }
      guard entry.header.rejects.isEmpty else {
        rejected.formUnion(entry.header.rejects.compactMap(ObjectID.init))
        let isLiving = marks[entry.id]?.isLiving ?? false || isLiving(object)
        marks[entry.id] = Mark(line: line, isLiving: isLiving)
        continue
      }
      let party = Party(suite: entry.header.suite, machine: entry.header.environment?.key)
      guard isLiving(object), let time = entry.header.recordedAt else { continue }
      if newest[party].map({ $0.time < time }) ?? true { newest[party] = (time, entry.id) }
    }
  }

  /// The runs of a note, the newest first.
  private func entries(in object: ObjectID) throws(GitError) -> [Entry] {
    var entries: [Entry] = []
    for line in try lines(of: object) {
      if let entry = try Entry(line), entry.header.rejects.isEmpty { entries.append(entry) }
    }
    return entries.sorted { a, b in
      guard a.header.recordedAt == b.header.recordedAt else {
        return Timestamp.isLater(a.header.recordedAt, than: b.header.recordedAt)
      }
      return a.line.bytes.lexicographicallyPrecedes(b.line.bytes)
    }
  }

  /// Gives each run of a living commit or tree its fate.
  private mutating func decide(in object: ObjectID) throws(GitError) {
    let entries = try entries(in: object)
    let staysWhole = living.tagged.contains(object) || retention.pinned.contains(object)
    let parties = Dictionary(grouping: entries) { entry in
      Party(
        suite: entry.header.suite, machine: entry.header.environment?.key,
        isRejected: rejected.contains(entry.id))
    }
    for (party, entries) in parties {
      let isSettled = entries.allSatisfy {
        fates[$0.id] != nil || !retention.isOld($0.header.recordedAt)
      }
      if staysWhole || isSettled {
        for entry in entries where fates[entry.id] == nil { fates[entry.id] = .kept }
      } else {
        thin(entries, of: party, in: object)
      }
    }
  }

  /// - Parameter entries: The newest first.
  private mutating func thin(_ entries: [Entry], of party: Party, in object: ObjectID) {
    var covered: Set<Series.ID> = []
    var isFirst = true
    for part in Self.parts(of: entries) {
      let series = Set(part.flatMap { $0.run?.series.map(\.id) ?? [] })
      let isNeeded =
        isFirst || !series.isSubset(of: covered)
        || part.contains { $0.run == nil || !retention.isOld($0.entry.header.recordedAt) }
      for (entry, _) in part {
        let fate = fates[entry.id] ?? (isNeeded ? aged(entry, of: party) : .superseded)
        settle(entry, fate, in: object)
        guard fate.isKept else { continue }
        isFirst = false
        covered.formUnion(series)
      }
    }
  }

  private typealias Part = [(entry: Entry, run: Run?)]

  /// Runs that say something together: the shards of a session; every other one by itself.
  private static func parts(of entries: [Entry]) -> [Part] {
    // What is alone is not compared with others, so that its numbers need not be read.
    if entries.count == 1 { return [[(entries[0], nil)]] }
    var parts: [Part] = []
    var places: [String: Int] = [:]
    for entry in entries {
      let run = try? entry.line.run()
      let session = run?.shard == nil ? nil : entry.header.session
      if let session, let place = places[session] {
        parts[place].append((entry, run))
      } else {
        if let session { places[session] = parts.count }
        parts.append([(entry, run)])
      }
    }
    return parts
  }

  /// What becomes of a run that its commit keeps.
  private func aged(_ entry: Entry, of party: Party) -> Fate {
    guard let time = entry.header.recordedAt, time < retention.summarizesBefore,
      newest[Party(suite: party.suite, machine: party.machine)]?.id != entry.id,
      let run = try? entry.line.run(), !run.series.allSatisfy(\.isOneNumber),
      let record = try? RunRecord(entry.line.bytes)
    else { return .kept }
    return .summarized(RunLine(retention.summary(record)))
  }

  private mutating func drop(from object: ObjectID) throws(GitError) {
    for entry in try entries(in: object) where fates[entry.id] == nil {
      settle(entry, retention.isOld(entry.header.recordedAt) ? .vanished : .kept, in: object)
    }
  }

  private mutating func settle(_ entry: Entry, _ fate: Fate, in object: ObjectID) {
    guard fates.updateValue(fate, forKey: entry.id) == nil else { return }
    if case .kept = fate { return }
    departures.append(Departure(id: entry.id, header: entry.header, home: object, fate: fate))
  }

  /// A mark goes with the last run that it rejects, and follows those that become others.
  private mutating func decideMarks() {
    for (id, mark) in marks {
      guard let record = try? RunRecord(mark.line.bytes) else { continue }
      let rejects = record.run.rejects.flatMap { text -> [String] in
        switch ObjectID(text).flatMap({ fates[$0] }) {
        case .kept: [text]
        case .superseded, .vanished: []
        case .summarized(let line): (try? line.id()).map { [$0.description] } ?? []
        case nil: mark.isLiving ? [text] : []
        }
      }
      guard rejects != record.run.rejects else { continue }
      fates[id] =
        rejects.isEmpty ? .superseded : .summarized(RunLine(record.rejecting(rejects.sorted())))
    }
  }

  private mutating func rewrite(_ object: ObjectID) throws(GitError) {
    let old = try lines(of: object)
    var new: Set<RunLine> = []
    for line in old {
      switch fates[try ObjectID(hashing: line.bytes)] {
      case nil, .kept: new.insert(line)
      case .superseded, .vanished: break
      case .summarized(let summary): if isLiving(object) { new.insert(summary) }
      }
    }
    bytes.before += old.reduce(0) { $0 + $1.bytes.count }
    bytes.after += new.reduce(0) { $0 + $1.bytes.count }
    if new != old { changes.append((object, RunStore.text(of: new))) }
  }
}

extension Series {
  fileprivate var isOneNumber: Bool { rounds.count == 1 && rounds[0].samples.count == 1 }
}

extension Fate {
  fileprivate var isKept: Bool {
    switch self {
    case .kept, .summarized: true
    case .superseded, .vanished: false
    }
  }
}

extension Pruning {
  /// The commit of what is left, which begins a new history: the old one holds what went.
  fileprivate func next(message: String, on day: Day) throws(GitError) -> ObjectID {
    var gone: Set<ObjectID> = []
    for (id, fate) in fates {
      if case .kept = fate { continue }
      gone.insert(id)
    }
    let prunes = try Prunes(of: notes)
    let files = try prunes.adding(gone, on: day, to: notes).changes(to: prunes)
    return try notes.next(changing: changes, strangers: files, parents: [], message: message)
  }
}

extension RunStore {
  /// What a retention would make of the notes.
  package func pruning(by retention: Retention) throws(HistoryError) -> Pruning {
    try git(try Pruning(of: try repository.notes(reference), by: retention))
  }

  /// Takes out what a retention leaves out, in one step.
  ///
  /// - Parameters:
  ///   - day: Today.
  ///   - pause: Called with the number of an attempt that lost the race, before the next one.
  /// - Returns: What went, and the state before.
  package func prune(
    by retention: Retention, on day: Day, pause: (Int) -> Void
  ) throws(HistoryError) -> (Pruning, before: ObjectID?) {
    let message = "Prune runs"
    var last: (Pruning, before: ObjectID?)?
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (notes) throws(GitError) in
        let pruning = try Pruning(of: notes, by: retention)
        last = (pruning, notes.commit)
        return pruning.isEmpty ? nil : try pruning.next(message: message, on: day)
      })
    guard let last else { return (try pruning(by: retention), nil) }
    if !last.0.isEmpty { try git(try repository.forgetPast(of: reference)) }
    return last
  }
}
