package import Git
import Measurements

/// The reasons why runs could not be stored or found.
package enum HistoryError: Error, Hashable {
  case git(GitError)
  /// A run cannot be written as JSON.
  case encoding(String)
  /// A run names no commit, so it cannot be stored in a note.
  case unattached
  /// The walk to a baseline left the part of the history that a shallow clone has.
  case shallow(at: ObjectID)
  /// A commit has no run of the suite. It has runs of these suites.
  case noRuns(of: Commit, suites: [String])
  /// The index of the history cannot be read; the text says why.
  case index(String)
  /// The two commits share no history.
  case unrelated(ObjectID, ObjectID)
}

/// Runs an operation of git and converts its error to a ``HistoryError``.
func git<Value>(
  _ work: @autoclosure () throws(GitError) -> Value
) throws(HistoryError) -> Value {
  do {
    return try work()
  } catch {
    throw .git(error)
  }
}
