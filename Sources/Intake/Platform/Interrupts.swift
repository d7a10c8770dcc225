#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The signals that ask this process to stop, noticed instead of obeyed: whoever waits for a program
/// ends it first, and puts things in order.
///
/// Signals belong to a process, so this does too. A tick interrupts a wait of the main thread a few
/// times a second, so that none is missed that came just before it, and limits of time are kept.
package enum Interrupts {
  /// Whether the process is all ours, as an executable's is; in another's, nothing is changed.
  nonisolated(unsafe) package static var ownsProcess = false

  /// The first of them that came; nil for none.
  package static var signal: Int32? {
    let number = unsafe caught
    return number == 0 ? nil : number
  }

  /// Ends what is left if this process is killed; nil before ``watch()``, and where there is none.
  nonisolated(unsafe) package private(set) static var warden: Warden?

  /// From now on, where the process is ours; a signal that is ignored already, as below `nohup`, stays so.
  package static func watch() {
    // Touched before any handler does, so that no handler is the first to.
    guard unsafe ownsProcess, !isWatching, signal == nil else { return }
    unsafe watching = true
    unsafe warden = Warden.start()
    for number in stopping { handle(number) { Interrupts.note($0) } }
    handle(SIGALRM) { _ in }
    unblock(stopping + [SIGALRM])
  }

  private static var isWatching: Bool { unsafe watching }
  nonisolated(unsafe) private static var watching = false

  /// Whether a wait is interrupted; only while there is one, as whatever else waits may not expect it.
  static func tick(_ isOn: Bool) {
    guard isWatching else { return }
    let period = timeval(tv_sec: 0, tv_usec: isOn ? 100_000 : 0)
    var timer = itimerval(it_interval: period, it_value: period)
    // Safe: the timer is read during the call only.
    unsafe setitimer(realTime, &timer, nil)
  }

  #if canImport(Darwin)
    private static let realTime = ITIMER_REAL
  #else
    private static let realTime = __itimer_which_t(ITIMER_REAL.rawValue)
  #endif

  /// Ends this process as the signal would have.
  package static func die(of number: Int32) -> Never {
    restoreDefault(number)
    raise(number)
    exit(128 + number)
  }

  /// A parent with many threads may have left them blocked.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    // Safe: the set is a local variable, copied by the call.
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  private static let stopping = [SIGINT, SIGTERM, SIGHUP]

  /// Written by a signal handler, a whole word at a time.
  nonisolated(unsafe) private static var caught: Int32 = 0

  private static func note(_ number: Int32) {
    // Safe: one word, and whoever reads it asks again.
    if unsafe caught == 0 { unsafe caught = number }
  }

  private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var old = sigaction()
    // Safe here and below: the structures outlive the calls, which copy them.
    unsafe sigaction(number, nil, &old)
    #if canImport(Darwin)
      let isIgnored = unsafe unsafeBitCast(old.__sigaction_u.__sa_handler, to: Int.self) == 1
      var action = unsafe sigaction()
      unsafe action.__sigaction_u.__sa_handler = handler
    #else
      let isIgnored = unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = handler
    #endif
    guard !isIgnored else { return }
    // Without SA_RESTART, so that a wait comes back.
    unsafe sigaction(number, &action, nil)
  }
}

/// The system's `signal`, under a name that the property of ``Interrupts`` does not hide.
private func restoreDefault(_ number: Int32) { _ = signal(number, SIG_DFL) }
