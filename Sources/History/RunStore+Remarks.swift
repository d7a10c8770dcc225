package import Git
package import Measurements

extension RunStore {
  /// The remarks of people about runs.
  package func remarks() throws(HistoryError) -> RunRemarks {
    let remarks = try git(try Remarks(of: notes))
    let byRun = try git(remarks.byRun(following: try Self.successors(for: remarks, in: notes)))
    return RunRemarks(
      byRun: byRun.mapValues { $0.map(\.remark) }, damage: remarks.damage)
  }

  /// The runs that replaced pruned runs, by the ids of these.
  package func successors() throws(HistoryError) -> [ObjectID: ObjectID] {
    try git(try Tombstones(of: notes).lines(in: notes)).compactMapValues(\.self)
  }

  /// Adds a remark about a run.
  ///
  /// - Parameter pause: Called before a retry, with the number of the attempt that lost against
  ///   another writer.
  package func add(
    _ remark: RunRemark, to run: ObjectID, pause: (Int) -> Void
  ) throws(HistoryError) {
    try move("Note something on a run", pause: pause) { (notes) throws(GitError) in
      ([], try Remarks(of: notes).adding(remark, to: run, in: notes))
    }
  }

  /// Takes the newest remark of a person about a run back.
  ///
  /// - Returns: The remark; nil if the person has none there.
  package func retractRemark(
    of run: ObjectID, by author: String, at time: Timestamp, pause: (Int) -> Void
  ) throws(HistoryError) -> RunRemark? {
    var retracted: RunRemark?
    try move("Take back what was noted on a run", pause: pause) { (notes) throws(GitError) in
      let remarks = try Remarks(of: notes)
      let successors = try Self.successors(for: remarks, in: notes)
      let last = remarks.byRun(following: successors)[run]?.last { $0.remark.author == author }
      retracted = last?.remark
      guard let last else { return nil }
      return ([], try remarks.retracting(last.id, by: author, at: time, in: notes))
    }
    return retracted
  }

  private static func successors(
    for remarks: Remarks, in notes: Notes
  ) throws(GitError) -> [ObjectID: ObjectID?] {
    remarks.isEmpty ? [:] : try Tombstones(of: notes).lines(in: notes)
  }
}
