#if canImport(Glibc)
  import Glibc

  extension Child {
    /// Launches the program.
    ///
    /// By `fork` and `execve`, because a child of `posix_spawn` shares its parent's memory until it
    /// executes and so starts with the parent's peak as its own `max_rss`: 14 to 17 MB for
    /// `/bin/true`, which takes 1.1 MB by itself. A forked child starts with the parent's anonymous
    /// and library data pages only: measured 2.9 MB with Swift's libraries and 4.2 MB with libgit2's
    /// too (2.6 and 3.7 MB with `--static-swift-stdlib`). No program shows less than that.
    borrowing func start() throws(Failure) -> Started {
      let report = try Report()
      let image = unsafe Image(of: self, report: report.word)
      defer { unsafe image.emptyMask.deallocate() }
      // An "ignore" inherited from a careless parent would make the kernel discard exit statuses.
      signal(SIGCHLD, SIG_DFL)

      let start = SuspendingClock.now
      let process = fork()
      if process == 0 { unsafe Self.become(image) }
      guard process > 0 else { throw Failure(step: .start, error: SystemError(errno)) }
      return Started(process: process, time: start, report: report)
    }

    /// A program that is on its way, and where it says so if it does not get there.
    struct Started: ~Copyable {
      let process: pid_t
      let time: SuspendingClock.Instant
      fileprivate let report: Report

      /// Why it did not start; to be asked after its end.
      func failure() -> Failure? { report.failure() }
    }

    /// What the forked child does until it is another program.
    ///
    /// Another thread of the parent may hold any lock at the moment of the fork, so everything here is
    /// on POSIX's list of async-signal-safe functions and nothing allocates: plain calls with plain
    /// pointers.
    private static func become(_ image: Image) -> Never {
      // Safe: the pointers lead into memory that was prepared before the fork, of which this
      // process has its own copy.
      signal(SIGPIPE, SIG_DFL)
      if unsafe image.hasOwnGroup { setpgid(0, 0) }
      unsafe sigprocmask(SIG_SETMASK, image.emptyMask, nil)
      unsafe dup2(image.input, STDIN_FILENO)
      unsafe dup2(image.output, STDOUT_FILENO)
      unsafe dup2(image.messages, STDERR_FILENO)
      guard unsafe chdir(image.directory) == 0 else {
        unsafe give(up: .enterDirectory, image.report)
      }
      unsafe execve(image.program, image.arguments, image.environment)
      unsafe give(up: .execute, image.report)
    }

    /// Tells the parent; not reached where the program starts.
    private static func give(up step: Failure.Step, _ report: UnsafeMutablePointer<Int64>) -> Never
    {
      // Safe: the page is shared with the parent, which keeps it until this process has ended.
      unsafe report.pointee = Int64(step.rawValue) << 32 | Int64(errno)
      _exit(127)
    }
  }

  /// What the child needs between fork and exec, as plain numbers and pointers.
  @unsafe private struct Image {
    let program: UnsafePointer<CChar>
    let arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>
    let environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
    let directory: UnsafePointer<CChar>
    let input: Int32
    let output: Int32
    let messages: Int32
    let report: UnsafeMutablePointer<Int64>
    let emptyMask: UnsafeMutablePointer<sigset_t>
    let hasOwnGroup: Bool

    init(of child: borrowing Child, report: UnsafeMutablePointer<Int64>) {
      unsafe program = UnsafePointer(child.program.first)
      unsafe arguments = UnsafePointer(child.arguments.pointer)
      unsafe environment = UnsafePointer(child.environment.pointer)
      unsafe directory = UnsafePointer(child.directory.first)
      unsafe input = child.input.number
      unsafe output = child.output.number
      unsafe messages = child.messages.number
      unsafe self.report = report
      unsafe hasOwnGroup = child.limits != nil
      unsafe emptyMask = .allocate(capacity: 1)
      unsafe sigemptyset(emptyMask)
    }
  }

  /// A page of memory shared with the child, where it says why it could not become the program.
  ///
  /// Other than a pipe it costs no file descriptors, and it does not wake up the parent while the
  /// measured program starts.
  @safe fileprivate struct Report: ~Copyable {
    /// Zero, or a step and the number of its system error.
    @unsafe let word: UnsafeMutablePointer<Int64>
    private static let size = 8

    init() throws(Child.Failure) {
      // Safe: a new mapping wherever the kernel likes; it begins with zeros and is aligned to a page.
      let page = unsafe mmap(
        nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
      guard let page = unsafe page, unsafe page != MAP_FAILED else {
        throw Child.Failure(step: .start, error: SystemError(errno))
      }
      unsafe word = page.assumingMemoryBound(to: Int64.self)
    }

    deinit {
      unsafe munmap(word, Self.size)
    }

    /// To be asked after the end of the child.
    func failure() -> Child.Failure? {
      let value = unsafe word.pointee
      guard value != 0 else { return nil }
      let step = Child.Failure.Step(rawValue: Int32(value >> 32)) ?? .execute
      return Child.Failure(step: step, error: SystemError(Int32(truncatingIfNeeded: value)))
    }
  }
#endif
