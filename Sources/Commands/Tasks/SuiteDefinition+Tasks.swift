import CommandLine
import Configuration
import Measurements
import System

extension SuiteDefinition {
  /// The definition with the tasks that its `commandsFrom` prints.
  ///
  /// - Parameters:
  ///   - root: The top of the work tree, or the directory of the caller.
  ///   - environment: The variables of the caller.
  /// - Throws: ``Diagnostic`` if the command fails, or prints no tasks.
  func withPrintedTasks(
    in root: String, environment variables: [String: String]
  ) throws -> SuiteDefinition {
    guard let source = taskSource else { return self }
    let folder = workingDirectory.map { $0.hasPrefix("/") ? $0 : "\(root)/\($0)" }
    let launch = try Launch(
      source,
      in: Surroundings(
        directory: folder ?? root, environment: variables.merging(environment) { $1 }),
      output: .captured, limits: Limits(timeout: prepareTimeout ?? .seconds(600)))
    func failed(_ what: String, _ details: [String] = []) -> Diagnostic {
      Diagnostic(
        .unusable, "`commandsFrom` \(what): \(source.description.visible(limit: 200))",
        hint: "it prints a line for each task, "
          + #"such as {"name": "review", "command": ["./agent", "review"], "labels": {"agent": "qa"}}"#,
        details: details)
    }
    let result: Launch.Result
    do {
      result = try launch.run()
    } catch {
      throw Diagnostic(error)
    }
    guard result.ending == .exited(0) else {
      throw failed("failed", result.messages.split(separator: "\n").suffix(20).map(String.init))
    }
    var definition = self
    do {
      definition.commands += try TaskList.tasks(in: result.output)
    } catch {
      throw failed("gives no tasks: \(error)")
    }
    definition.taskSource = nil
    definition.parallel = parallel ?? 1
    return definition
  }
}
