import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The signals that ask this process to stop. They are noted instead of obeyed, so that code that
/// waits for a program can end it first and clean up.
///
/// Signals belong to a process, so this state is process-wide, too.
package enum Interrupts {
  /// True if this package controls the whole process, as in an executable. In a process of others,
  /// no signal handling is changed.
  nonisolated(unsafe) package static var ownsProcess = false

  /// The first of these signals that arrived; nil if there was none.
  package static var signal: Int32? {
    let number = unsafe caught
    return number == 0 ? nil : number
  }

  /// The launcher that removes folders if this process is killed; nil before ``watch()``, and if no
  /// launcher could be started.
  nonisolated(unsafe) package private(set) static var cleanupLauncher: Launcher?

  /// Notes signals from now on, if this package controls the process. A signal that is already
  /// ignored, as under `nohup`, stays ignored.
  package static func watch() {
    // The properties are initialized before any handler runs, so that no handler does it.
    guard unsafe ownsProcess, !isWatching, signal == nil else { return }
    unsafe watching = true
    unsafe cleanupLauncher = try? Launcher.take()
    unsafe cleanupLauncher?.giveBack()
    launch_inherit()
    for number in stopping { handle(number) { Interrupts.note($0) } }
    unblock(stopping)
  }

  private static var isWatching: Bool { unsafe watching }
  nonisolated(unsafe) private static var watching = false

  /// Ends this process as the signal would have.
  package static func die(of number: Int32) -> Never {
    restoreDefault(number)
    raise(number)
    exit(128 + number)
  }

  /// Unblocks signals, which a parent with many threads may have left blocked.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    // SAFETY: the set is a local variable, copied by the call.
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  private static let stopping = [SIGINT, SIGTERM, SIGHUP]

  /// The first signal; a signal handler writes it as one machine word.
  nonisolated(unsafe) private static var caught: Int32 = 0

  private static func note(_ number: Int32) {
    // SAFETY: one word, and whoever reads it asks again.
    if unsafe caught == 0 { unsafe caught = number }
  }

  /// Does work that cannot be interrupted from within. During the work a signal ends this process
  /// as it would end any other, and so does an alarm, with a last message.
  ///
  /// - Parameters:
  ///   - limit: The time limit, in whole seconds.
  ///   - lastWords: The last message, with its line breaks.
  ///   - status: The exit status after the alarm.
  package static func exposed<Value, Failure: Error>(
    for limit: Duration, lastWords: String, status: Int32, _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard isWatching else { return try work() }
    let words = Array(lastWords.utf8)
    // SAFETY: the copy is there until nobody can ring any more.
    unsafe alarmMessage = .allocate(capacity: words.count)
    _ = unsafe alarmMessage.initialize(from: words)
    unsafe alarmStatus = status
    handle(SIGALRM) { _ in
      unsafe write(
        STDERR_FILENO, Interrupts.alarmMessage.baseAddress, Interrupts.alarmMessage.count)
      _exit(unsafe Interrupts.alarmStatus)
    }
    let exposed = stopping.filter { !isIgnored($0) }
    for number in exposed { restoreDefault(number) }
    unblock([SIGALRM])
    alarm(UInt32(clamping: max(1, limit.components.seconds)))
    defer {
      alarm(0)
      for number in exposed { handle(number) { Interrupts.note($0) } }
      unsafe alarmMessage.deallocate()
    }
    return try work()
  }

  nonisolated(unsafe) private static var alarmMessage =
    unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  nonisolated(unsafe) private static var alarmStatus: Int32 = 0

  private static func isIgnored(_ number: Int32) -> Bool {
    var old = sigaction()
    // SAFETY: the structure outlives the call, which fills it in.
    unsafe sigaction(number, nil, &old)
    #if canImport(Darwin)
      return unsafe unsafeBitCast(old.__sigaction_u.__sa_handler, to: Int.self) == 1
    #else
      return unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }

  private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    #if canImport(Darwin)
      var action = unsafe sigaction()
      unsafe action.__sigaction_u.__sa_handler = handler
    #else
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = handler
    #endif
    guard !isIgnored(number) else { return }
    // SAFETY: the structure outlives the call, which copies it. Without SA_RESTART, so that a wait comes back.
    unsafe sigaction(number, &action, nil)
  }
}

/// The system's `signal`, under a name that the property of ``Interrupts`` does not hide.
private func restoreDefault(_ number: Int32) { _ = signal(number, SIG_DFL) }
