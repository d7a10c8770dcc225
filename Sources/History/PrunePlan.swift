package import Git
package import Measurements

/// The changes that a retention makes to a state of the notes.
///
/// - These runs stay: recent runs, runs of tags, runs of baselines that marks name, and for each
///   suite and machine the newest run that is not rejected, because later runs are compared with
///   it.
/// - Among the other runs a commit keeps, for each suite and machine, the newest run, the newest
///   run of the whole suite, and every run with a benchmark that no newer run has. The shards of a
///   session count as one run. Rejected runs are treated separately, by the same rules. A run in
///   several notes stays in all of them if one of them needs it.
/// - A mark is removed with the last number of its content.
/// - Runs that are kept and very old become summaries.
/// - An older run is removed if none of the objects whose notes hold it is a commit that a
///   reference reaches, or the tree of such a commit.
///
/// Lines that are not understood stay.
package struct PrunePlan {
  /// A run that is removed or changed.
  package struct PrunedRun {
    package let id: ObjectID
    package let header: RunHeader
    /// The commit or tree whose note holds the run.
    package let home: ObjectID
    package let action: PruneAction
  }

  package private(set) var prunedRuns: [PrunedRun] = []
  private var foreign: Set<RunLine> = []
  /// The size of all notes, before and after.
  package private(set) var bytes = (before: 0, after: 0)
  private let notes: Notes
  private let retention: Retention
  private let reachable: Repository.Reachable
  private var actions: [ObjectID: PruneAction] = [:]
  /// The header of each run that may be removed, and the first commit or tree whose note holds it.
  private var homes: [ObjectID: (RunHeader, ObjectID)] = [:]
  private var sightings: [SuiteOnMachine: [Sighting]] = [:]
  /// The runs of each suite and machine that later runs are compared with.
  private var newest: Set<ObjectID> = []
  private var rejected: Set<ObjectID> = []
  private var marks: [ObjectID: Mark] = [:]
  private var changes: [(ObjectID, [UInt8])] = []
  private var marksBySeries = MarkSurvey()
  /// The content of each run: the id of its tree.
  private var trees: [ObjectID: String] = [:]
  /// The commits and trees of baselines that marks name.
  private var baselines: Set<ObjectID> = []

  init(of notes: Notes, by retention: Retention) throws(GitError) {
    self.notes = notes
    self.retention = retention
    let objects = try notes.repository.objects(with: notes)
    reachable = try notes.repository.reachable(among: Set(objects), besides: retention.tips)
    for object in objects { try survey(object) }
    try learnMarks(in: objects)
    newest = Set(sightings.values.flatMap { $0.newest(besides: rejected) })
    // A run that stays whole in one note stays whole in all of them.
    for object in objects where staysWhole(object) { try weigh(object) }
    for object in objects where isLiving(object) && !staysWhole(object) { try weigh(object) }
    for object in objects where !isLiving(object) { try drop(from: object) }
    for (id, home) in homes {
      guard let action = actions[id], !action.isUnchanged else { continue }
      prunedRuns.append(PrunedRun(id: id, header: home.0, home: home.1, action: action))
    }
    decideMarks()
    for object in objects { try rewrite(object) }
  }

  package var isEmpty: Bool { prunedRuns.isEmpty }
  /// The number of lines that are not understood, each counted once.
  package var foreignLines: Int { foreign.count }

  private func isLiving(_ object: ObjectID) -> Bool {
    reachable.commits.contains(object) || reachable.trees.contains(object)
  }

  private func staysWhole(_ object: ObjectID) -> Bool {
    reachable.tagged.contains(object) || retention.pinned.contains(object)
      || baselines.contains(object)
  }

  private func lines(of object: ObjectID) throws(GitError) -> Set<RunLine> {
    RunStore.lines(of: try notes.contents(of: object) ?? [])
  }
}

/// A run of a note, described without its numbers.
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

  /// The session that groups the run with other shards; nil for a run that is not a shard.
  var session: String? { header.shard == nil ? nil : header.session }
}

/// The suite and machine of runs that are compared with each other.
private struct SuiteOnMachine: Hashable {
  let suite: String
  let machine: String?

  init(_ header: RunHeader) {
    suite = header.suite
    machine = header.environment?.key
  }
}

