/// What a baseline file and `--output` hold: `{"version": 1, "runs": [...]}`.
package struct RunDocument<Entry: Encodable & Sendable>: Encodable, Sendable {
  package let version: Int
  package let runs: [Entry]

  package init(runs: [Entry]) {
    version = Run.version
    self.runs = runs
  }
}
