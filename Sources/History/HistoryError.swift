package import Git
import Measurements

/// Why runs could not be stored or found.
package enum HistoryError: Error, Hashable {
  case git(GitError)
  /// A run that cannot be written as JSON.
  case encoding(String)
  /// A run that names no commit, so that there is no place for it.
  case unattached
  /// The walk to a baseline left the part of history that a shallow clone has.
  case shallow(at: ObjectID)
  /// A commit has no run of the suite; these suites it has.
  case noRuns(of: Commit, suites: [String])
  /// No commit of the walk has a comparable run.
  case noBaseline([Baseline.Skipped])
  /// The two commits share no history.
  case unrelated(ObjectID, ObjectID)
}

/// Does git's work in this module's terms.
func git<Value>(
  _ work: @autoclosure () throws(GitError) -> Value
) throws(HistoryError) -> Value {
  do {
    return try work()
  } catch {
    throw .git(error)
  }
}