/// A run in the note of a reachable commit or tree, and the time of its recording.
private struct Sighting {
  let id: ObjectID
  let time: Timestamp
  let session: String?
}

extension [Sighting] {
  /// The newest run with all shards of its session. Among several of the same second the choice is
  /// always the same.
  fileprivate func newest(besides rejected: Set<ObjectID>) -> [ObjectID] {
    let accepted = filter { !rejected.contains($0.id) }
    guard
      let last = accepted.max(by: {
        ($0.time, $0.id.description) < ($1.time, $1.id.description)
      })
    else { return [] }
    guard let session = last.session else { return [last.id] }
    return accepted.filter { $0.session == session }.map(\.id)
  }
}

private struct Mark {
  let line: RunLine
  var isLiving: Bool
}

extension PrunePlan {
  /// Collects the runs of a note, and which of them are rejected.
  private mutating func survey(_ object: ObjectID) throws(GitError) {
    let isLiving = isLiving(object)
    for line in try lines(of: object) {
      guard let entry = try Entry(line) else {
        foreign.insert(line)
        continue
      }
      if MarkSurvey.concerns(entry.header) {
        marksBySeries.add(entry.id, entry.header, isLiving: isLiving)
      } else if !entry.header.rejects.isEmpty {
        rejected.formUnion(entry.header.rejects.compactMap(ObjectID.init))
        marks[entry.id] = Mark(
          line: line, isLiving: marks[entry.id]?.isLiving ?? false || isLiving)
      } else if isLiving, let time = entry.header.recordedAt {
        sightings[SuiteOnMachine(entry.header), default: []].append(
          Sighting(id: entry.id, time: time, session: entry.session))
      }
    }
  }

  /// Collects the runs whose series are all marked, and the baselines that marks name.
  private mutating func learnMarks(in objects: [ObjectID]) throws(GitError) {
    guard !marksBySeries.isEmpty else { return }
    for object in objects {
      for entry in try entries(in: object) {
        trees[entry.id] = entry.header.tree ?? object.description
        if marksBySeries.rejects(entry.header, entry.line) { rejected.insert(entry.id) }
      }
    }
    baselines = marksBySeries.baselines { reachable.trees.contains($0) }
    for id in baselines {
      guard let commit = try notes.repository.commitIfPresent(id.description) else { continue }
      baselines.insert(commit.tree)
    }
  }

  /// The runs of a note, newest first.
  private func entries(in object: ObjectID) throws(GitError) -> [Entry] {
    var entries: [Entry] = []
    for line in try lines(of: object) {
      if let entry = try Entry(line), entry.header.isMeasurement { entries.append(entry) }
    }
    return entries.sorted { a, b in
      guard a.header.recordedAt == b.header.recordedAt else {
        return Timestamp.isLater(a.header.recordedAt, than: b.header.recordedAt)
      }
      return a.id.description > b.id.description
    }
  }

  /// Decides which runs a reachable commit or tree needs.
  private mutating func weigh(_ object: ObjectID) throws(GitError) {
    let entries = try entries(in: object)
    guard !staysWhole(object) else {
      for entry in entries { actions[entry.id] = .kept }
      return
    }
    let accepted = entries.filter { !rejected.contains($0.id) }
    let refused = entries.filter { rejected.contains($0.id) }
    for runs in [accepted, refused] {
      for party in Dictionary(grouping: runs, by: { SuiteOnMachine($0.header) }).values {
        weigh(party, in: object)
      }
    }
  }

  /// Decides which runs of one suite and machine a commit or tree needs.
  ///
  /// - Parameter entries: The runs of one suite and machine, newest first.
  private mutating func weigh(_ entries: [Entry], in object: ObjectID) {
    var covered: Set<Series.ID> = []
    var hasWhole = false
    for (place, part) in Self.parts(of: entries).enumerated() {
      let isOld = part.allSatisfy { retention.isOld($0.header.recordedAt) }
      // A single run is not compared with others, so its numbers are not read.
      let runs = entries.count == 1 ? [] : part.map { try? $0.line.run() }
      let series = Set(runs.flatMap { $0?.series.map(\.id) ?? [] })
      let isNeeded =
        place == 0 || !isOld || runs.contains { $0 == nil } || !series.isSubset(of: covered)
        || !hasWhole && part.map(\.header).isWhole
      if isNeeded { covered.formUnion(series) }
      hasWhole = hasWhole || part.map(\.header).isWhole
      for entry in part { settle(entry, isNeeded: isNeeded, in: object) }
    }
  }

