package import Git
package import Measurements

/// The runs in the notes of commits and trees; each note is read once.
///
/// The runs of a commit are those in its own note and in the note of its tree. Commits with the
/// same content share the note of the tree, for example after a squash, rebase, amend or
/// cherry-pick.
package struct RunIndex {
  package let store: RunStore
  /// The latest time that is believed. A run with a later time counts as the oldest.
  private let latest: Timestamp?
  /// Warnings about skipped lines and similar problems, one sentence each.
  package private(set) var warnings: [String] = []
  /// The marks in the notes that were read so far.
  private(set) var marks = MarkTable()
  /// The contents of notes by the blobs of a note, because the notes of a commit and of its tree
  /// are mostly equal.
  private var known: [[ObjectID]: NoteContents] = [:]
  private var merged: [Commit: NoteContents] = [:]

  /// Creates an index of the runs in a store.
  ///
  /// - Parameter latest: The latest time that is believed, one day from now; nil if every clock is
  ///   believed.
  package init(_ store: RunStore, latest: Timestamp? = nil) {
    self.store = store
    self.latest = latest
  }

  var repository: Repository { store.repository }

  /// The contents of the notes of a commit and of its tree, newest first.
  package mutating func contents(of commit: Commit) throws(HistoryError) -> NoteContents {
    if let contents = merged[commit] { return contents }
    let blobs = (own: try store.blobs(of: commit.id), shared: try store.blobs(of: commit.tree))
    var contents = try contents(in: commit.id, blobs.own, of: commit)
    if blobs.own != blobs.shared {
      contents.add(try self.contents(in: commit.tree, blobs.shared, of: commit))
    }
    for line in contents.unreadable where line.isOfNote {
      warn("\(line.description); it is kept, not used")
    }
    contents.entries = contents.entries.filter { isOfContent($0, commit) }
    for entry in contents.entries { tellFuture(of: entry.header, at: commit) }
    contents.entries = try ordered(contents.entries, at: commit)
    merged[commit] = contents
    return contents
  }

  /// True if a run measured the content of the commit. The note of a pull request's head also has
  /// runs of its merges.
  private mutating func isOfContent(_ entry: RunEntry, _ commit: Commit) -> Bool {
    guard let tree = entry.header.tree, tree != commit.tree.description else { return true }
    warn("a run of \(commit.id.short) measured other content, such as a merge of it")
    return false
  }

  mutating func warn(_ warning: String) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }
}

extension RunIndex {
  private mutating func contents(
    in object: ObjectID, _ blobs: [ObjectID], of commit: Commit
  ) throws(HistoryError) -> NoteContents {
    if let contents = known[blobs] { return contents }
    var contents = NoteContents()
    var marking: [RunHeader] = []
    for place in try lines(of: object, &contents) {
      let (number, line) = (place.number, place.line)
      do {
        let header = try line.header()
        guard header.version <= Run.version else {
          contents.unreadable.append(
            unreadable(line, number, object, "was written by a newer version (\(header.version))"))
          continue
        }
        if header.isMarking { marking.append(header) }
        if header.isMeasurement {
          let blob = place.isWholeNote && blobs.count == 1 ? blobs[0] : nil
          contents.entries.append(RunEntry(line: line, header: header, blob: blob))
        }
      } catch {
        contents.unreadable.append(unreadable(line, number, object, "is unreadable (\(error))"))
      }
    }
    for header in marking { try read(marksOf: header, beside: contents.entries, of: commit) }
    known[blobs] = contents
    return contents
  }

  /// Reads the marks in a note whose commit is not known.
  mutating func readMarks(of object: ObjectID) throws(HistoryError) {
    let place = Commit(id: object, tree: object)
    _ = try contents(in: object, store.blobs(of: object), of: place)
  }

  /// The lines of a note. A note that is too large yields one unreadable line.
  private mutating func lines(
    of object: ObjectID, _ contents: inout NoteContents
  ) throws(HistoryError) -> [NoteLine] {
    do {
      return try store.lines(of: object)
    } catch .git(let error) where error.kind == .tooLarge {
      warn("\(error); it is kept, not used")
      contents.unreadable.append(
        UnreadableLine(
          object: object, number: 0, reason: "\(error)", suite: nil, machine: nil, line: nil,
          isOutlined: false))
      return []
    }
  }

