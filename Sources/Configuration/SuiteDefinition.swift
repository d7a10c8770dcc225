package import Formats
package import Runner
package import System

/// A `[suite "name"]` of the configuration: the commands that are measured together, and how.
package struct SuiteDefinition: Sendable {
  /// The place of the first key of the suite.
  package let place: String
  package var commands: [NamedCommand] = []
  /// The script that a shell runs before anything is launched, once on each side.
  package var prepare: String?
  /// The longest time that `prepare` may take; nil for any time.
  package var prepareTimeout: Duration?
  /// The script that a shell runs before every launch; `cleanup` runs after every launch.
  package var setup: String?
  package var cleanup: String?
  package var format: Format?
  /// The file that the harness writes instead of its standard output.
  package var output: String?
  /// The measurements of the launch that are recorded beside the numbers of the format; nil for the
  /// default of the format.
  package var also: Also?
  /// The unit of a round in formats of language models' usage.
  package var per = Per.launch
  package var rounds: Int?
  package var warmups: Int?
  package var timeout: Duration?
  /// The working directory of the commands, relative to the top of the work tree.
  package var workingDirectory: String?
  package var environment: [String: String] = [:]
  /// The exit statuses that are no failure.
  package var allowed: Set<Int32> = [0]
  package var retries = 0
  /// The time before a failed launch of a task is tried again; it doubles with each further time.
  package var backoff = Duration.seconds(1)
  /// True if a `[task]` section belongs to the suite.
  var definesTasks = false
  /// The command that prints further tasks, a line of JSON each.
  package var taskSource: Command?
  /// The way in which a launch says whether it has solved its task.
  package var outcome: OutcomeRule?
  /// The ends of a launch that say nothing about the program.
  package var infrastructure = InfrastructureFailures()
  /// The largest part of all rounds that may be infrastructure failures.
  package var infrastructureLimit = usualInfrastructureLimit
  /// The number of launches that run at the same time; nil for one, whose time is judged.
  package var parallel: Int?
  /// The order of the tasks by a label.
  package var batches: TaskBatches?
  /// The number of launches that run at once. A round ends after `duration`, or after `requests`
  /// launches in all.
  package var concurrency: Int?
  package var duration: Duration?
  package var requests: Int?
  /// True if a candidate without the suite lacks something; nil if nobody says.
  package var required: Bool?
  /// The metrics that are recorded besides times and memory.
  package var metrics: [LaunchMetric] = []
  /// The patterns of paths that matter to the suite, as in `.gitignore`. All paths matter if there
  /// is none.
  var paths: [String] = []

  package init(_ place: String) { self.place = place }

  /// The largest part of all attempts that may be infrastructure failures if nobody sets it.
  package static let usualInfrastructureLimit = 0.1
  /// The number of launches that count if nobody sets it.
  package static let usualRounds = 10
  /// The number of launches that count if valgrind counts instructions, which hardly differ between
  /// launches.
  package static let usualCountedRounds = 3
  /// The number of warmup launches of a timed command if nobody sets it.
  package static let usualWarmups = 1

  /// The measurements of a launch that are recorded beside the numbers of a format.
  package enum Also: String, CaseIterable, Sendable {
    /// Times and memory of the launch.
    case launch
    case none
  }

  /// The unit of a round in formats of language models' usage.
  package enum Per: String, CaseIterable, Sendable {
    /// All calls of a launch, or of a file, are summed.
    case launch
    case call
  }

  /// True if times and memory of each launch are recorded.
  ///
  /// That is so for commands that are timed, and beside the usage of language models, which tells
  /// nothing of the time that a task takes. Tools of other formats measure by themselves.
  package var recordsLaunches: Bool {
    if let also { return also == .launch }
    return sumsCalls || format == nil && output == nil
  }

  /// True if the calls of language models during a launch are summed.
  package var sumsCalls: Bool { format?.subject == .modelCalls && per == .launch }

  /// True if the numbers of a launch belong to a benchmark that is called as the command is.
  package var namesBenchmarks: Bool { format.map { !$0.namesBenchmarks } ?? (output == nil) }

  package struct NamedCommand: Sendable {
    /// The name of the command; nil if the command is called after itself.
    package let name: String?
    package let command: Command
    /// The labels that tell the command from others of the same name.
    package let labels: [String: String]
    /// The time that a launch may take, in place of that of the suite.
    package let timeout: Duration?
    /// The file that the command reads on standard input, from the top of the work tree.
    package let input: String?

    package init(
      name: String?, command: Command, labels: [String: String] = [:], timeout: Duration? = nil,
      input: String? = nil
    ) {
      self.name = name
      self.command = command
      self.labels = labels
      self.timeout = timeout
      self.input = input
    }
  }

  /// True if the suite names commands, or a command that prints them.
  package var hasCommands: Bool { !commands.isEmpty || taskSource != nil }

  /// True if launches are tasks: a round that fails does not end the others.
  package var isOfTasks: Bool {
    definesTasks || outcome != nil || parallel != nil || taskSource != nil
  }
}
