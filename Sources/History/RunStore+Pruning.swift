package import Git
package import Measurements

extension RunStore {
  /// Plans the changes that a retention makes to the notes.
  package func pruning(by retention: Retention) throws(HistoryError) -> PrunePlan {
    try git(try PrunePlan(of: try repository.notes(reference), by: retention))
  }

  /// Applies a retention to the notes, in one step.
  ///
  /// - Parameters:
  ///   - day: The present day.
  ///   - pause: Called before a retry, with the number of the attempt that lost against another
  ///     writer.
  /// - Returns: The plan that was applied, and the commits of the notes before and after it; nil if
  ///   the notes did not change.
  package func prune(
    by retention: Retention, on day: Day, pause: (Int) -> Void
  ) throws(HistoryError) -> (PrunePlan, moved: (from: ObjectID, to: ObjectID)?) {
    let message = "Prune runs"
    var last: (PrunePlan, moved: (from: ObjectID, to: ObjectID)?)?
    try git(
      try repository.moveNotes(reference, message: message, pause: pause) {
        (notes) throws(GitError) in
        let pruning = try PrunePlan(of: notes, by: retention)
        let next = pruning.isEmpty ? nil : try pruning.next(message: message, on: day)
        last = (pruning, notes.commit.flatMap { from in next.map { (from, $0) } })
        return next
      })
    guard let last else { preconditionFailure("the notes are always looked at once") }
    if last.moved != nil { try git(try repository.forgetPast(of: reference)) }
    return last
  }
}
