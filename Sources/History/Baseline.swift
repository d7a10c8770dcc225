package import Git
package import Measurements

/// Numbers to compare with, and how they were found.
package struct Baseline: Hashable, Sendable {
  package enum Rule: String, Hashable, Sendable {
    /// The user named it.
    case against
    /// Runs that were measured in turns with the candidate.
    case session
    /// The commit where the candidate left the base branch, or one before it.
    case mergeBase = "merge-base"
    /// The candidate is on the base branch, so the commit before it, or one before that.
    case firstParent = "first-parent"
    /// What a marked commit was refused against.
    case mark
  }

  /// A commit on the way that has no number that serves.
  package struct Skipped: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      case noRuns
      /// It has runs of these suites only.
      case otherSuite([String])
      /// No differences are listed where one of the two names no machine.
      case otherEnvironment([Environment.Difference])
      /// It has the content of the candidate and no numbers but the candidate's own.
      case sameContent
      /// Nothing could be launched there, as of benchmarks that are newer.
      case noNumbers
      /// The gate has refused its numbers.
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
  /// First-parent steps from the candidate's place on the base branch; nil where nothing was searched.
  package let distance: Int?

  package var environment: Environment? { runs.first?.run.environment }
}
