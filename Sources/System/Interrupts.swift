import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The signals that ask this process to stop, noticed instead of obeyed: whoever waits for a program
/// ends it first, and puts things in order.
///
/// Signals belong to a process, so this does too.
package enum Interrupts {
  /// Whether the process is all ours, as an executable's is; in another's, nothing is changed.
  nonisolated(unsafe) package static var ownsProcess = false

  /// The first of them that came; nil for none.
  package static var signal: Int32? {
    let number = unsafe caught
    return number == 0 ? nil : number
  }

  /// Removes folders if this process is killed; nil before ``watch()``, and where there is none.
  nonisolated(unsafe) package private(set) static var cleanupLauncher: Launcher?

  /// From now on, where the process is ours; a signal that is ignored already, as below `nohup`, stays so.
  package static func watch() {
    // Touched before any handler does, so that no handler is the first to.
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

  /// A parent with many threads may have left them blocked.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    // SAFETY: the set is a local variable, copied by the call.
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  private static let stopping = [SIGINT, SIGTERM, SIGHUP]

  /// Written by a signal handler, a whole word at a time.
  nonisolated(unsafe) private static var caught: Int32 = 0

  private static func note(_ number: Int32) {
    // SAFETY: one word, and whoever reads it asks again.
    if unsafe caught == 0 { unsafe caught = number }
  }

  /// Does work that nothing can interrupt from within: meanwhile a signal ends this process as it would
  /// any other, and so does an alarm, with some last words.
  ///
  /// - Parameters:
  ///   - limit: In whole seconds.
  ///   - lastWords: With their line breaks.
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
