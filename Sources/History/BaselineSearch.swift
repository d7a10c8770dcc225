package import Git
import Measurements

/// Finds the runs to judge and the runs to judge them by.
///
/// All runs of a side are of one machine: numbers of two are no sample of either.
package struct BaselineSearch {
  let repository: Repository
  let suite: String
  /// Whether runs of other machines may be compared.
  let anyEnvironment: Bool
  /// How many first-parent steps to look back.
  let maxDistance: Int
  var shelf: Shelf
  private var remarks: [String] = []

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
  package var warnings: [String] { shelf.warnings + remarks }

  /// The runs of the commit under judgement: those of this machine where there are any, else those
  /// of the machine of the newest run.
  ///
  /// - Parameter machine: The key of the machine that asks.
  /// - Throws: ``HistoryError/noRuns(of:suites:)`` when there is nothing to judge.
  package mutating func candidate(
    _ commit: Commit, machine: String?
  ) throws(HistoryError) -> Candidate {
    if let machine, let selection = try selection(of: commit, machine: machine) {
      // Others of a name are judged where they are; nobody is there for those without.
      try warn(of: machines(of: commit).filter { $0 == nil }, at: commit)
      return Candidate(selection: selection, isCommitted: true)
    }
    guard let selection = try newestSelection(of: commit) else {
      throw .noRuns(of: commit, suites: try otherSuites(of: commit))
    }
    let key = selection.environment?.key
    try warn(of: machines(of: commit).filter { $0?.key != key }, at: commit)
    return Candidate(selection: selection, isCommitted: true)
  }

  private mutating func warn(of machines: [Environment?], at commit: Commit) {
    guard !machines.isEmpty else { return }
    let names = machines.map { machine in
      guard let machine else { return "one that is not named" }
      let labels = machine.labels.isEmpty ? "" : " (\(machine.labels.text))"
      return machine.key + labels
    }
    remarks.append(
      "the runs of \(commit.id.short) from other machines are not judged: "
        + names.joined(separator: ", "))
  }

  /// Those that a commit has runs of, each once.
  private mutating func machines(of commit: Commit) throws(HistoryError) -> [Environment?] {
    var keys: Set<String?> = []
    return try shelf.entries(of: commit) { [suite] in $0.suite == suite }.map(\.header.environment)
      .filter { keys.insert($0?.key).inserted }
  }

  /// The same for runs from a file; they are committed when each of them names the commit, else
  /// they were measured with changes on top of it.
  ///
  /// - Parameters:
  ///   - commit: Where the search for a baseline begins: what the runs name, or HEAD where they name
  ///     nothing.
  ///   - home: What runs of it name; nil for the commit itself.
  /// - Throws: ``HistoryError/noRuns(of:suites:)`` when the file has none of the suite.
  package func candidate(
    _ runs: [StoredRun], on commit: Commit, of home: Commit? = nil, machine: String?
  ) throws(HistoryError) -> Candidate {
    let chosen = runs.chosen(suite: suite, machine: machine)
    guard !chosen.isEmpty else {
      throw .noRuns(of: commit, suites: Set(runs.map(\.run.suite)).sorted())
    }
    return Candidate(
      selection: Selection(commit: commit, runs: chosen),
      isCommitted: chosen.allSatisfy { $0.run.commit == (home ?? commit).id.description })
  }

  /// The runs of a commit that the user named as the baseline.
  package mutating func baseline(
    against commit: Commit, for candidate: Candidate
  ) throws(HistoryError) -> Found {
    if let found = try together(with: candidate, at: [commit], rule: .against) { return found }
    switch try look(at: commit, for: candidate, takesRejected: true) {
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
    for candidate: Candidate, base: Commit
  ) throws(HistoryError) -> Found {
    let trail = try Trail(of: candidate, base: base, in: repository, reach: maxDistance)
    let places = try placesOfSessions(candidate, base: base, trail)
    if let found = try together(with: candidate, at: places, rule: .session) { return found }
    var skipped: [Baseline.Skipped] = []
    for (steps, commit) in trail.commits.enumerated() {
      switch try look(at: commit, for: candidate) {
      case .comparable(let selection) where selection.runs.isEmpty:
        skipped.append(Baseline.Skipped(commit: commit.id, reason: .noNumbers))
      case .comparable(let selection):
        let baseline = Baseline(
          rule: trail.rule, selection: selection, distance: trail.start + steps, skipped: skipped)
        return Found(candidate: candidate, baseline: baseline)
      case .skipped(let reason): skipped.append(reason)
      }
    }
    if let cut = trail.cut { throw .shallow(at: cut) }
    throw .noBaseline(skipped)
  }
}

extension BaselineSearch {
  private enum Look {
    case comparable(Selection)
    case skipped(Baseline.Skipped)
  }

  private mutating func look(
    at commit: Commit, for candidate: Candidate, takesRejected: Bool = false
  ) throws(HistoryError) -> Look {
    let own = candidate.selection.ids
    let key = candidate.environment?.key
    if let selection = try selection(
      of: commit, machine: key, notLending: own, takesRejected: takesRejected)
    {
      return .comparable(selection)
    }
    if anyEnvironment,
      let selection = try newestSelection(
        of: commit, notLending: own, takesRejected: takesRejected)
    {
      return .comparable(selection)
    }
    let reason = try reason(for: commit, candidate)
    return .skipped(Baseline.Skipped(commit: commit.id, reason: reason))
  }

  /// The runs of one machine; a nil key is that of the runs that name none.
  ///
  /// - Parameter takesRejected: Whether what the gate has refused counts as well.
  private mutating func selection(
    of commit: Commit, machine: String?, notLending own: Set<ObjectID> = [],
    takesRejected: Bool = true
  ) throws(HistoryError) -> Selection? {
    let entries = try shelf.entries(of: commit, notLending: own) { [suite] in
      $0.suite == suite && $0.environment?.key == machine
    }
    let rejected = takesRejected ? [] : shelf.rejected
    return try shelf.read(entries.without(rejected), of: commit)
  }

  /// The runs of the machine that measured last, of those with a readable run.
  private mutating func newestSelection(
    of commit: Commit, notLending own: Set<ObjectID> = [], takesRejected: Bool = true
  ) throws(HistoryError) -> Selection? {
    let entries = try shelf.entries(of: commit, notLending: own) { [suite] in $0.suite == suite }
    var tried: Set<String?> = []
    for key in entries.map(\.header.environment?.key) where tried.insert(key).inserted {
      if let selection = try selection(
        of: commit, machine: key, notLending: own, takesRejected: takesRejected)
      {
        return selection
      }
    }
    return nil
  }
}

extension BaselineSearch {
  /// Why a commit could not serve.
  private mutating func reason(
    for commit: Commit, _ candidate: Candidate
  ) throws(HistoryError) -> Baseline.Skipped.Reason {
    let own = candidate.selection.ids
    let entries = try shelf.entries(of: commit, notLending: own) { [suite] in $0.suite == suite }
    let key = candidate.environment?.key
    let comparable = entries.filter { $0.header.environment?.key == key }
    let accepted = try comparable.without(shelf.rejected)
    if !comparable.isEmpty { return accepted.isEmpty ? .rejected : .unreadable }
    if let newest = entries.first {
      return .otherEnvironment(differences(candidate.environment, newest.header.environment))
    }
    if try !shelf.entries(of: commit, where: { [suite] in $0.suite == suite }).isEmpty {
      return .sameContent
    }
    let suites = try otherSuites(of: commit)
    guard suites.isEmpty else { return .otherSuite(suites) }
    return try shelf.hasLines(of: commit) ? .unreadable : .noRuns
  }

  private func differences(
    _ new: Environment?, _ old: Environment?
  ) -> [Environment.Difference] {
    guard let new, let old else { return [] }
    return new.differences(from: old)
  }

  private mutating func otherSuites(of commit: Commit) throws(HistoryError) -> [String] {
    let entries = try shelf.entries(of: commit) { [suite] in $0.suite != suite }
    return Set(entries.map(\.header.suite)).sorted()
  }
}
