import CLaunch
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The process perf-launch, a small process that starts programs on behalf of this one, so that a
/// launch costs little and the peak memory of a program is its own.
///
/// When this process ends, even by a kill, perf-launch ends the programs that still run and removes
/// the folders that it was told of.
package final class Launcher: Sendable {
  private let channel: Descriptor
  private let process: pid_t

  /// Starts perf-launch.
  ///
  /// - Throws: The system error that prevented the start.
  init() throws(SystemError) {
    guard let path = Self.path else { throw .noFile }
    var process: pid_t = 0
    // SAFETY: a String lends itself as a null-terminated path for the call.
    channel = try unsafe Descriptor(taking: launch_open(path, &process))
    self.process = process
  }

  deinit {
    // The launcher ends when no process uses its channel any more. The descriptor itself is closed
    // only after that.
    shutdown(channel.number, Int32(SHUT_RDWR))
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
  }

  /// The path of perf-launch, beside the executable of this process; nil if the system does not
  /// report the executable's path, for example after it was removed.
  package static let path: String? = {
    guard let own = Platform.executable, let end = own.lastIndex(of: "/") else { return nil }
    return own[...end] + "perf-launch"
  }()
}

extension Launcher {
  /// Has this folder removed when this process ends.
  package func adopt(_ folder: String) { tell(LAUNCH_ADOPT, folder) }

  /// Keeps this folder: other code is responsible for it, or it no longer exists.
  package func release(_ folder: String) { tell(LAUNCH_RELEASE, folder) }

  private func tell(_ kind: launch_kind, _ folder: String) {
    let text = Array(folder.utf8CString)
    var request = launch_request()
    request.kind = kind.rawValue
    request.size = UInt32(text.count)
    // SAFETY: the request says how long the text is, and both outlive the call. Nothing is lost with
    // a launcher that was ended: the next launch tells.
    unsafe launch_send(channel.number, &request, text, nil)
  }

  func start(_ child: borrowing ChildProcess, ticket: UInt32) throws(SystemError) {
    var request = child.request(ticket: ticket)
    // SAFETY: the request says how long the texts are, there are as many streams as there should be,
    // and all outlive the call.
    guard unsafe launch_send(channel.number, &request, child.texts.bytes, child.numbers) == 0 else {
      throw SystemError(errno)
    }
  }

  /// Sends a signal to the whole group of a program, if the program has not ended.
  func signal(_ number: Int32, ticket: UInt32) {
    var request = launch_request()
    request.kind = LAUNCH_SIGNAL.rawValue
    request.ticket = ticket
    request.signal = number
    // SAFETY: there are no texts, and the request outlives the call.
    unsafe launch_send(channel.number, &request, nil, nil)
  }

  /// Ends a launcher that does not answer any more, and the programs that it started.
  func abandon() {
    kill(process, SIGKILL)
    // SAFETY: nothing is filled in. What it left is this process's then.
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
    if unsafe Interrupts.ownsProcess { launch_sweep() }
  }

  /// The next report about a program.
  ///
  /// - Parameter wait: The time to wait, in milliseconds.
  /// - Returns: nil if there is no report within that time, or if a signal arrived.
  func report(within wait: Int32) throws(SystemError) -> launch_report? {
    var channel = pollfd(fd: channel.number, events: Int16(POLLIN), revents: 0)
    // SAFETY: one pollfd is passed, and the count says one.
    let ready = unsafe poll(&channel, 1, wait)
    guard ready >= 0 || errno == EINTR else { throw SystemError(errno) }
    guard ready > 0 else { return nil }
    var report = launch_report()
    // SAFETY: it is filled in as a whole, or not at all.
    switch unsafe launch_receive(channel.fd, &report, MemoryLayout<launch_report>.size, nil) {
    case 1: return report
    case 0: throw SystemError(EPIPE)
    default: throw SystemError(errno)
    }
  }
}

extension Launcher {
  /// The launchers that are not in use: one in most programs, because one thread launches.
  private static let idle = Mutex<[Launcher]>([])

  /// Takes a launcher for exclusive use until it is given back.
  static func take() throws(SystemError) -> Launcher {
    if let one = idle.withLock({ $0.popLast() }) { return one }
    return try Launcher()
  }

  /// Returns a launcher for reuse. In a process that this package does not control the launcher
  /// ends instead, because it keeps descriptors open, and other code there waits until they are
  /// closed.
  func giveBack() {
    guard unsafe Interrupts.ownsProcess else { return }
    Self.idle.withLock { $0.append(self) }
  }
}