  /// Groups the shards of a session; every other run is a group of its own.
  private static func parts(of entries: [Entry]) -> [[Entry]] {
    var parts: [[Entry]] = []
    var places: [String: Int] = [:]
    for entry in entries {
      if let session = entry.session, let place = places[session] {
        parts[place].append(entry)
      } else {
        if let session = entry.session { places[session] = parts.count }
        parts.append([entry])
      }
    }
    return parts
  }

  private mutating func settle(_ entry: Entry, isNeeded: Bool, in object: ObjectID) {
    if homes[entry.id] == nil { homes[entry.id] = (entry.header, object) }
    switch actions[entry.id] {
    case .kept, .summarized: return
    case .superseded, .vanished, nil: actions[entry.id] = isNeeded ? aged(entry) : .superseded
    }
  }

  /// The action for a run that its commit keeps.
  private func aged(_ entry: Entry) -> PruneAction {
    guard let time = entry.header.recordedAt, time < retention.summarizesBefore,
      !newest.contains(entry.id), let run = try? entry.line.run(),
      !run.series.allSatisfy({ $0.isOneNumber || $0.metric.isOutcome }),
      let record = try? RunRecord(entry.line.bytes)
    else { return .kept }
    return .summarized(RunLine(retention.summary(record)))
  }

  private mutating func drop(from object: ObjectID) throws(GitError) {
    for entry in try entries(in: object) where actions[entry.id] == nil {
      homes[entry.id] = (entry.header, object)
      actions[entry.id] = retention.isOld(entry.header.recordedAt) ? .vanished : .kept
    }
  }

  /// Decides which marks are removed. A mark on runs is removed with the last run that it rejects,
  /// and refers to the summaries of runs that become summaries. A mark by series is removed with
  /// the last number of its content.
  private mutating func decideMarks() {
    let kept = trees.filter { id, _ in
      switch actions[id] {
      case .superseded, .vanished: false
      case .kept, .summarized, nil: true
      }
    }
    for id in marksBySeries.departing(kept: Set(kept.values), known: Set(trees.values)) {
      actions[id] = .superseded
    }
    for (id, mark) in marks {
      guard let record = try? RunRecord(mark.line.bytes) else { continue }
      let rejects = record.run.rejects.flatMap { text -> [String] in
        switch ObjectID(text).flatMap({ actions[$0] }) {
        case .kept: [text]
        case .superseded, .vanished: []
        case .summarized(let line): (try? line.id()).map { [$0.description] } ?? []
        case nil: mark.isLiving ? [text] : []
        }
      }
      guard rejects != record.run.rejects else { continue }
      actions[id] =
        rejects.isEmpty ? .superseded : .summarized(RunLine(record.rejecting(rejects.sorted())))
    }
  }

  private mutating func rewrite(_ object: ObjectID) throws(GitError) {
    let old = try lines(of: object)
    var new: Set<RunLine> = []
    for line in old {
      switch actions[try ObjectID(hashing: line.bytes)] {
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

extension PruneAction {
  fileprivate var isUnchanged: Bool {
    if case .kept = self { true } else { false }
  }
}

extension PrunePlan {
  /// Writes the remaining notes as a commit without parents, because the old history contains the
  /// removed runs.
  func next(message: String, on day: Day) throws(GitError) -> ObjectID {
    var gone: [ObjectID: ObjectID?] = [:]
    for (id, action) in actions {
      switch action {
      case .kept: break
      case .superseded, .vanished: gone[id] = .some(nil)
      case .summarized(let line): gone[id] = try ObjectID(hashing: line.bytes)
      }
    }
    let prunes = try Tombstones(of: notes)
    let all = try prunes.adding(gone, on: day, to: notes)
    var files = all.changes(to: prunes)
    let remarks = try Remarks(of: notes)
    if !remarks.isEmpty {
      let copies = try remarks.copies(following: all.lines(in: notes), in: notes)
      files.merge(copies.mapValues(\.self)) { $1 }
    }
    return try notes.next(changing: changes, foreign: files, parents: [], message: message)
  }
}
