import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The operating system's services for the programs. Only this folder knows which system it is.
package enum Platform {
  /// The folder that this process runs in; nil if it has been removed.
  package static var currentDirectory: String? {
    // SAFETY: with a null buffer getcwd allocates one that is large enough; it is copied and freed.
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The path of the executable of this process, links resolved; nil if the system does not report
  /// it.
  static var executable: String? {
    #if canImport(Darwin)
      var size: UInt32 = 0
      // SAFETY: asked for its size first, and null-terminated.
      unsafe _NSGetExecutablePath(nil, &size)
      var bytes = [CChar](repeating: 0, count: Int(size))
      let link = unsafe _NSGetExecutablePath(&bytes, &size) == 0 ? String(cString: bytes) : ""
    #else
      let link = "/proc/self/exe"
    #endif
    if let path = resolved(link) { return path }
    // SAFETY: the text belongs to the process, and stays; it is copied.
    return unsafe launch_own_path().flatMap { unsafe resolved(String(cString: $0)) }
  }

  /// A path without links; nil if there is nothing at the path.
  private static func resolved(_ path: String) -> String? {
    // SAFETY: with a null buffer realpath allocates one that is large enough; it is copied and freed.
    guard let path = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Lets Ctrl-\ end this process as it ends any other, without Swift's backtrace, and makes a
  /// limit of the size of files an error of writing.
  package static func settleSignals() {
    signal(SIGQUIT, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Opens closed standard streams as the null device, so that no other file takes their numbers.
  package static func fillStandardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // SAFETY: a String lends itself as a null-terminated path for the call.
      _ = unsafe open("/dev/null", O_RDWR)
    }
  }

  /// Ends this process.
  package static func exit(_ status: Int32) -> Never { systemExit(status) }

  /// Waits for a duration, at most one second.
  package static func sleep(_ duration: Duration) {
    usleep(UInt32(clamping: min(duration.nanoseconds / 1000, 999_999)))
  }

  /// Waits until a time, or until this process is asked to stop.
  package static func sleep(until time: SuspendingClock.Instant) {
    while Interrupts.signal == nil, .now < time { sleep(min(time - .now, .milliseconds(100))) }
  }

  /// The time by the clock of the system, in whole seconds since 1970.
  package static var secondsSince1970: Int { time(nil) }

  package static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// The width of a terminal in columns; nil if the descriptor is no terminal or the terminal does
  /// not report it.
  package static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills in one winsize, which outlives the call.
    let answer = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return answer == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  package static func write(_ text: String, to descriptor: Int32) throws(WriteError) {
    try write(Array(text.utf8), to: descriptor)
  }

  /// Writes all bytes, with as many calls as necessary.
  ///
  /// A closed reader causes ``WriteError/brokenPipe`` only if SIGPIPE is ignored. By default it
  /// ends this process, as `| head` expects.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the buffer is borrowed for the call only, and the count is its own.
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe systemWrite(descriptor, buffer.baseAddress, buffer.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else {
        try recover(from: errno, on: descriptor)
      }
    }
  }

  /// Returns when another attempt makes sense, and throws if none does.
  private static func recover(from error: Int32, on descriptor: Int32) throws(WriteError) {
    switch error {
    case EINTR: return
    case EAGAIN:  // Somebody who shares the terminal or pipe made it non-blocking.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      // SAFETY: one pollfd is passed, and the count says one.
      _ = unsafe poll(&waiting, 1, -1)
    case EPIPE: throw .brokenPipe
    default: throw .failed(SystemError(error))
    }
  }
}

/// The reason why an output could not be written.
package enum WriteError: Error, Hashable, CustomStringConvertible {
  /// The reader has closed the pipe and needs no more output.
  case brokenPipe
  case failed(SystemError)

  package var description: String {
    switch self {
    case .brokenPipe: "the reader of the output has gone"
    case .failed(let error): "cannot write: \(error)"
    }
  }
}

/// The system's `write`, under a name that the methods of ``Platform`` do not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  // SAFETY: the only caller passes a buffer with its own count.
  unsafe write(descriptor, bytes, count)
}

/// The system's `exit`, under a name that the methods of ``Platform`` do not hide.
private func systemExit(_ status: Int32) -> Never { exit(status) }
