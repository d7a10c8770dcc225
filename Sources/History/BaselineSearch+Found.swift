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
}
