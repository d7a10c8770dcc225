#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Everything that one launched program is given, ready before it starts.
struct Child: ~Copyable {
  let program: CStrings
  let arguments: CStrings
  let environment: CStrings
  let directory: CStrings
  let input: Descriptor
  let output: Descriptor
  let messages: Descriptor
  /// nil for a program of this process's own group, which goes on as long as it likes.
  let limits: Limits?

  /// What became of the program.
  struct Outcome {
    let ending: Ending
    let usage: Usage
    /// nil where it ended by itself.
    let cut: Cut?
    /// Whether it left processes running, which were ended.
    let leftOthers: Bool
  }

  /// Why the program did not start.
  struct Failure: Error {
    let step: Step
    let error: SystemError

    enum Step: Int32 {
      case start, enterDirectory, execute, wait
    }
  }
}

/// How a program ended.
package enum Ending: Hashable, Sendable {
  case exited(Int32)
  /// By the signal of that name, `SIGKILL`.
  case killed(String)

  /// From the status that `wait4` gives, whose layout Linux and macOS share.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(Self.name(of: signal))
  }

  private static func name(of signal: Int32) -> String {
    names[signal] ?? "signal \(signal)"
  }

  /// The numbers differ between systems, the names do not.
  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL",
    SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE",
    SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    SIGSYS: "SIGSYS",
  ]
}

extension Child {
  /// Launches the program and waits for its end.
  borrowing func run() throws(Failure) -> Outcome {
    let started = try start()
    let outcome = try wait(for: started.process, since: started.time)
    if let failure = started.failure() { throw failure }
    return outcome
  }

  /// Waits for the end of one child, and of no other.
  private borrowing func wait(
    for process: pid_t, since start: SuspendingClock.Instant
  ) throws(Failure) -> Outcome {
    var patience = limits.map { Patience($0, for: process, since: start) }
    if limits != nil {
      unsafe Interrupts.warden?.watch(process)
      Interrupts.tick(true)
    }
    var status: Int32 = 0
    var resources = rusage()
    // Safe: both variables outlive the call that fills them in.
    while true {
      let options = limits == nil ? 0 : WUNTRACED
      if unsafe wait4(process, &status, options, &resources) >= 0 {
        // The layout that Linux and macOS share: 0x7f for a program that stopped.
        guard status & 0xff == 0x7f else { break }
        patience?.end(because: .stopped)
      } else {
        guard errno == EINTR else { throw Failure(step: .wait, error: SystemError(errno)) }
        patience?.check(written: written())
      }
    }
    let wallTime = SuspendingClock.now - start
    if limits != nil {
      Interrupts.tick(false)
      unsafe Interrupts.warden?.watch(0)
    }
    return outcome(
      of: process, status: status, resources, wallTime: wallTime, cut: patience?.cut)
  }

  /// What became of a child that was waited for.
  borrowing func outcome(
    of process: pid_t, status: Int32, _ resources: rusage, wallTime: Duration, cut: Cut?
  ) -> Outcome {
    let usage = Usage(
      wallTime: wallTime, userTime: Self.duration(resources.ru_utime),
      systemTime: Self.duration(resources.ru_stime),
      maxRSS: Int64(resources.ru_maxrss) * Self.rssUnit,
      pageFaults: Int64(resources.ru_minflt) + Int64(resources.ru_majflt),
      contextSwitches: Int64(resources.ru_nvcsw) + Int64(resources.ru_nivcsw))
    // Of the group only those are left that the program did not wait for.
    let leftOthers = limits != nil && kill(-process, SIGKILL) == 0
    return Outcome(
      ending: Ending(status: status), usage: usage, cut: cut, leftOthers: leftOthers)
  }

  /// How many bytes of output are kept so far, on the longer stream.
  borrowing func written() -> Int { max(output.size, messages.size) }

  private static func duration(_ time: timeval) -> Duration {
    .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
  }

  #if canImport(Darwin)
    /// In bytes.
    private static let rssUnit: Int64 = 1
  #else
    /// In bytes; Linux counts KiB.
    private static let rssUnit: Int64 = 1024
  #endif
}
