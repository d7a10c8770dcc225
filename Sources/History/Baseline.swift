package import Git
package import Measurements

/// The numbers that a candidate is compared with, and the rule that found them.
package struct Baseline: Hashable, Sendable {
  package enum Rule: String, Hashable, Sendable {
    /// The user named the commit.
    case against
    /// The runs were measured in turns with the candidate's runs.
    case session
    /// The commit where the candidate left the base branch, or a commit before it.
    case mergeBase = "merge-base"
    /// The candidate is on the base branch: the baseline is the commit before it, or an earlier
    /// one.
    case firstParent = "first-parent"
    /// The baseline of a marked commit: the gate compared that commit with it and refused it.
    case mark
  }

  /// A commit on the walk that has no usable number.
  package struct Skipped: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      case noRuns
      /// The commit has runs of these other suites only.
      case otherSuite([String])
      /// The commit has runs of another machine only. The list is empty if one of the two machines
      /// is not named.
      case otherEnvironment([Environment.Difference])
      /// The commit has the content of the candidate and no numbers but the candidate's own.
      case sameContent
      /// No benchmark could be launched at this commit, for example because the benchmarks are
      /// newer.
      case noNumbers
      /// The gate has refused the numbers of this commit.
      case rejected
      case unreadable
    }

    package let commit: ObjectID
    package let reason: Reason

    package init(commit: ObjectID, reason: Reason) {
      self.commit = commit
      self.reason = reason
    }
  }

  package let rule: Rule
  package let commit: Commit
  package let runs: [StoredRun]
  /// The number of first-parent steps from the merge-base, or from the candidate if it is on the
  /// base branch; nil if there was no search.
  package let distance: Int?

  package var environment: Environment? { runs.first?.run.environment }
}
