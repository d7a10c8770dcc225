import CommandLine
import Measurements
import System

/// A `[task]` section as far as it has been read.
struct TaskDraft: SectionDraft {
  let name: String
  let place: String
  var suite = Run.defaultSuite
  var command: Command?
  var labels: [String: String] = [:]
  var timeout: Duration?
  var input: String?

  init(_ setting: Setting) {
    name = setting.subsection ?? ""
    place = setting.place
  }

  /// - Throws: ``ConfigurationError`` if the section is no task.
  func task() throws -> SuiteDefinition.NamedCommand {
    func fail(_ why: String) -> ConfigurationError {
      ConfigurationError(
        "[task \"\(name.visible(limit: 60))\"] in \(place): \(why)",
        hint: "write `command = <command>` below `[task \"<name>\"]`")
    }
    guard let command else { throw fail("it has no 'command'") }
    if let problem = TaskList.problem(ofName: name) { throw fail(problem) }
    return SuiteDefinition.NamedCommand(
      name: name, command: command, labels: labels, timeout: timeout, input: input)
  }
}

extension SuiteDefinition {
  /// Adds the task of a section.
  mutating func add(_ task: NamedCommand) {
    commands.append(task)
    definesTasks = true
  }
}

extension ConfigurationKey {
  static let tasks: [ConfigurationKey] = [
    task(
      "command", .commandWords, default: .words("required"),
      meaning: "The command that carries out the task."
    ) { $0.command = $1 },
    task(
      "labels", .labels, default: .nothing,
      meaning: "The labels of the task, `agent=qa category=core`; the key may stand several times."
    ) { $0.labels.merge($1) { $1 } },
    task(
      "timeout", .duration, default: .words("that of the suite"),
      meaning: "The time that a launch of the task may take."
    ) { $0.timeout = $1 },
    task(
      "input", .text("<file>"), default: .nothing,
      meaning: "The file that the command reads on standard input, from the top of the work tree."
    ) { $0.input = $1 },
    task(
      "suite", .text("<name>"), default: .value(Run.defaultSuite),
      meaning: "The suite that the task belongs to."
    ) { $0.suite = $1 },
  ]

  private static func task<Value>(
    _ key: String, _ argument: Argument<Value>, default: Default, meaning: String,
    _ set: @escaping @Sendable (inout TaskDraft, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "task.\(key)", argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .measuring, looser: .anyChange
    ) { configuration, value, setting in
      set(&configuration.taskDrafts[draft: setting], value)
    }
  }
}

extension Argument where Value == Command {
  /// A command in words; no shell reads it.
  static var commandWords: Self {
    Argument("<command>") { text throws(UsageError) in
      guard let command = Command(typed: text) else {
        throw UsageError(
          "not a command", hint: "write program and arguments; for a pipe, `sh -c '…'`")
      }
      return command
    }
  }
}
