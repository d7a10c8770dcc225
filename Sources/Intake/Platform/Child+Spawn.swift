#if canImport(Darwin)
  import Darwin

  extension Child {
    /// Launches the program.
    ///
    /// Swift has no `fork` on Darwin, and none is needed: the child does not inherit this process's
    /// peak of memory there. It is given the three descriptors and no other.
    borrowing func start() throws(Failure) -> Started {
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      // Safe: both are initialised before they are used, destroyed after, and never escape.
      unsafe posix_spawn_file_actions_init(&actions)
      defer { unsafe posix_spawn_file_actions_destroy(&actions) }
      unsafe posix_spawnattr_init(&attributes)
      defer { unsafe posix_spawnattr_destroy(&attributes) }
      unsafe fill(&actions)
      unsafe Self.fill(&attributes, hasOwnGroup: limits != nil)
      // An "ignore" inherited from a careless parent would make the kernel discard exit statuses.
      signal(SIGCHLD, SIG_DFL)

      let path = absolutePath
      let start = SuspendingClock.now
      var process: pid_t = 0
      // Safe: the arrays of this child live until the end of the function.
      let error = unsafe posix_spawn(
        &process, path, &actions, &attributes, arguments.pointer, environment.pointer)
      guard error == 0 else { throw Failure(step: .execute, error: SystemError(error)) }
      return Started(process: process, time: start)
    }

    /// A program that runs.
    struct Started: ~Copyable {
      let process: pid_t
      let time: SuspendingClock.Instant

      /// None: that it did not start is known at once here.
      func failure() -> Failure? { nil }
    }

    /// With a change of directory, a relative path can be reported as missing although it was
    /// started: rust-lang/rust#80537.
    private borrowing var absolutePath: String {
      // Safe: both are null-terminated texts that live as long as this child; they are copied.
      let (path, place) = unsafe (String(cString: program.first), String(cString: directory.first))
      return path.hasPrefix("/") ? path : "\(place)/\(path)"
    }

    private borrowing func fill(_ actions: inout posix_spawn_file_actions_t?) {
      // Safe: the numbers are open and the directory lives as long as this child.
      unsafe posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO)
      unsafe posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO)
      unsafe posix_spawn_file_actions_adddup2(&actions, messages.number, STDERR_FILENO)
      unsafe posix_spawn_file_actions_addchdir_np(&actions, directory.first)
    }

    /// No signal blocked, those ignored here as usual, and every other descriptor closed.
    private static func fill(_ attributes: inout posix_spawnattr_t?, hasOwnGroup: Bool) {
      var none = sigset_t()
      var usual = sigset_t()
      // Safe: the sets are local variables, copied by the calls.
      unsafe sigemptyset(&none)
      unsafe sigemptyset(&usual)
      unsafe sigaddset(&usual, SIGPIPE)
      unsafe posix_spawnattr_setsigmask(&attributes, &none)
      unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
      let group = hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
      let flags =
        POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT | group
      unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }
  }
#endif
