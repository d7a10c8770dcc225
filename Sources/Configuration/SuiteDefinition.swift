package import Formats
package import System

/// A `[suite "name"]` of the configuration: what is measured together, and how.
package struct SuiteDefinition: Sendable {
  /// Where its first key stands.
  package let place: String
  package var commands: [NamedCommand] = []
  /// Run by a shell before anything is launched, once on each side.
  package var prepare: String?
  /// nil for as long as it takes.
  package var prepareTimeout: Duration?
  /// Run by a shell before, and after, every launch.
  package var setup: String?
  package var cleanup: String?
  package var format: Format?
  /// A file that the harness writes instead of its standard output.
  package var output: String?
  package var rounds: Int?
  package var warmups: Int?
  package var timeout: Duration?
  /// From the top of the work tree.
  package var workingDirectory: String?
  package var environment: [String: String] = [:]
  /// The exit statuses that are no failure.
  package var allowed: Set<Int32> = [0]
  package var retries = 0
  /// How many launches run at once, and for how long, or how many in all, a round goes on.
  package var concurrency: Int?
  package var duration: Duration?
  package var requests: Int?
  /// Whether a candidate without it is missing something; nil for what nobody says.
  package var required: Bool?
  /// What is recorded besides times and memory.
  package var metrics: [LaunchMetric] = []
  /// Paths that matter to it, as `.gitignore` has patterns; all where none is named.
  var paths: [String] = []

  package init(_ place: String) { self.place = place }

  /// How many launches count where nobody says.
  package static let usualRounds = 10
  /// The same where valgrind counts instructions, which hardly differ.
  package static let usualCountedRounds = 3
  /// How many launches of a command that is timed go before where nobody says.
  package static let usualWarmups = 1

  package struct NamedCommand: Sendable {
    /// nil for one that is called after itself.
    package let name: String?
    package let command: Command

    package init(name: String?, command: Command) {
      self.name = name
      self.command = command
    }
  }
}
