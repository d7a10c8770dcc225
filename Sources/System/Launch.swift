/// A command that is ready to be launched, any number of times.
package struct Launch: Sendable {
  package let command: Command
  package let surroundings: Surroundings
  package let output: Output
  /// The limits; nil for a program in this process's own group, which may run as long as it needs.
  package let limits: Limits?
  /// The events that are counted besides times and memory.
  package let counters: Set<Counter>
  /// The bytes that the program reads on standard input.
  let input: [UInt8]
  /// The place where the output of a failed launch is kept; nil if it is not kept.
  let place: OutputPlace?
  private let path: String
  private let texts: ChildProcess.Texts

  /// The treatment of standard output.
  package enum Output: Sendable {
    /// Nobody reads the output. It still goes to a file if the output of failed launches is kept.
    case discarded
    /// The output is read from a file, not from a pipe, so that nobody has to empty a pipe during
    /// the measurement.
    case captured
  }

  /// The result of a launch.
  package struct Result: Sendable {
    package let ending: ExitReason
    package let usage: Usage
    /// The standard output; empty if it is discarded.
    package let output: [UInt8]
    /// The last lines of standard error, at most 20 lines and 4 KiB.
    package let messages: String
    /// True if the program left processes running, which were ended.
    package let leftOthers: Bool
    /// The reason why this process ended the program; nil if it ended by itself.
    let cut: TerminationReason?
    let streams: Streams
  }

  /// Prepares a command.
  ///
  /// - Throws: ``LaunchError`` if the program or the directory does not exist.
  package init(
    _ command: Command, in surroundings: Surroundings, output: Output = .discarded,
    limits: Limits? = nil, counting counters: Set<Counter> = [],
    keepingFailuresIn place: OutputPlace? = nil, input: [UInt8] = []
  ) throws(LaunchError) {
    self.command = command
    self.surroundings = surroundings
    self.output = output
    self.limits = limits
    self.counters = counters
    self.place = place
    self.input = input
    path = try command.path(in: surroundings)
    texts = ChildProcess.Texts(
      directory: surroundings.directory, program: path,
      arguments: [command.program] + command.arguments, variables: surroundings.variables)
  }

  /// Runs the command once, and waits for its end.
  ///
  /// Without limits it stays in this process group, so that Ctrl-C reaches both. With limits it has
  /// its own process group, which is ended with it: processes that it leaves running in the
  /// background are not measured and disturb no other launch.
  ///
  /// - Throws: ``LaunchError`` if the command does not start, or had to be ended. Any other end is
  ///   part of the result.
  package func run() throws(LaunchError) -> Result {
    let result = try ended()
    if let cut = result.cut { throw failure(.cut(cut), of: result) }
    return result
  }

  /// Runs the command once, and waits for its end, whatever that is.
  ///
  /// - Throws: ``LaunchError`` if the command does not start.
  package func ended() throws(LaunchError) -> Result {
    let child = try prepared(limits)
    guard limits == nil else { return try run(within: child) }
    let outcome: ChildProcess.Outcome
    do {
      outcome = try child.run()
    } catch {
      throw self.error(error)
    }
    return try result(of: child, outcome)
  }

  private func run(within child: consuming ChildProcess) throws(LaunchError) -> Result {
    let ended: ProcessPool.Ended?
    do throws(ChildProcess.Failure) {
      var pool = try ProcessPool()
      try pool.start(child)
      ended = try pool.next(waits: true)
    } catch {
      throw self.error(error)
    }
    guard let ended else { preconditionFailure("one was started") }
    return try result(of: ended)
  }

  func result(of ended: ProcessPool.Ended) throws(LaunchError) -> Result {
    switch ended.outcome {
    case .success(let outcome): return try result(of: ended.member.child, outcome)
    case .failure(let failure): throw error(failure)
    }
  }

  /// Reads the result of a program that has ended.
  private func result(
    of child: borrowing ChildProcess, _ outcome: ChildProcess.Outcome
  ) throws(LaunchError) -> Result {
    let messages: String
    let bytes: [UInt8]
    // The program may have written too much and ended before that was noticed.
    let flood = limits.flatMap {
      child.streams.written > $0.bytes ? TerminationReason.flood($0.bytes) : nil
    }
    let cut = outcome.cut ?? flood
    do {
      messages = Self.lastLines(try child.streams.messages.tail(Self.messageLimit))
      let isReadable = cut.map { if case .timeout = $0 { true } else { false } } ?? true
      bytes = output == .captured && isReadable ? try child.streams.output.tail(.max) : []
    } catch {
      throw LaunchError(command, .unprepared("reading its output", error))
    }
    return Result(
      ending: outcome.ending, usage: outcome.usage, output: bytes, messages: messages,
      leftOthers: outcome.leftOthers, cut: cut, streams: child.streams)
  }

  func prepared(_ limits: Limits?) throws(LaunchError) -> ChildProcess {
    let folder = surroundings.temporaryDirectory
    do {
      return ChildProcess(
        texts: texts, input: input.isEmpty ? try .null() : try .holding(input, in: folder),
        streams: Streams(
          output: isOutputWanted ? try .temporary(in: folder) : try .null(),
          messages: try .temporary(in: folder)),
        limits: limits, counters: counters)
    } catch {
      throw LaunchError(command, .unprepared("keeping its output in '\(folder)'", error))
    }
  }

  private var isOutputWanted: Bool { output == .captured || place != nil }

  /// The error for a program that did not start, or could not be waited for.
  func error(_ failure: ChildProcess.Failure) -> LaunchError {
    switch failure.step {
    case .execute: LaunchError(command, .refused(path, failure.error))
    case .enterDirectory:
      LaunchError(command, .unprepared("entering '\(surroundings.directory)'", failure.error))
    case .launcher:
      LaunchError(command, .noLauncher(Launcher.path ?? "perf-launch", failure.error))
    case .provide: LaunchError(command, .unprovided(failure.error))
    case .count: LaunchError(command, .unprepared("counting \(counted)", failure.error))
    case .wait: LaunchError(command, .unprepared("waiting for its end", failure.error))
    }
  }

  private var counted: String {
    counters.map(\.rawValue).sorted().joined(separator: ", ")
  }

  private static let messageLimit = 4096

  /// The last lines of a text, at most twenty, without a first line that was cut in the middle.
  private static func lastLines(_ bytes: [UInt8]) -> String {
    let newline = UInt8(ascii: "\n")
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
    if bytes.count == messageLimit && lines.count > 1 { lines.removeFirst() }
    return String(decoding: Array(lines.suffix(20).joined(separator: [newline])), as: UTF8.self)
  }
}
