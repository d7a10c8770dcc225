package import Git
package import Measurements

/// The runs that one machine recorded of one suite for the content that is judged.
package struct RecordedPart: Hashable, Sendable {
  package let suite: String
  /// The machine; nil for runs that name none.
  package let environment: Environment?
  /// All numbers of the part, pooled.
  package let pool: PooledRuns
  /// True if the whole suite was measured.
  package let isWhole: Bool
  /// The runs, newest first.
  let runs: [StoredRun]

  /// Pools the runs of a part.
  ///
  /// - Parameter runs: The runs of one suite and machine, newest first, at least one.
  package init(_ runs: [StoredRun]) {
    self.runs = runs
    suite = runs[0].run.suite
    environment = runs[0].run.environment
    pool = PooledRuns(all: runs)
    isWhole = runs.map(\.run).isWhole
  }

  package var group: RunGroup { RunGroup(suite: suite, machine: environment?.key) }
}

/// All runs that were recorded for the content of a commit.
package struct Recordings: Sendable {
  package let commit: Commit
  /// The parts, sorted by suite and machine.
  package let parts: [RecordedPart]
  /// Lines in the notes of the commit and of its tree that may be runs.
  package let unreadable: [UnreadableLine]
  /// Earlier commits with the same relevant content, whose numbers count for this commit.
  package let lenders: [Commit]
  /// The commit where a shallow clone ends before it is known if earlier commits have numbers for
  /// this commit, which has none of its own; nil if nothing can be hidden.
  package let cut: ObjectID?
}

extension BaselineSearch {
  /// Returns the runs of a commit, of its tree, and of the commits before it that differ only in
  /// content that cannot change a measurement.
  package mutating func recordings(of commit: Commit) throws(HistoryError) -> Recordings {
    let own = try index.contents(of: commit)
    var entries = own.entries
    var unreadable = own.unreadable
    var lenders: [Commit] = []
    // Lines are long, so they are compared only if an earlier commit has the same content.
    var seen: Set<RunLine>?
    var apart: Set<String> = []
    var walk = CommitWalk(from: commit, in: repository)
    var suites = Set(entries.map(\.header.suite)).union([Run.defaultSuite])
    for place in 1...Self.mostLenders {
      guard let lender = try walk.commit(at: place) else { break }
      var isNear = false
      let contents = try index.contents(of: lender)
      let lent = contents.entries
      suites.formUnion(lent.map(\.header.suite))
      for suite in suites.subtracting(apart) {
        if try content.holds(lender.tree, commit.tree, for: suite) {
          isNear = true
        } else {
          apart.insert(suite)
        }
      }
      guard isNear else { break }
      var known = seen ?? Set(entries.map(\.line))
      let taken = lent.filter { !apart.contains($0.header.suite) && known.insert($0.line).inserted }
      seen = known
      if !taken.isEmpty { lenders.append(lender) }
      entries += taken
      // Unreadable lines here may be numbers of the candidate, too.
      unreadable += contents.unreadable.filter { line in
        !(line.suite.map(apart.contains) ?? false) && !unreadable.contains { $0.isSame(as: line) }
      }
    }
    let parts = try parts(of: entries, at: commit, &unreadable)
    return Recordings(
      commit: commit, parts: parts, unreadable: unreadable, lenders: lenders,
      cut: parts.isEmpty ? walk.cut : nil)
  }

  /// The most earlier commits whose numbers can count for a commit. Longer sequences of commits
  /// that change only documentation are not expected.
  static var mostLenders: Int { 50 }

  private mutating func parts(
    of entries: [RunEntry], at commit: Commit, _ unreadable: inout [UnreadableLine]
  ) throws(HistoryError) -> [RecordedPart] {
    var parts: [RecordedPart] = []
    for entries in Dictionary(grouping: entries, by: \.header.group).values {
      let (runs, broken) = try read(index.ordered(entries, at: commit), of: commit)
      unreadable += broken
      if !runs.isEmpty { parts.append(RecordedPart(runs)) }
    }
    return parts.sorted {
      ($0.suite, $0.environment?.key ?? "") < ($1.suite, $1.environment?.key ?? "")
    }
  }

  /// Reads the runs of entries. If there are more than 10,000, only the newest are read.
  mutating func read(
    _ entries: [RunEntry], of commit: Commit
  ) throws(HistoryError) -> (runs: [StoredRun], unreadable: [UnreadableLine]) {
    if entries.count > Self.mostRuns {
      index.warn(
        "of \(entries.count) runs of \(commit.id.short) the newest \(Self.mostRuns) are read")
    }
    var runs: [StoredRun] = []
    var unreadable: [UnreadableLine] = []
    for entry in entries.prefix(Self.mostRuns) {
      switch try index.run(of: entry, at: commit) {
      case .success(let run): runs.append(run)
      case .failure(let broken): unreadable.append(broken.line)
      }
    }
    return (runs, unreadable)
  }

  private static var mostRuns: Int { 10_000 }
}

extension BaselineSearch {
  /// True if two commits hold the same content, as far as any of the given suites is concerned.
  /// Without suites, the default suite counts.
  package mutating func isSame(
    _ a: Commit, _ b: Commit, suites: Set<String>
  ) throws(HistoryError) -> Bool {
    for suite in suites.isEmpty ? [Run.defaultSuite] : suites.sorted() {
      guard try content.holds(a.tree, b.tree, for: suite) else { return false }
    }
    return true
  }

  /// The suites of the last ten recorded commits, each with the nearest commit that has it.
  package mutating func suites(from start: WalkStart) throws(HistoryError) -> [String: Commit] {
    guard let first = start.first else { return [:] }
    var suites: [String: Commit] = [:]
    var walk = CommitWalk(from: first, in: repository)
    var (place, recorded) = (0, 0)
    while recorded < 10, place < settings.mostRecorded, let commit = try walk.commit(at: place) {
      place += 1
      let there = Set(try index.contents(of: commit).entries.map(\.header.suite))
      if !there.isEmpty { recorded += 1 }
      for suite in there where suites[suite] == nil { suites[suite] = commit }
    }
    return suites
  }
}
