/// A run together with all the fields that it was read with, so that fields which this version does
/// not know are preserved when it is written again.
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
  /// Reads a whole run; the text ends with the run.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    try self.init(from: &reader)
    try reader.end()
  }

  private init(run: Run, json: JSONValue) {
    self.run = run
    self.json = json
  }

  /// A copy of the run that belongs to a commit, for a run that was written without one.
  package func placed(commit: String?, tree: String?) -> RunRecord {
    guard let commit, let tree, case .object(var fields) = json else { return self }
    fields["commit"] = .string(commit)
    fields["tree"] = .string(tree)
    return RunRecord(run: run.placed(commit: commit, tree: tree), json: .object(fields))
  }

  /// A copy of a marking line that names other runs.
  package func rejecting(_ rejects: [String]) -> RunRecord {
    changed("rejects", to: .array(rejects.map(JSONValue.string)))
  }

  /// A copy of the run with other series; all other fields of each series stay.
  ///
  /// - Parameter change: Changes the fields of a series to those of its replacement.
  package func changingSeries(
    _ change: (Series, inout [String: JSONValue]) -> Void
  ) -> RunRecord {
    guard case .object(let fields) = json, case .array(let list)? = fields["series"] else {
      return self
    }
    let changed = zip(run.series, list).map { series, one in
      guard case .object(var fields) = one else { return one }
      change(series, &fields)
      return .object(fields)
    }
    return self.changed("series", to: .array(changed))
  }

  private func changed(_ key: String, to value: JSONValue) -> RunRecord {
    guard case .object(var fields) = json else { return self }
    fields[key] = value
    let json = JSONValue.object(fields)
    return (try? RunRecord(json.line)) ?? self
  }
}
