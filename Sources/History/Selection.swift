package import Git
package import Measurements

/// A run and the id of the line that holds it.
package struct StoredRun: Hashable, Sendable {
  package let id: ObjectID
  package let run: Run

  init(id: ObjectID, run: Run) {
    self.id = id
    self.run = run
  }

  /// A run from a file, with the id that it would have in a note.
  package init(_ record: RunRecord) throws(HistoryError) {
    self.init(id: try RunLine(record).id(), run: record.run)
  }

  /// A run that was just made.
  package init(_ run: Run) throws(HistoryError) {
    self.init(id: try RunLine(run).id(), run: run)
  }
}

/// Runs that are judged together, all of one machine.
package struct Pool: Hashable, Sendable {
  /// Those that any of ``series`` and ``failures`` is from, newest first.
  package let runs: [StoredRun]
  /// Each with its newest five runs' rounds: runs of other benchmarks push out none.
  package let series: [Series]
  /// The benchmarks that failed when they were last tried.
  package let failures: [Failure]

  /// - Parameter runs: Newest first.
  package init(_ runs: [StoredRun]) {
    // Of a single one, as most are, nothing has to be told apart.
    if runs.count == 1 {
      let run = runs[0].run
      self.runs = run.series.isEmpty && run.failures.isEmpty ? [] : runs
      series = run.series.pooled()
      failures = run.failures
      return
    }
    var taken: [Series.ID: Int] = [:]
    var contributing: [StoredRun] = []
    var series: [Series] = []
    var failures: [Failure] = []
    // What failed without a name is of the run as a whole, and so tried again by every newer one.
    var tried: Set<Benchmark?> = []
    let hasFailures = runs.contains { !$0.run.failures.isEmpty }
    for stored in runs {
      let newest = stored.run.series.filter { taken[$0.id, default: 0] < Self.size }
      let failed = stored.run.failures.filter { !tried.contains($0.benchmark) }
      for one in newest { taken[one.id, default: 0] += 1 }
      if !newest.isEmpty || !failed.isEmpty { contributing.append(stored) }
      if hasFailures {
        tried.formUnion([nil] + stored.run.series.map(\.benchmark) + failed.map(\.benchmark))
      }
      series += newest
      failures += failed
    }
    self.runs = contributing
    self.series = series.pooled()
    self.failures = failures
  }

  /// The machine that measured them.
  package var environment: Environment? { runs.first?.run.environment }

  /// How many runs give a series its rounds: enough for any test, and few enough that old habits of a
  /// machine do not linger.
  private static let size = 5
}

/// The runs of one commit that are judged together.
package struct Selection: Hashable, Sendable {
  package let commit: Commit
  /// Without any run where a pair was measured and this side had nothing to launch.
  package let pool: Pool

  /// - Parameter runs: Newest first.
  init(commit: Commit, runs: [StoredRun]) {
    self.commit = commit
    pool = Pool(runs)
  }

  package var runs: [StoredRun] { pool.runs }
  package var environment: Environment? { pool.environment }

  var ids: Set<ObjectID> { Set(runs.map(\.id)) }
}

extension [StoredRun] {
  /// Of runs from a file those of one suite and one machine, newest first: of the machine that is
  /// wanted, or of the one that measured last.
  package func chosen(suite: String, machine: String?) -> [StoredRun] {
    let newest = filter { $0.run.suite == suite }
      .sorted { Timestamp.isLater($0.run.recordedAt, than: $1.run.recordedAt) }
    let keys = newest.map(\.run.environment?.key)
    let key = machine != nil && keys.contains(machine) ? machine : keys.first ?? nil
    return newest.filter { $0.run.environment?.key == key }
  }
}

/// The runs under judgement.
package struct Candidate: Hashable, Sendable {
  /// With the commit that was measured, or that the measured work tree stood on.
  package let selection: Selection
  /// Whether the content of that commit was measured, and not changes on top of it.
  package let isCommitted: Bool

  package var commit: Commit { selection.commit }
  package var runs: [StoredRun] { selection.runs }
  package var environment: Environment? { selection.environment }
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
      /// It has runs of these suites only.
      case otherSuite([String])
      /// No differences are listed where one of the two names no machine.
      case otherEnvironment([Environment.Difference])
      /// It has the content of the candidate and no numbers but the candidate's own.
      case sameContent
      /// Nothing could be launched there, as of benchmarks that are newer.
      case noNumbers
      /// The gate has refused its runs.
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
  package let selection: Selection
  /// First-parent steps from where the search began; nil when nothing was searched.
  package let distance: Int?
  package let skipped: [Skipped]
}
