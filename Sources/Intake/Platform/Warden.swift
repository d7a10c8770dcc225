#if canImport(Glibc)
  import Glibc
#endif

/// A process that outlives this one by a moment, if this one is killed: it ends what is being
/// measured, children and all, and takes away the folders that were only for the time being.
///
/// It waits for the end of a pipe that this process holds open. What there is to do stands in a page
/// of memory that both share, so that a launch costs no more than a store. Only on Linux: Swift has
/// no `fork` on Darwin.
@safe package final class Warden {
  private static let places = 4
  private static let placeSize = 1024
  private static let size = placeSize * (places + 1)

  /// Open as long as this process lives.
  private let pipe: Descriptor
  /// The process groups to end, 0 for none; then the folders, each a null-terminated path.
  private let page: UnsafeMutableRawPointer

  private init(pipe: consuming Descriptor, page: UnsafeMutableRawPointer) {
    self.pipe = pipe
    unsafe self.page = page
  }

  /// How many process groups there can be at once.
  static let groups = placeSize / MemoryLayout<Int32>.size

  /// From now on this process group is ended; 0 for none.
  ///
  /// - Parameter place: Of those that run side by side, which; each has one of its own.
  func watch(_ group: Int32, in place: Int = 0) {
    precondition((0..<Self.groups).contains(place))
    // Safe: all these words lie before the first folder.
    unsafe page.storeBytes(of: group, toByteOffset: place * 4, as: Int32.self)
  }

  /// From now on this folder is taken away.
  ///
  /// - Returns: false for a path that is too long, or one folder too many.
  package func adopt(_ folder: String) -> Bool {
    let bytes = Array(folder.utf8) + [0]
    guard bytes.count <= Self.placeSize, let place = place(where: { $0.isEmpty }) else {
      return false
    }
    // Safe: the place has room for that many bytes, and nobody reads it while this process lives.
    unsafe (page + place).copyMemory(from: bytes, byteCount: bytes.count)
    return true
  }

  /// The folder is in other hands, or gone.
  package func release(_ folder: String) {
    guard let place = place(where: { $0 == folder }) else { return }
    unsafe page.storeBytes(of: 0, toByteOffset: place, as: UInt8.self)
  }

  private func place(where fits: (String) -> Bool) -> Int? {
    (1...Self.places).map { $0 * Self.placeSize }.first { place in
      // Safe: every place holds a null-terminated text.
      let text = unsafe String(cString: (page + place).assumingMemoryBound(to: CChar.self))
      return fits(text)
    }
  }
}

#if canImport(Glibc)
  extension Warden {
    /// - Returns: nil where the system does not provide for one; what it does is for emergencies.
    static func start() -> Warden? {
      // Safe: a new mapping wherever the kernel likes; it begins with zeros and is aligned to a page.
      let page = unsafe mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
      var ends: [Int32] = [0, 0]
      guard let page = unsafe page, unsafe page != MAP_FAILED, unsafe Glibc.pipe(&ends) == 0
      else { return nil }
      // No other program is started before the next lines.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      let words = CStrings(["/bin/rm", "-rf", "--"])
      let arguments = unsafe Self.arguments(words, page)
      defer { unsafe arguments.deallocate() }
      let process = fork()
      if process == 0 { unsafe serve(reading: ends[0], writing: ends[1], page, arguments) }
      close(ends[0])
      guard process > 0, let end = try? Descriptor(taking: ends[1]) else { return nil }
      return unsafe Warden(pipe: end, page: page)
    }

    /// Of `rm`, with every place for a folder; an empty one is a file that does not exist.
    @unsafe private static func arguments(
      _ words: borrowing CStrings, _ page: UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
      let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
        capacity: places + 4)
      // Safe: three words, one text for each place, and the terminator.
      for index in 0..<3 { unsafe list[index] = words.pointer[index] }
      for place in 1...places {
        unsafe list[place + 2] = (page + place * placeSize).assumingMemoryBound(to: CChar.self)
      }
      unsafe list[places + 3] = nil
      return unsafe list
    }

    /// What the forked process does: plain calls with plain pointers, as after every fork.
    private static func serve(
      reading end: Int32, writing other: Int32, _ page: UnsafeMutableRawPointer,
      _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> Never {
      // Out of reach of Ctrl-C, and of whoever waits for the end of this process's streams.
      setsid()
      for number in 0...STDERR_FILENO { close(number) }
      close(other)
      var byte: UInt8 = 0
      // Safe: one byte is read into one byte; the page outlives this process.
      while unsafe read(end, &byte, 1) < 0, errno == EINTR {}
      for place in 0..<groups {
        let group = unsafe page.load(fromByteOffset: place * 4, as: Int32.self)
        if group > 0 { kill(-group, SIGKILL) }
      }
      for place in 1...places
      where unsafe page.load(fromByteOffset: place * placeSize, as: UInt8.self) != 0 {
        if let program = unsafe arguments[0] { unsafe execve(program, arguments, nil) }
      }
      _exit(0)
    }
  }
#else
  extension Warden {
    static func start() -> Warden? { nil }
  }
#endif
