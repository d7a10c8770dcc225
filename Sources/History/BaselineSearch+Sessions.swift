import Git
import Measurements

extension BaselineSearch {
  /// The first of some commits with runs that were measured together with the candidate; these are
  /// judged alone.
  ///
  /// Never the candidate with itself: not its own runs under another commit of the same content,
  /// and not its own commit, unless what was measured are changes on top of that.
  mutating func together(
    with candidate: Candidate, at commits: [Commit], rule: Baseline.Rule
  ) throws(HistoryError) -> Found? {
    for commit in commits where !(candidate.isCommitted && commit.id == candidate.commit.id) {
      for session in Self.sessions(of: candidate) {
        guard let old = try selection(of: commit, in: session, with: candidate) else { continue }
        return Found(
          candidate: candidate.narrowed(to: session),
          baseline: Baseline(rule: rule, selection: old, distance: nil, skipped: []))
      }
    }
    return nil
  }

  /// Where a run of the candidate's session may be: on the trail, at the tip of the base branch, or
  /// on the candidate's own branch, before the candidate.
  func placesOfSessions(
    _ candidate: Candidate, base: Commit, _ trail: Trail
  ) throws(HistoryError) -> [Commit] {
    guard candidate.runs.contains(where: { $0.run.session != nil }) else { return [] }
    let isOnBase = trail.rule == .firstParent || trail.commits.first == candidate.commit
    guard !isOnBase else { return trail.commits }
    let branch = try Trail(behind: candidate.commit, in: repository, reach: maxDistance)
    let walked = Set(trail.commits)
    return trail.commits + [base, candidate.commit] + branch.commits.prefix { !walked.contains($0) }
  }

  /// The candidate's sessions, that of its newest run first.
  private static func sessions(of candidate: Candidate) -> [String] {
    var seen: Set<String> = []
    return candidate.runs.compactMap(\.run.session).filter { seen.insert($0).inserted }
  }

  private mutating func selection(
    of commit: Commit, in session: String, with candidate: Candidate
  ) throws(HistoryError) -> Selection? {
    let own = candidate.selection.ids
    let key = candidate.environment?.key
    let entries = try shelf.entries(of: commit, notLending: own) { [suite] in
      $0.suite == suite && $0.session == session && $0.environment?.key == key
    }
    return try shelf.read(entries.without(own), of: commit)
  }
}

extension Candidate {
  /// Without the runs of other sessions.
  fileprivate func narrowed(to session: String) -> Candidate {
    let runs = runs.filter { $0.run.session == session }
    return Candidate(
      selection: Selection(commit: commit, runs: runs), isCommitted: isCommitted)
  }
}
