package import CommandLine
import Configuration

/// An executable: its table of options, and its body.
package struct Program<Settings: CommonSettings>: Sendable {
  let spec: CommandSpec<Settings>
  let defaults: Settings
  let body: @Sendable (CommandContext<Settings>) throws -> ExitStatus
  /// Returns the status to exit with, from that of the body or of an error.
  var finish: @Sendable (ExitStatus, ProcessContext) -> ExitStatus = { status, _ in status }

  /// Parses the arguments, answers the options that every program has, else runs the body. Errors
  /// are caught and printed only here.
  package func run(_ process: ProcessContext) -> ExitStatus {
    do {
      switch try spec.parse(process.arguments, into: defaults) {
      case .help(let length):
        process.out(spec.help(length, width: min(process.out.width ?? 80, 100)))
      case .version: process.out.line(spec.versionLine)
      case .completions(let shell): process.out(spec.completions(for: shell))
      case .manual(let topic): process.out(spec.manual(topic))
      case .run(let settings, let operands, let command):
        let status = try body(
          CommandContext(
            settings: settings, operands: operands, command: command, process: process,
            tool: spec.versionLine))
        return finish(status, process)
      }
      return .success
    } catch {
      let diagnostic = diagnostic(of: error)
      diagnostic.lines(as: .error).forEach(process.err.line)
      process.err.line("\(spec.program): \(diagnostic.status.words)")
      return finish(diagnostic.status, process)
    }
  }

  /// The diagnostic of an error. A usage error without a hint refers to the help.
  private func diagnostic(of error: any Error) -> Diagnostic {
    let diagnostic = Diagnostic(error)
    guard diagnostic.hint == nil, error is UsageError else { return diagnostic }
    return Diagnostic(diagnostic.status, diagnostic.message, hint: spec.seeHelp)
  }
}

/// A running program with its options and operands.
struct CommandContext<Settings: CommonSettings> {
  let settings: Settings
  let operands: [String]
  let command: [String]?
  let process: ProcessContext
  /// The name and version of the program, as runs and reports have them.
  let tool: String

  var out: ProcessContext.Stream { process.out }
  var err: ProcessContext.Stream { process.err }
}

extension CommandContext {
  /// The directory where paths begin: that of `-C <dir>`, else the caller's.
  var directory: String { path(settings.common.directory ?? ".", in: process.directory) }

  /// The absolute path for a path as it was typed.
  func path(_ typed: String) -> String { path(typed, in: directory) }

  private func path(_ typed: String, in directory: String) -> String {
    if typed.hasPrefix("/") { return typed }
    return typed == "." ? directory : "\(directory)/\(typed)"
  }

  func say(_ diagnostic: Diagnostic, as severity: Diagnostic.Severity) {
    diagnostic.lines(as: severity).forEach(err.line)
  }

  func warn(_ text: String) { warn(text, hint: nil) }

  func warn(_ text: String, hint: String?) {
    say(Diagnostic(.success, text, hint: hint), as: .warning)
  }

  var usesColor: Bool {
    switch settings.common.color {
    case .always: true
    case .never: false
    case .auto:
      out.isTerminal && (process.environment["NO_COLOR"] ?? "").isEmpty
        && process.environment["TERM"] != "dumb"
    }
  }
}

/// The options that every program has.
package protocol CommonSettings: Sendable {
  var common: Common { get set }
}

package struct Common: Sendable {
  var directory: String?
  var notesRef: String?
  var color = ColorChoice.auto
  var verbosity = Verbosity.normal

  package init() {}
}

enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

enum Verbosity: Sendable {
  case quiet, normal, verbose
}

extension FlagGroup where Settings: CommonSettings {
  static var common: FlagGroup {
    FlagGroup(
      "Common",
      [
        .option(
          .short("C"), .directory, sets: \.common.directory,
          help: "run as if started in <dir>"),
        .option(
          "notes-ref", .notesRef, sets: \.common.notesRef,
          help: "where runs are kept (\(ConfigurationReference.defaultValue(of: "perf.notesRef")))"),
        .option("color", .word(), sets: \.common.color, help: "color text output"),
        .switch(
          .both("q", "quiet"), sets: \.common.verbosity, to: .quiet,
          help: "say only what went wrong"),
        .switch(
          .both("v", "verbose"), sets: \.common.verbosity, to: .verbose, help: "say more"),
      ])
  }
}

/// The version of all programs.
let version = "0.1.0"
