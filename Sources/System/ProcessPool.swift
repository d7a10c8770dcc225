import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Programs that run at the same time. Each leads a process group of its own, so that a stuck
/// program is ended with its children and without the other programs.
///
/// There are no threads: the pool waits for the program that ends first. Programs that still run
/// when the pool is destroyed are killed.
struct ProcessPool: ~Copyable {
  private var members: [UInt32: Member] = [:]
  private var lastTicket: UInt32 = 0
  private var lastCheck = SuspendingClock.now
  private let launcher: Launcher
  private var isBroken = false

  static let most = Int(LAUNCH_MEMBERS)

  /// A program that runs or has ended. It is an object because a dictionary cannot hold a value
  /// that cannot be copied.
  final class Member {
    let child: ChildProcess
    fileprivate var timeoutPolicy: TimeoutPolicy

    fileprivate init(_ child: consuming ChildProcess, _ timeoutPolicy: TimeoutPolicy) {
      self.child = child
      self.timeoutPolicy = timeoutPolicy
    }
  }

  struct Ended {
    let ticket: UInt32
    let member: Member
    /// The result of the program, or the reason why it did not start.
    let outcome: Result<ChildProcess.Outcome, ChildProcess.Failure>
  }

  init() throws(ChildProcess.Failure) {
    do {
      launcher = try Launcher.take()
    } catch {
      throw ChildProcess.Failure(step: .launcher, error: error)
    }
  }

  var count: Int { members.count }

  /// Starts a program.
  ///
  /// - Parameter child: A program with limits.
  /// - Returns: The number by which its end is told.
  /// - Precondition: There are fewer than ``most`` programs.
  @discardableResult
  mutating func start(
    _ child: consuming ChildProcess
  ) throws(ChildProcess.Failure) -> UInt32 {
    guard let limits = child.limits, count < Self.most else {
      preconditionFailure("no limits, or no place")
    }
    lastTicket &+= 1
    let ticket = lastTicket
    do {
      try launcher.start(child, ticket: ticket)
    } catch {
      throw broken(error)
    }
    members[ticket] = Member(child, TimeoutPolicy(limits))
    return ticket
  }

  /// Returns the next program that ends.
  ///
  /// - Parameter waits: True to wait for a program, false to return at once.
  /// - Returns: nil if no program has ended, or if there are none.
  mutating func next(waits: Bool) throws(ChildProcess.Failure) -> Ended? {
    while !members.isEmpty {
      // The check is needed here, too: if programs end very often, the wait below never times out.
      if SuspendingClock.now - lastCheck >= .milliseconds(Int(Self.period)) { try check() }
      if let report = try report(within: waits ? Self.period : 0) {
        if let member = members.removeValue(forKey: report.ticket) { return ended(member, report) }
      } else if waits {
        try check()
      } else {
        return nil
      }
    }
    return nil
  }

  /// The interval between two checks, in milliseconds.
  private static let period: Int32 = 100

  private mutating func report(within wait: Int32) throws(ChildProcess.Failure) -> launch_report? {
    do {
      return try launcher.report(within: wait)
    } catch {
      throw broken(error)
    }
  }

  /// Ends a launcher that is gone or does not answer, with all programs that it started.
  private mutating func broken(_ error: SystemError) -> ChildProcess.Failure {
    isBroken = true
    launcher.abandon()
    return ChildProcess.Failure(step: .launcher, error: error)
  }

  /// Ends the programs that take too long, or all if this process is asked to stop.
  private mutating func check() throws(ChildProcess.Failure) {
    lastCheck = .now
    if members.values.contains(where: \.timeoutPolicy.isOver) { throw broken(.timedOut) }
    for (ticket, member) in members {
      guard let signal = member.timeoutPolicy.check(written: member.child.streams.written) else {
        continue
      }
      launcher.signal(signal, ticket: ticket)
    }
  }

  private func ended(_ member: Member, _ report: launch_report) -> Ended {
    do throws(ChildProcess.Failure) {
      let outcome = try ChildProcess.Outcome(
        report, counting: member.child.counters, cut: member.timeoutPolicy.cut)
      return Ended(ticket: report.ticket, member: member, outcome: .success(outcome))
    } catch {
      return Ended(ticket: report.ticket, member: member, outcome: .failure(error))
    }
  }

  deinit {
    // A launcher that was ended or does not answer ends with its programs; a new one replaces it.
    guard !isBroken else { return }
    var waiting = Set(members.keys)
    for ticket in waiting { launcher.signal(SIGKILL, ticket: ticket) }
    while !waiting.isEmpty {
      do {
        if let report = try launcher.report(within: Self.period) { waiting.remove(report.ticket) }
      } catch {
        return
      }
    }
    launcher.giveBack()
  }
}
