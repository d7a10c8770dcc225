import CommandLine
import Measurements
import System

/// The tasks that a command prints, a line of JSON each:
/// `{"name": "review", "command": ["./agent", "review"], "labels": {"agent": "qa"}}`, with `timeout`
/// and `input` where they are wanted.
package enum TaskList {
  /// The longest name of a task, in bytes.
  private static let longestName = 1000

  /// A line that is no task.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  /// Returns the tasks of a text.
  ///
  /// - Throws: ``Problem`` for a line that is no task, for a task that is there twice, and for no task.
  package static func tasks(
    in text: [UInt8]
  ) throws(Problem) -> [SuiteDefinition.NamedCommand] {
    var tasks: [SuiteDefinition.NamedCommand] = []
    var seen: [Benchmark: Int] = [:]
    for (index, line) in text.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() where line.contains(where: { !" \t\r".utf8.contains($0) }) {
      let number = index + 1
      let task: SuiteDefinition.NamedCommand
      do throws(JSONError) {
        task = try Self.task(Array(line))
      } catch {
        throw Problem(description: "line \(number): \(error)")
      }
      let benchmark = Benchmark(name: task.name ?? "", labels: task.labels)
      if let first = seen.updateValue(number, forKey: benchmark) {
        throw Problem(
          description: "line \(number): '\(benchmark.description.visible(limit: 60))' is on line "
            + "\(first) already")
      }
      tasks.append(task)
    }
    guard !tasks.isEmpty else { throw Problem(description: "it printed no task") }
    return tasks
  }

  private static func task(
    _ line: [UInt8]
  ) throws(JSONError) -> SuiteDefinition.NamedCommand {
    var reader = JSONReader(line)
    var name: String?
    var words: [String] = []
    var labels: [String: String] = [:]
    var timeout: Duration?
    var input: String?
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": name = try reader.string()
      case "command":
        try reader.array { (reader) throws(JSONError) in words.append(try reader.string()) }
      case "labels": labels = try reader.strings()
      case "timeout":
        let text = try reader.string()
        do {
          timeout = try Argument<Duration>.duration.parse(text)
        } catch {
          throw reader.error("'\(text.visible(limit: 60))' is no duration like '10m'")
        }
      case "input": input = try reader.string()
      default: throw reader.error("a task has no '\(key.visible(limit: 60))'")
      }
    }
    try reader.end()
    guard let name else { throw reader.error("a task without 'name'") }
    if let problem = problem(ofName: name) { throw reader.error(problem) }
    guard let program = words.first, !program.isEmpty else {
      throw reader.error("'command' is an array of words, at least one")
    }
    return SuiteDefinition.NamedCommand(
      name: name, command: Command(program, Array(words.dropFirst())), labels: labels,
      timeout: timeout, input: input)
  }

  /// The reason why a text is no name of a task; nil if it is one.
  static func problem(ofName name: String) -> String? {
    if name.isEmpty { return "a task without a name" }
    if name.utf8.count > longestName { return "a name of more than \(longestName) bytes" }
    return name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
      ? "a name with control characters, such as a line break" : nil
  }
}
