/// A run together with the text it was read from as JSON, so that fields which this version does
/// not know survive being written again.
package struct RunRecord: Hashable, Sendable, Codable {
  package let run: Run
  package let fields: JSONValue

  package init(from decoder: any Decoder) throws {
    run = try Run(from: decoder)
    fields = try JSONValue(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try fields.encode(to: encoder)
  }
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
    let run = Run(
      commit: commit, tree: tree, recordedAt: run.recordedAt, session: run.session,
      suite: run.suite, tool: run.tool, environment: run.environment, series: run.series)
    return RunRecord(run: run, fields: .object(fields))
  }
}

/// What a baseline file and `--output` hold: `{"version": 1, "runs": [...]}`.
package struct RunDocument<Entry: Codable & Sendable>: Codable, Sendable {
  package let version: Int
  package let runs: [Entry]

  package init(runs: [Entry]) {
    version = Run.version
    self.runs = runs
  }
}
