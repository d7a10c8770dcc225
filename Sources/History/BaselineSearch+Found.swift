import Git
import Measurements

extension BaselineSearch {
  /// Both sides of a comparison.
  package struct Found: Hashable, Sendable {
    /// The candidate with its runs, or of these the ones in the shared session.
    package let candidate: Candidate
    package let baseline: Baseline
  }
}

extension BaselineSearch.Found {
  /// Whether both sides have the same content, so that nothing but noise can differ.
  package var hasSameContent: Bool {
    candidate.isCommitted && candidate.commit.tree == baseline.selection.commit.tree
  }

  /// Whether a run stands on both sides: the candidate has the content of a measured commit and no
  /// numbers of its own.
  package var hasSameRuns: Bool {
    !candidate.selection.ids.isDisjoint(with: baseline.selection.ids)
  }

  /// The session in which all runs of both sides were measured together; nil where there is none.
  package var session: String? {
    let sessions = Set((candidate.runs + baseline.selection.runs).map(\.run.session))
    return sessions.count == 1 && !hasSameRuns ? sessions.first ?? nil : nil
  }
}
