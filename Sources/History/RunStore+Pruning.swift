package import Git
package import Measurements

extension RunStore {
  /// What a retention would make of the notes.
  package func pruning(by retention: Retention) throws(HistoryError) -> PrunePlan {
    try git(try PrunePlan(of: try repository.notes(reference), by: retention))
  }

  /// Takes out what a retention leaves out, in one step.
  ///
  /// - Parameters:
  ///   - day: Today.
  ///   - pause: Called with the number of an attempt that lost the race, before the next one.
  /// - Returns: What went, and the states before and after, where they differ.
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
