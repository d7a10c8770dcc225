/// A command that is ready to be launched, any number of times.
package struct Launch: Sendable {
  package let command: Command
  package let surroundings: Surroundings
  package let output: Output
  private let path: String

  /// What becomes of standard output.
  package enum Output: Sendable {
    case discarded
    /// Kept in a file, not in a pipe: nobody has to empty it while the program is measured.
    case captured
  }

  /// What a launch left behind.
  package struct Result: Sendable {
    package let ending: Ending
    package let usage: Usage
    /// Empty where the output is discarded.
    package let output: [UInt8]
    /// The last lines of standard error, at most 20 lines and 4 KiB.
    package let messages: String
  }

  /// - Throws: ``LaunchError`` when there is no such program or directory.
  package init(
    _ command: Command, in surroundings: Surroundings, output: Output = .discarded
  ) throws(LaunchError) {
    self.command = command
    self.surroundings = surroundings
    self.output = output
    self.path = try command.path(in: surroundings)
  }

  /// Runs the command once, with nothing on standard input, and waits for its end.
  ///
  /// It stays in this process group, so that Ctrl-C reaches both. Programs that it leaves running in
  /// the background are neither waited for nor measured.
  ///
  /// - Throws: ``LaunchError`` when it does not start; how it ended is part of the result.
  package func run() throws(LaunchError) -> Result {
    let child = try prepared()
    let outcome = try outcome(of: child)
    do {
      return Result(
        ending: outcome.ending, usage: outcome.usage,
        output: output == .captured ? try child.output.tail(.max) : [],
        messages: Self.lastLines(try child.messages.tail(Self.messageLimit)))
    } catch {
      throw LaunchError(command, .unprepared("reading its output", error))
    }
  }

  private func prepared() throws(LaunchError) -> Child {
    let folder = surroundings.temporaryDirectory
    do {
      return Child(
        program: CStrings([path]),
        arguments: CStrings([command.program] + command.arguments),
        environment: CStrings(surroundings.variables),
        directory: CStrings([surroundings.directory]),
        input: try .null(),
        output: output == .captured ? try .temporary(in: folder) : try .null(),
        messages: try .temporary(in: folder))
    } catch {
      throw LaunchError(command, .unprepared("keeping its output in '\(folder)'", error))
    }
  }

  private func outcome(of child: borrowing Child) throws(LaunchError) -> Child.Outcome {
    do {
      return try child.run()
    } catch {
      switch error.step {
      case .execute: throw LaunchError(command, .refused(path, error.error))
      case .enterDirectory:
        throw LaunchError(
          command, .unprepared("entering '\(surroundings.directory)'", error.error))
      case .start: throw LaunchError(command, .unprepared("starting a process", error.error))
      case .wait: throw LaunchError(command, .unprepared("waiting for its end", error.error))
      }
    }
  }

  private static let messageLimit = 4096

  /// At most twenty lines; a first one that was cut in the middle is left out.
  private static func lastLines(_ bytes: [UInt8]) -> String {
    let newline = UInt8(ascii: "\n")
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
    if bytes.count == messageLimit && lines.count > 1 { lines.removeFirst() }
    return String(decoding: Array(lines.suffix(20).joined(separator: [newline])), as: UTF8.self)
  }
}
