package import Git
import Measurements

/// Finds the runs to judge and the runs to judge them by.
package struct BaselineSearch {
  private let repository: Repository
  private let suite: String
  /// Whether runs of other machines may be compared.
  private let anyEnvironment: Bool
  /// How many first-parent steps to look back.
  private let maxDistance: Int
  private var shelf: Shelf

  package init(
    _ store: RunStore, suite: String, anyEnvironment: Bool, maxDistance: Int
  ) {
    repository = store.repository
    self.suite = suite
    self.anyEnvironment = anyEnvironment
    self.maxDistance = maxDistance
    shelf = Shelf(store)
  }

  /// Sentences about lines of notes that were passed over.
  package var warnings: [String] { shelf.warnings }

  /// The runs of the commit under judgement: those of this machine where there are any, else those
  /// of the machine of the newest run.
  ///
  /// - Parameter machine: The key of the machine that asks.
  /// - Throws: ``HistoryError/noRuns(of:suites:)`` when there is nothing to judge.
  package mutating func candidate(
    _ commit: Commit, machine: String?
  ) throws(HistoryError) -> Selection {
    let entries = try shelf.entries(of: commit) { $0.suite == suite }
    let keys = entries.map(\.header.environment?.key)
    let key = keys.contains(machine) ? machine : keys.first ?? nil
    let chosen = entries.filter { anyEnvironment || $0.header.environment?.key == key }
    guard let selection = try shelf.read(chosen, of: commit) else {
      throw .noRuns(of: commit, suites: try suites(of: commit))
    }
    return selection
  }

  /// The runs of a commit that the user named as the baseline.
  package mutating func baseline(
    against commit: Commit, for candidate: Selection
  ) throws(HistoryError) -> Found {
    switch try look(at: commit, for: candidate) {
    case .shared(let found):
      return found
    case .comparable(let selection):
      let baseline = Baseline(rule: .against, selection: selection, distance: nil, skipped: [])
      return Found(candidate: candidate, baseline: baseline)
    case .skipped(let skipped):
      throw .noBaseline([skipped])
    }
  }

  /// The baseline that the rules choose: a run of the candidate's session, else the nearest
  /// comparable run on the way from the merge-base with the base branch back.
  package mutating func baseline(
    for candidate: Selection, base: Commit
  ) throws(HistoryError) -> Found {
    let start = try start(from: candidate.commit, base: base)
    var nearest: Baseline?
    var skipped: [Baseline.Skipped] = []
    var next = start.commit
    var distance = start.distance
    while let commit = next, distance <= maxDistance {
      switch try look(at: commit, for: candidate) {
      case .shared(let found):
        return found
      case .comparable(let selection) where nearest == nil:
        nearest = Baseline(
          rule: start.rule, selection: selection, distance: distance, skipped: skipped)
      case .comparable: break
      case .skipped(let reason): skipped.append(reason)
      }
      next = try parent(of: commit, mayEnd: nearest != nil)
      distance += 1
    }
    guard let nearest else { throw .noBaseline(skipped) }
    return Found(candidate: candidate, baseline: nearest)
  }
}

extension BaselineSearch {
  /// Both sides of a comparison.
  package struct Found: Hashable, Sendable {
    /// The candidate's runs, or of these the ones in the shared session.
    package let candidate: Selection
    package let baseline: Baseline
  }

  private enum Look {
    case shared(Found)
    case comparable(Selection)
    case skipped(Baseline.Skipped)
  }

  private mutating func look(
    at commit: Commit, for candidate: Selection
  ) throws(HistoryError) -> Look {
    let entries = try shelf.entries(of: commit) { $0.suite == suite }
    if commit.id != candidate.commit.id, let found = try shared(entries, commit, candidate) {
      return .shared(found)
    }
    let key = candidate.environment?.key
    let comparable = entries.filter { anyEnvironment || $0.header.environment?.key == key }
    if let selection = try shelf.read(comparable, of: commit) { return .comparable(selection) }
    let reason = try reason(for: commit, entries, hadComparable: !comparable.isEmpty, candidate)
    return .skipped(Baseline.Skipped(commit: commit.id, reason: reason))
  }

  /// Runs that were measured together with the candidate are judged alone.
  private mutating func shared(
    _ entries: [Shelf.Entry], _ commit: Commit, _ candidate: Selection
  ) throws(HistoryError) -> Found? {
    let sessions = candidate.runs.compactMap(\.run.session)
    let here = Set(entries.compactMap(\.header.session))
    guard let session = sessions.first(where: { here.contains($0) }) else { return nil }
    let old = entries.filter { $0.header.session == session }
    guard let selection = try shelf.read(old, of: commit) else { return nil }
    let new = candidate.runs.filter { $0.run.session == session }
    return Found(
      candidate: Selection(commit: candidate.commit, runs: new),
      baseline: Baseline(rule: .session, selection: selection, distance: nil, skipped: []))
  }

  private mutating func reason(
    for commit: Commit, _ entries: [Shelf.Entry], hadComparable: Bool, _ candidate: Selection
  ) throws(HistoryError) -> Baseline.Skipped.Reason {
    if hadComparable { return .unreadable }
    if let other = entries.first?.header.environment, let own = candidate.environment {
      return .otherEnvironment(own.differences(from: other))
    }
    let suites = try suites(of: commit)
    return suites.isEmpty ? .noRuns : .otherSuite(suites)
  }

  private mutating func suites(of commit: Commit) throws(HistoryError) -> [String] {
    Set(try shelf.entries(of: commit) { _ in true }.map(\.header.suite)).sorted()
  }

  /// Where the walk begins: at the merge-base, or behind a candidate that the base branch contains.
  private func start(
    from candidate: Commit, base: Commit
  ) throws(HistoryError) -> (commit: Commit?, rule: Baseline.Rule, distance: Int) {
    guard let fork = try mergeBase(candidate.id, base.id) else {
      throw .unrelated(candidate.id, base.id)
    }
    guard fork.id == candidate.id else { return (fork, .mergeBase, 0) }
    return (try parent(of: candidate, mayEnd: false), .firstParent, 1)
  }

  private func mergeBase(_ a: ObjectID, _ b: ObjectID) throws(HistoryError) -> Commit? {
    do {
      if let base = try repository.mergeBase(a, b) { return base }
    } catch {
      guard repository.isShallow, error.kind == .notFound else { throw .git(error) }
    }
    if repository.isShallow { throw .shallow(at: a) }
    return nil
  }

  /// - Parameter mayEnd: Whether the edge of a shallow clone is an end like any other, because what
  ///   was looked for is found.
  private func parent(of commit: Commit, mayEnd: Bool) throws(HistoryError) -> Commit? {
    do {
      return try repository.firstParent(of: commit.id)
    } catch {
      guard repository.isShallow, error.kind == .notFound else { throw .git(error) }
      if mayEnd { return nil }
      throw .shallow(at: commit.id)
    }
  }
}
