import Git
import Measurements

/// The candidate's own runs, which are also in the notes of other commits with the same content.
struct OwnRuns {
  /// The fields that distinguish most runs, so that only few lines are hashed.
  private struct Sign: Hashable {
    let commit: String?
    let time: Timestamp?
    let session: String?
  }

  private let signs: Set<Sign>
  private let runs: [ObjectID: StoredRun]

  init(_ runs: [StoredRun]) {
    signs = Set(
      runs.map {
        Sign(commit: $0.run.commit, time: $0.run.recordedAt, session: $0.run.session)
      })
    self.runs = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The candidate's run that a line holds; nil for any other line.
  func run(of entry: RunEntry) throws(HistoryError) -> StoredRun? {
    let header = entry.header
    let sign = Sign(commit: header.commit, time: header.recordedAt, session: header.session)
    return signs.contains(sign) ? runs[try entry.line.id()] : nil
  }
}