  private func unreadable(
    _ line: RunLine, _ number: Int, _ object: ObjectID, _ reason: String
  ) -> UnreadableLine {
    let outline = RunOutline(line.bytes)
    return UnreadableLine(
      object: object, number: number, reason: reason, suite: outline?.suite,
      machine: outline?.machine, line: line, isOutlined: outline?.suite != nil)
  }

  private mutating func read(
    marksOf header: RunHeader, beside entries: [RunEntry], of commit: Commit
  ) throws(HistoryError) {
    let time = believed(header.recordedAt)
    for mark in header.marks { marks.add(mark, isLifted: false, at: time) }
    for mark in header.unmarks { marks.add(mark, isLifted: true, at: time) }
    guard !header.rejects.isEmpty else { return }
    // Older versions refused whole runs. Such an entry stands for all series of the run.
    let rejected = try store.successors(of: header.rejects.compactMap(ObjectID.init))
    for entry in entries {
      guard rejected.contains(try entry.id()), let run = try? entry.line.run() else {
        continue
      }
      marks.add(
        Mark(
          tree: run.tree ?? commit.tree.description, suite: run.suite,
          series: run.series.map(\.id), against: nil), isLifted: false, at: time)
    }
  }
}

extension RunIndex {
  /// Reads the numbers of an entry, or returns the line with the reason why they cannot be read.
  ///
  /// - Parameter names: The benchmarks that are wanted; nil for all.
  mutating func run(
    of entry: RunEntry, at commit: Commit, only names: Set<String>? = nil
  ) throws(HistoryError) -> Result<StoredRun, UnreadableRun> {
    let id = try entry.id()
    do {
      let run = try names.map(entry.line.run(only:)) ?? entry.line.run()
      return .success(StoredRun(id: id, run: run))
    } catch {
      warn("run \(id.short) of \(commit.id.short) is unreadable (\(error)); it is kept, not used")
      return .failure(
        UnreadableRun(
          line: UnreadableLine(
            object: commit.id, number: 0, reason: "run \(id.short) is unreadable (\(error))",
            suite: entry.header.suite, machine: entry.header.environment?.key, line: entry.line,
            isOutlined: RunOutline(entry.line.bytes) != nil)))
    }
  }
}

/// A run whose header was understood and whose numbers were not.
struct UnreadableRun: Error {
  let line: UnreadableLine
}

extension RunIndex {
  /// Sorts entries by time, newest first. The time of a run is never before that of the commit that
  /// was measured. Runs of equal times always have the same order.
  func ordered(
    _ entries: [RunEntry], at commit: Commit
  ) throws(HistoryError) -> [RunEntry] {
    guard entries.count > 1 else { return entries }
    var timed: [(entry: RunEntry, time: Timestamp?)] = []
    for entry in entries { timed.append((entry, try time(of: entry.header, at: commit))) }
    return timed.sorted { a, b in
      guard a.time == b.time else { return Timestamp.isLater(a.time, than: b.time) }
      return a.entry.line.bytes.lexicographicallyPrecedes(b.entry.line.bytes)
    }.map(\.entry)
  }

  /// The time of a recording; nil if its clock is not believed, which makes the run the oldest.
  private func time(of header: RunHeader, at commit: Commit) throws(HistoryError) -> Timestamp? {
    guard let recorded = believed(header.recordedAt) else { return nil }
    var measured = commit
    if let id = header.commit, id != commit.id.description {
      measured = (try? repository.commitIfPresent(id)) ?? commit
    }
    let seconds = try git(try repository.time(of: measured))
    guard let committed = Timestamp(secondsSince1970: seconds) else { return recorded }
    return max(recorded, committed)
  }

  /// True if the clock of a run can be believed, or if the run has no time.
  func believes(_ header: RunHeader) -> Bool {
    header.recordedAt == nil || believed(header.recordedAt) != nil
  }

  private func believed(_ time: Timestamp?) -> Timestamp? {
    guard let time, let latest else { return time }
    return time <= latest ? time : nil
  }

  private mutating func tellFuture(of header: RunHeader, at commit: Commit) {
    guard let time = header.recordedAt, believed(time) == nil else { return }
    warn("a run of \(commit.id.short) is of the future (\(time)): it counts as the oldest")
  }
}
