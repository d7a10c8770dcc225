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

  /// What another tool's file holds, which is no line of any note.
  ///
  /// - Parameter name: By which the file is told from others.
  package init(_ run: Run, ofFile name: String) {
    let digits = name.utf8.fingerprint
    guard let id = ObjectID(digits + digits + "0000000f") else {
      preconditionFailure("forty digits of which one is not zero")
    }
    self.init(id: id, run: run)
  }

  /// A run that was just made.
  package init(_ run: Run) throws(HistoryError) {
    self.init(id: try RunLine(run).id(), run: run)
  }
}

/// Runs of one suite and machine that count together.
package struct PooledRuns: Hashable, Sendable {
  /// Those that any of ``series`` and ``failures`` is from, newest first.
  package let runs: [StoredRun]
  package let series: [Series]
  /// What failed and was not measured well since.
  package let failures: [Failure]
  /// What failed, and was measured well later.
  package let answered: [AnsweredFailure]

  /// The machine that measured them.
  package var environment: Environment? { runs.first?.run.environment }

  package var ids: Set<ObjectID> { Set(runs.map(\.id)) }

  /// All evidence there is, each import once.
  ///
  /// - Parameter runs: Newest first.
  package init(all runs: [StoredRun]) { self.init(runs.withoutRepeatedImports, mostRuns: .max) }

  /// What later numbers are compared with: of each series the newest five runs, enough for any test and
  /// few enough that old habits of a machine do not linger; runs of other benchmarks push out none.
  ///
  /// - Parameter runs: Newest first.
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
  /// The same bytes imported for one commit are one piece of evidence, however often they were; what
  /// was read of them only once, under other names or labels, is kept.
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
