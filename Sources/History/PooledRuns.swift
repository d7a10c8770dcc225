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

  /// Creates a stored run from a file, with the id that it would have in a note.
  package init(_ record: RunRecord) throws(HistoryError) {
    self.init(id: try RunLine(record).id(), run: record.run)
  }

  /// Creates a stored run from the file of another tool, which is not a line of any note.
  ///
  /// - Parameter name: The name that distinguishes the file from others.
  package init(_ run: Run, ofFile name: String) {
    let digits = name.utf8.fingerprint
    guard let id = ObjectID(digits + digits + "0000000f") else {
      preconditionFailure("forty digits of which one is not zero")
    }
    self.init(id: id, run: run)
  }

  /// Creates a stored run from a run that was just made.
  package init(_ run: Run) throws(HistoryError) {
    self.init(id: try RunLine(run).id(), run: run)
  }
}

/// The runs of one suite and machine that count together.
package struct PooledRuns: Hashable, Sendable {
  /// The runs that contribute to ``series`` or ``failures``, newest first.
  package let runs: [StoredRun]
  package let series: [Series]
  /// The failures that no later successful measurement answers.
  package let failures: [Failure]
  /// The failures that a later successful measurement answers.
  package let answered: [AnsweredFailure]

  /// The machine that measured the runs.
  package var environment: Environment? { runs.first?.run.environment }

  package var ids: Set<ObjectID> { Set(runs.map(\.id)) }

  /// Pools all runs; each import counts once.
  ///
  /// - Parameter runs: The runs, newest first.
  package init(all runs: [StoredRun]) { self.init(runs.withoutRepeatedImports, mostRuns: .max) }

  /// Pools the runs that a candidate is compared with: the newest five runs of each series. Five
  /// runs are enough for any test and few enough to exclude former states of the machine. Runs of
  /// other benchmarks displace none.
  ///
  /// - Parameter runs: The runs, newest first.
  package init(baseline runs: [StoredRun]) {
    self.init(runs.withoutRepeatedImports, mostRuns: 5)
  }

  private init(_ runs: [StoredRun], mostRuns: Int) {
    let mayTakeAll = runs.count <= mostRuns
    var taken: [Series.ID: Int] = [:]
    var contributing: [StoredRun] = []
    var series: [Series] = []
    let failures = FailureHistory(runs)
    for (place, stored) in runs.enumerated() {
      let newest =
        mayTakeAll
        ? stored.run.series : stored.run.series.filter { taken[$0.id, default: 0] < mostRuns }
      if !mayTakeAll { for one in newest { taken[one.id, default: 0] += 1 } }
      if !newest.isEmpty || failures.open.contains(where: { $0.place == place }) {
        contributing.append(stored)
      }
      series += newest
    }
    self.runs = contributing
    self.series = series.pooled()
    self.failures = failures.open.map(\.failure)
    answered = failures.answered
  }
}

extension [StoredRun] {
  /// The runs without repeated imports. The same bytes imported repeatedly for one commit count
  /// once. Series that only one import has, under other names or labels, are kept.
  fileprivate var withoutRepeatedImports: [StoredRun] {
    guard count > 1, contains(where: { $0.run.imported != nil }) else { return self }
    var seen: [String: Set<Series.ID>] = [:]
    return filter { stored in
      guard let digest = stored.run.imported, !stored.run.series.isEmpty else { return true }
      let ids = Set(stored.run.series.map(\.id))
      let isRepeated = ids.isSubset(of: seen[digest] ?? [])
      seen[digest, default: []].formUnion(ids)
      return !isRepeated
    }
  }

  /// The runs from a file that belong to one suite and one machine, newest first. The machine is
  /// the wanted one if the file has it, otherwise the one that measured last.
  package func chosen(suite: String, machine: String?) -> [StoredRun] {
    let newest = filter { $0.run.suite == suite }
      .sorted { Timestamp.isLater($0.run.recordedAt, than: $1.run.recordedAt) }
    let keys = newest.map(\.run.environment?.key)
    let key = machine != nil && keys.contains(machine) ? machine : keys.first ?? nil
    return newest.filter { $0.run.environment?.key == key }
  }
}
