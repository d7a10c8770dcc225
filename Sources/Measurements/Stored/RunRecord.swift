/// A run together with all the fields it was read with, so that those which this version does not
/// know survive being written again.
package struct RunRecord: Hashable, Sendable, Encodable {
  package let run: Run
  private let fields: JSONValue

  package init(from reader: inout JSONReader) throws(JSONError) {
    var again = reader
    run = try Run(from: &reader)
    fields = try again.value()
  }

  package func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }
}

extension RunRecord {
  private init(run: Run, fields: JSONValue) {
    self.run = run
    self.fields = fields
  }

  /// The same run as one of a commit, for a run that was written without.
  package func placed(commit: String?, tree: String?) -> RunRecord {
    guard let commit, let tree, case .object(var fields) = fields else { return self }
    fields["commit"] = .string(commit)
    fields["tree"] = .string(tree)
    return RunRecord(run: run.placed(commit: commit, tree: tree), fields: .object(fields))
  }
}
