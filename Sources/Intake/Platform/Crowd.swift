#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Programs that run side by side, each the first of a process group of its own, so that a stuck one
/// is ended with its children, and without the others.
///
/// There are no threads, as those would not go with forks and signals: whoever ends first is waited for.
/// Those that still run when this value goes are killed.
struct Crowd: ~Copyable {
  private var members: [pid_t: Member] = [:]
  /// Those of the warden that are free; it has one for each member.
  private var places = Array((0..<Warden.groups).reversed())
  private var lastCheck = SuspendingClock.now

  /// One that runs, or has ended; what cannot be copied needs an object to be in a dictionary.
  final class Member {
    let child: Child
    fileprivate let started: Child.Started
    fileprivate let place: Int
    fileprivate var patience: Patience

    fileprivate init(
      _ child: consuming Child, _ started: consuming Child.Started, _ patience: Patience,
      _ place: Int
    ) {
      self.child = child
      self.started = started
      self.patience = patience
      self.place = place
    }
  }

  struct Ended {
    let member: Member
    /// Or why it did not start.
    let outcome: Result<Child.Outcome, Child.Failure>
  }

  var count: Int { members.count }

  /// - Parameter child: One with limits, and so with a group of its own.
  /// - Precondition: There are fewer than ``Warden/groups``.
  mutating func start(_ child: consuming Child) throws(Child.Failure) {
    guard let limits = child.limits, let place = places.last else {
      preconditionFailure("no group, or no place")
    }
    let started = try child.start()
    let process = started.process
    places.removeLast()
    unsafe Interrupts.warden?.watch(process, in: place)
    let patience = Patience(limits, for: process, since: started.time)
    members[process] = Member(child, started, patience, place)
  }

  /// The next one that ends.
  ///
  /// - Parameter waits: Whether to wait for it, rather than to see if there is one.
  /// - Returns: nil where none has ended, or none is there.
  mutating func next(waits: Bool) throws(Child.Failure) -> Ended? {
    guard !members.isEmpty else { return nil }
    if waits { Interrupts.tick(true) }
    defer { if waits { Interrupts.tick(false) } }
    while true {
      // Here too, as those that end may be so many that no tick ever comes between them.
      if SuspendingClock.now - lastCheck >= Self.period { check() }
      if let exit = try exit(waits: waits) {
        // A foreign one may have been adopted from a parent that ended.
        if let member = members.removeValue(forKey: exit.process) { return ended(member, exit) }
      } else if waits {
        check()
      } else {
        return nil
      }
    }
  }

  private static let period = Duration.milliseconds(100)

  /// Ends those that take too long, or all when this process is asked to stop.
  private mutating func check() {
    lastCheck = .now
    for member in members.values { member.patience.check(written: member.child.written()) }
  }

  private mutating func ended(_ member: Member, _ exit: Exit) -> Ended {
    let process = member.started.process
    let wallTime = exit.time - member.started.time
    unsafe Interrupts.warden?.watch(0, in: member.place)
    places.append(member.place)
    let outcome = member.child.outcome(
      of: process, status: exit.status, exit.resources, wallTime: wallTime,
      cut: member.patience.cut)
    let failure = member.started.failure()
    return Ended(member: member, outcome: failure.map { .failure($0) } ?? .success(outcome))
  }

  deinit {
    for member in members.values {
      let process = member.started.process
      // The second for one that is not yet in its group.
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      var status: Int32 = 0
      // Safe: the variable outlives the call that fills it in.
      while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
      unsafe Interrupts.warden?.watch(0, in: member.place)
    }
  }
}

extension Crowd {
  private struct Exit {
    let process: pid_t
    let status: Int32
    let resources: rusage
    let time: SuspendingClock.Instant
  }

  /// - Returns: nil where none has ended, or a wait was interrupted.
  private func exit(waits: Bool) throws(Child.Failure) -> Exit? {
    // In another's process there are children of others, for which others wait: ours are asked one by
    // one, every now and then.
    guard unsafe Interrupts.ownsProcess else {
      for process in members.keys {
        if let exit = try exit(of: process, WNOHANG) { return exit }
      }
      if waits { usleep(1000) }
      return nil
    }
    return try exit(of: -1, waits ? 0 : WNOHANG)
  }

  private func exit(of process: pid_t, _ options: Int32) throws(Child.Failure) -> Exit? {
    var status: Int32 = 0
    var resources = rusage()
    // Safe: both variables outlive the call that fills them in.
    let answer = unsafe wait4(process, &status, options, &resources)
    guard answer >= 0 || errno == EINTR else {
      throw Child.Failure(step: .wait, error: SystemError(errno))
    }
    guard answer > 0 else { return nil }
    return Exit(process: answer, status: status, resources: resources, time: .now)
  }
}
