import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The inputs of one launched program, prepared before it starts.
struct ChildProcess: ~Copyable {
  let texts: Texts
  let input: Descriptor
  let streams: Streams
  /// The limits; nil for a program in this process's own group, which may run as long as it needs.
  let limits: Limits?
  /// The events that are counted during the launch.
  let counters: Set<Counter>

  /// The texts that are equal for every launch of a command.
  struct Texts: Sendable {
    /// The directory, the path to execute, the arguments and the variables, each ended by a zero.
    let bytes: [CChar]
    let arguments: Int
    let variables: Int

    /// Joins the texts.
    ///
    /// - Parameters:
    ///   - program: The path, as `execve` takes it.
    ///   - arguments: The arguments, with the name of the program first.
    init(directory: String, program: String, arguments: [String], variables: [String]) {
      bytes = ([directory, program] + arguments + variables).flatMap(\.utf8CString)
      self.arguments = arguments.count
      self.variables = variables.count
    }
  }

  /// The result of a program that has ended.
  struct Outcome {
    let ending: ExitReason
    let usage: Usage
    /// The reason why it was ended by this process; nil if it ended by itself.
    let cut: TerminationReason?
    /// True if it left processes running, which were ended.
    let leftOthers: Bool
  }

  /// The reason why a program did not start.
  struct Failure: Error {
    let step: Step
    let error: SystemError

    enum Step {
      /// The process perf-launch, which starts the program, is missing or was ended.
      case launcher
      /// The system does not allow one more process.
      case provide
      case count, enterDirectory, execute, wait

      fileprivate init(_ step: Int32) {
        switch launch_step(UInt32(bitPattern: step)) {
        case LAUNCH_PROVIDE: self = .provide
        case LAUNCH_COUNT: self = .count
        case LAUNCH_ENTER_DIRECTORY: self = .enterDirectory
        case LAUNCH_WAIT: self = .wait
        default: self = .execute
        }
      }
    }
  }
}

extension ChildProcess {
  /// Starts the program in this process's own group, and waits for its end.
  borrowing func run() throws(Failure) -> Outcome {
    var request = request(ticket: 0)
    var report = launch_report()
    // SAFETY: the request says how many texts there are, and all outlive the call.
    unsafe launch_run(&request, texts.bytes, numbers, &report)
    return try Outcome(report, counting: counters)
  }

  borrowing func request(ticket: UInt32) -> launch_request {
    launch_request(
      kind: LAUNCH_START.rawValue, ticket: ticket, size: UInt32(texts.bytes.count),
      arguments: UInt32(texts.arguments), variables: UInt32(texts.variables),
      events: counters.events, signal: 0
    )
  }

  /// The numbers of its three stream descriptors.
  var numbers: [Int32] { [input.number, streams.output.number, streams.messages.number] }
}

extension ChildProcess.Outcome {
  /// Reads the result of a program from a report of perf-launch.
  ///
  /// - Throws: ``ChildProcess/Failure`` if the program did not start, or could not be waited for.
  init(
    _ report: launch_report, counting counters: Set<Counter>, cut: TerminationReason? = nil
  ) throws(ChildProcess.Failure) {
    guard report.step == LAUNCH_STARTED.rawValue else {
      throw ChildProcess.Failure(
        step: ChildProcess.Failure.Step(report.step), error: SystemError(report.error))
    }
    self.init(
      ending: ExitReason(status: report.status), usage: Usage(report, counting: counters),
      cut: cut ?? (report.stopped != 0 ? .stopped : nil), leftOthers: report.left_others != 0)
  }
}

/// The way in which a program ended.
package enum ExitReason: Hashable, Sendable {
  case exited(Int32)
  /// The signal of that name, such as `SIGKILL`, killed it.
  case killed(String)

  /// Reads the status of `wait4`, whose layout Linux and macOS share.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(Self.name(of: signal))
  }

  private static func name(of signal: Int32) -> String {
    names[signal] ?? "signal \(signal)"
  }

  /// The names of signals by their numbers. The numbers differ between systems, the names do not.
  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL",
    SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE",
    SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    SIGSYS: "SIGSYS",
  ]
}
