import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Programs that run side by side, each the first of a process group of its own, so that a stuck one
/// is ended with its children, and without the others.
///
/// There are no threads: whoever ends first is waited for. Those that still run when this value goes
/// are killed.
struct ProcessPool: ~Copyable {
  private var members: [UInt32: Member] = [:]
  private var lastTicket: UInt32 = 0
  private var lastCheck = SuspendingClock.now
  private let launcher: Launcher
  private var isBroken = false

  static let most = Int(LAUNCH_MEMBERS)

  /// One that runs, or has ended; what cannot be copied needs an object to be in a dictionary.
  final class Member {
    let child: ChildProcess
    fileprivate var timeoutPolicy: TimeoutPolicy

    fileprivate init(_ child: consuming ChildProcess, _ timeoutPolicy: TimeoutPolicy) {
      self.child = child
      self.timeoutPolicy = timeoutPolicy
    }
  }

  struct Ended {
    let member: Member
    /// Or why it did not start.
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

  /// - Parameter child: One with limits.
  /// - Precondition: There are fewer than ``most``.
  mutating func start(_ child: consuming ChildProcess) throws(ChildProcess.Failure) {
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
  }

  /// The next one that ends.
  ///
  /// - Parameter waits: Whether to wait for it, rather than to see if there is one.
  /// - Returns: nil where none has ended, or none is there.
  mutating func next(waits: Bool) throws(ChildProcess.Failure) -> Ended? {
    while !members.isEmpty {
      // Here too, as those that end may be so many that no wait is ever in vain.
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

  /// In milliseconds.
  private static let period: Int32 = 100

  private mutating func report(within wait: Int32) throws(ChildProcess.Failure) -> launch_report? {
    do {
      return try launcher.report(within: wait)
    } catch {
      throw broken(error)
    }
  }

  /// Nothing is left running by a launcher that is gone, or does not answer.
  private mutating func broken(_ error: SystemError) -> ChildProcess.Failure {
    isBroken = true
    launcher.abandon()
    return ChildProcess.Failure(step: .launcher, error: error)
  }

  /// Ends those that take too long, or all when this process is asked to stop.
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
      return Ended(member: member, outcome: .success(outcome))
    } catch {
      return Ended(member: member, outcome: .failure(error))
    }
  }

  deinit {
    // One that was ended, or is not heard of, ends with its programs; another takes its place.
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
