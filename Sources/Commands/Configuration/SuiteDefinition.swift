import Intake

/// A `[suite "name"]` of the configuration: what is measured together, and how.
struct SuiteDefinition: Sendable {
  /// Where its first key stands.
  let place: String
  var commands: [NamedCommand] = []
  /// Run by a shell before anything is launched, once on each side.
  var prepare: String?
  /// nil for as long as it takes.
  var prepareTimeout: Duration?
  /// Run by a shell before, and after, every launch.
  var setup: String?
  var cleanup: String?
  var format: Format?
  /// A file that the harness writes instead of its standard output.
  var output: String?
  var rounds: Int?
  var warmups: Int?
  var timeout: Duration?
  /// From the top of the work tree.
  var workingDirectory: String?
  var environment: [String: String] = [:]
  /// The exit statuses that are no failure.
  var allowed: Set<Int32> = [0]
  var retries = 0
  /// How many launches run at once, and for how long, or how many in all, a round goes on.
  var concurrency: Int?
  var duration: Duration?
  var requests: Int?
  /// Whether a candidate without it is missing something; nil for what nobody says.
  var required: Bool?
  /// What is recorded besides times and memory.
  var metrics: [LaunchMetric] = []
  /// Paths that matter to it, as `.gitignore` has patterns; all where none is named.
  var paths: [String] = []

  init(_ place: String) { self.place = place }

  struct NamedCommand: Sendable {
    /// nil for one that is called after itself.
    let name: String?
    let command: Command
  }
}
