/// The reason why a command gave no measurement.
package struct LaunchError: Error, Hashable {
  package let command: Command
  package let reason: Reason
  /// The launch that failed; nil if there was no launch.
  package let iteration: Iteration?
  /// The last lines that the command wrote to standard error. They are data of others and may
  /// contain any characters.
  package let messages: String
  /// The location of the complete output; nil if failures are not kept, or if there was no launch.
  package let kept: KeptOutput?

  package init(
    _ command: Command, _ reason: Reason, iteration: Iteration? = nil, messages: String = "",
    kept: KeptOutput? = nil
  ) {
    self.command = command
    self.reason = reason
    self.iteration = iteration
    self.messages = messages
    self.kept = kept
  }

  func during(_ iteration: Iteration) -> LaunchError {
    LaunchError(command, reason, iteration: iteration, messages: messages, kept: kept)
  }

  func keeping(_ kept: KeptOutput?) -> LaunchError {
    LaunchError(command, reason, iteration: iteration, messages: messages, kept: kept)
  }

  /// True if the error says nothing about the program, so that further launches are useless.
  package var isOurs: Bool {
    switch reason {
    case .cut(.interrupted), .noLauncher, .unprovided, .missingTool: true
    default: false
    }
  }

  /// True if the program or the directory does not exist.
  package var isAbsence: Bool {
    switch reason {
    case .notFound, .noDirectory, .undefined, .notPrepared: true
    default: false
    }
  }

  package enum Reason: Hashable, Sendable {
    case notFound(NearMiss?)
    case notExecutable(String)
    case isFolder(String)
    case noDirectory(String)
    case nullByte
    /// The configuration of the commit has no such benchmark.
    case undefined
    /// The commit could not be built for the benchmark.
    case notPrepared
    /// A required program of another vendor is not installed.
    case missingTool(use: String, advice: String)
    /// The file exists and is executable, but the system refuses to run it.
    case refused(String, SystemError)
    /// The system could not prepare a launch; the text names the step.
    case unprepared(String, SystemError)
    /// The system does not allow one more process.
    case unprovided(SystemError)
    /// The program perf-launch at this path is missing or was ended.
    case noLauncher(String, SystemError)
    case exited(Int32)
    /// The signal of that name, such as `SIGKILL`, killed the program.
    case killed(String)
    /// This process ended the program.
    case cut(TerminationReason)
  }

  /// The probable meaning of the name of a command that does not exist.
  package enum NearMiss: Hashable, Sendable {
    case inDirectory
    case severalWords
    case assignment
  }
}

extension LaunchError: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .notFound: "command '\(command.program)' not found"
    case .missingTool(let use, _): "\(command.program), which \(use), is not installed"
    case .undefined: "its configuration has no such benchmark"
    case .notPrepared: "it cannot be prepared for it"
    case .notExecutable(let path): "cannot run '\(path)': not executable"
    case .isFolder(let path): "cannot run '\(path)': it is a directory"
    case .noDirectory(let path): "cannot run '\(command.program)' in '\(path)': no such directory"
    case .nullByte: "cannot run '\(command.program)': null byte in a name, argument or variable"
    case .refused(let path, let error): "cannot run '\(path)': \(error)"
    case .unprepared(let what, let error): "cannot run '\(command.program)': \(what): \(error)"
    case .unprovided(let error): "cannot run '\(command.program)': no process for it: \(error)"
    case .noLauncher(let path, let error): "cannot launch by '\(path)': \(error)"
    case .exited(let status): "command failed with status \(status)\(place): \(command)"
    case .killed(let signal): "command was killed by \(signal)\(place): \(command)"
    case .cut(.timeout(let limit)):
      "command did not end within \(limit.text)\(place), and was ended: \(command)"
    case .cut(.flood(let limit)):
      "command wrote more than \(limit >> 20) MiB\(place), and was ended: \(command)"
    case .cut(.stopped): "command stopped\(place), and was ended: \(command)"
    case .cut(.interrupted): "interrupted\(place): \(command)"
    }
  }

  private var place: String {
    iteration.map { " in \($0)" } ?? ""
  }

  /// Advice for the user; nil if there is none.
  package var hint: String? {
    switch reason {
    case .notFound(let nearMiss):
      nearMiss.map(advice)
        ?? "check how it is written, the directory that it is launched in, and whether it is built"
    case .undefined, .notPrepared: nil
    case .missingTool(_, let advice): advice
    case .exited: "launch it by itself to see why; `exitCodes` of a suite allows other statuses"
    case .notExecutable(let path): "make it executable with `chmod +x \(path)`"
    case .refused(_, .noFormat): "begin the file with a `#!` line, or name its interpreter first"
    case .refused(_, .noFile): "the interpreter that its first line names does not exist"
    case .killed("SIGKILL"): "the system does this too when memory runs out"
    case .killed: "launch it by itself to see why"
    case .isFolder: "name the program that lies in it"
    case .noDirectory: "make it, or name another with `-C <dir>` or `workingDirectory` of a suite"
    case .nullByte: "a program cannot be given one: write it into a file, and name that"
    case .unprepared: "see whether that is there, may be used, and has room left"
    case .refused(_, .tooLong): "give it fewer or shorter arguments, or write them into a file"
    case .refused: "see with `ls -l` and `file` what it is, and whether you may run it"
    case .noLauncher(_, .brokenPipe), .noLauncher(_, .timedOut):
      "somebody has ended or stopped it, or it is of another version: try again, or install all anew"
    case .noLauncher:
      "perf-launch stands beside perf-record and perf-gate; install them again, all of them"
    case .unprovided: "`ulimit -a` tells the limits of processes, memory and open files"
    case .cut(.timeout):
      "a longer time is set with `timeout` of a suite, `perf-record --timeout <duration>`, or "
        + "`perf-gate --time-limit <duration>`"
    case .cut(.stopped): "a program that asks for the terminal does so; give it what it asks for"
    case .cut(.flood): "let it write to a file, or less"
    case .cut(.interrupted): nil
    }
  }

  private func advice(_ nearMiss: NearMiss) -> String {
    switch nearMiss {
    case .inDirectory: "to run the file in this directory, write `./\(command.program)`"
    case .severalWords: "no shell splits words: write them apart, or use `sh -c`"
    case .assignment: "to set a variable, write `env \(command)`"
    }
  }
}
