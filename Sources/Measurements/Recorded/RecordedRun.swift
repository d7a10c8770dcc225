/// A recorded run without its numbers.
///
/// It never changes and is shared: a history has ten thousands of them, which are sorted and passed on.
package final class RecordedRun: Sendable {
  /// The number by which the index finds the run. Another index may have another.
  package let number: Int
  /// The id of the run: the blob id of its line.
  package let id: CompactID
  /// The measured commit; nil for a run that names none that can be read.
  package let commit: CompactID?
  package let tree: CompactID?
  /// The time of the recording, in seconds since 1970; nil for a run without a time.
  package let time: Int64?
  package let origin: RunOrigin
  package let session: String?
  /// The highest load average that was read; nil where none was.
  package let load: Double?
  /// The reason why the run is only a part of its suite; nil for a whole recording.
  package let part: String?
  package let shard: Shard?
  /// True if the numbers were read from files.
  package let isImported: Bool
  /// True if pruning has left one number of each series.
  package let isSummary: Bool
  /// The number of benchmarks that failed instead of being measured.
  package let failures: Int
  /// The largest number of rounds of a series.
  package let rounds: Int
  /// The number of series.
  package let series: Int
  package let benchmarks: Int

  package init(
    number: Int, id: CompactID, commit: CompactID?, tree: CompactID?, time: Int64?,
    origin: RunOrigin, session: String?, load: Double?, part: String?, shard: Shard?,
    isImported: Bool, isSummary: Bool, failures: Int, rounds: Int, series: Int,
    benchmarks: Int
  ) {
    self.number = number
    self.id = id
    self.commit = commit
    self.tree = tree
    self.time = time
    self.origin = origin
    self.session = session
    self.load = load
    self.part = part
    self.shard = shard
    self.isImported = isImported
    self.isSummary = isSummary
    self.failures = failures
    self.rounds = rounds
    self.series = series
    self.benchmarks = benchmarks
  }

  package var suite: String { origin.suite }
  /// The machine; nil for a run that names none.
  package var environment: Environment? { origin.environment }

  /// The runs by time, those without a time first, and by id where times are equal.
  ///
  /// - Returns: nil if two runs have one id and one time.
  package static func sorted(_ runs: [RecordedRun]) -> [RecordedRun]? {
    // Sorting the runs themselves would count references at each step.
    let keys = runs.indices.map { (time: runs[$0].time ?? .min, id: runs[$0].id, place: $0) }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    for place in keys.indices.dropFirst()
    where keys[place].id == keys[place - 1].id && keys[place].time == keys[place - 1].time {
      return nil
    }
    return keys.map { runs[$0.place] }
  }
}
