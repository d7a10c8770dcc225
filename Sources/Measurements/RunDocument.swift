/// A run together with the text it was read from as JSON, so that fields which this version does
/// not know survive being written again.
package struct RunRecord: Hashable, Sendable, Codable {
  package let run: Run
  package private(set) var fields: JSONValue

  package init(from decoder: any Decoder) throws {
    run = try Run(from: decoder)
    fields = try JSONValue(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try fields.encode(to: encoder)
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
