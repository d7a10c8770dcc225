import CommandLine
import Configuration
import Runner
import System
import Verdicts

/// Checks whether the machine and the commands are fit for measuring now.
struct Preflight<Settings: CommonSettings> {
  let call: CommandContext<Settings>
  let configuration: ProjectConfiguration
  let commands: [SuiteDefinition.NamedCommand]

  /// Warns of problems before anything is measured.
  ///
  /// - Throws: ``Diagnostic`` if there are any and `measure.unfit` is `fail`.
  func check() throws {
    guard configuration.unfit != .ignore else { return }
    let concerns = call.process.conditions().concerns + builds
    let warnings = concerns.filter { $0.severity == .warning }
    guard configuration.unfit != .fail || warnings.isEmpty else {
      throw Diagnostic(
        .unusable, "not fit for measuring",
        hint: "change that, or set `measure.unfit = warn` to measure all the same",
        details: warnings.map(\.description))
    }
    for warning in warnings { call.warn(warning.description) }
    guard call.settings.common.verbosity == .verbose else { return }
    for note in concerns where note.severity == .note { call.err.line("note: \(note)") }
  }

  /// A warning for each program that seems to be built for debugging.
  private var builds: [PreflightWarning] {
    let surroundings = Surroundings(
      directory: call.directory, environment: call.process.environment)
    return commands.compactMap { DebugBuild($0.command, in: surroundings)?.concern }
  }
}
