package import Git
package import Measurements

/// A run and the id of the line that holds it.
package struct StoredRun: Hashable, Sendable {
  package let id: ObjectID
  package let run: Run
}

/// The runs of one commit that are judged together.
package struct Selection: Hashable, Sendable {
  package let commit: Commit
  /// At most the newest five, newest first; never empty.
  package let runs: [StoredRun]

  /// The machine of the newest run.
  package var environment: Environment? { runs.first?.run.environment }
}

/// What to compare with, and how it was found.
package struct Baseline: Hashable, Sendable {
  package enum Rule: String, Hashable, Sendable {
    /// The user named it.
    case against
    /// A run that was measured together with the candidate.
    case session
    /// The commit where the candidate left the base branch, or one before it.
    case mergeBase = "merge-base"
    /// The candidate is on the base branch, so the commit before it, or one before that.
    case firstParent = "first-parent"
  }

  /// A commit on the way that could not serve.
  package struct Skipped: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      case noRuns
      case otherSuite([String])
      case otherEnvironment([Environment.Difference])
      case unreadable
    }

    package let commit: ObjectID
    package let reason: Reason
  }

  package let rule: Rule
  package let selection: Selection
  /// First-parent steps from where the search began; nil when nothing was searched.
  package let distance: Int?
  package let skipped: [Skipped]
}
