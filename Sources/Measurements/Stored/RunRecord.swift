/// A run together with all the fields it was read with, so that those which this version does not
/// know survive being written again.
package struct RunRecord: Hashable, Sendable {
  package let run: Run
  package let json: JSONValue

  package init(from reader: inout JSONReader) throws(JSONError) {
    var again = reader
    run = try Run(from: &reader)
    json = try again.value()
  }

}

extension RunRecord {
  private init(run: Run, json: JSONValue) {
    self.run = run
    self.json = json
  }

  /// The same run as one of a commit, for a run that was written without.
  package func placed(commit: String?, tree: String?) -> RunRecord {
    guard let commit, let tree, case .object(var fields) = json else { return self }
    fields["commit"] = .string(commit)
    fields["tree"] = .string(tree)
    return RunRecord(run: run.placed(commit: commit, tree: tree), json: .object(fields))
  }
}
