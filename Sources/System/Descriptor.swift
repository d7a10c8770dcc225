import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An open file that closes itself, and that no launched program inherits.
///
/// Its number is never 0, 1 or 2, even if this process was started with those closed: a launch
/// could not place it there for the child without losing another descriptor.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes ownership of a descriptor number.
  ///
  /// - Throws: ``SystemError`` with the present error number if `raw` is negative, the result of a
  ///   failed call.
  init(taking raw: Int32) throws(SystemError) {
    guard raw >= 0 else { throw SystemError(errno) }
    guard raw <= STDERR_FILENO else {
      number = raw
      return
    }
    let moved = fcntl(raw, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    let error = errno
    close(raw)
    guard moved >= 0 else { throw SystemError(error) }
    number = moved
  }

  deinit {
    close(number)
  }
}

extension Descriptor {
  /// Opens a file for reading.
  ///
  /// - Throws: ``SystemError`` if the file does not exist or may not be read.
  static func reading(_ path: String) throws(SystemError) -> Descriptor {
    // SAFETY: here and below, a String lends itself as a null-terminated path for the call.
    try unsafe Descriptor(taking: open(path, O_RDONLY | O_CLOEXEC))
  }

  /// Opens the null device, which has nothing to read and discards everything written to it.
  static func null() throws(SystemError) -> Descriptor {
    try unsafe Descriptor(taking: open("/dev/null", O_RDWR | O_CLOEXEC))
  }

  /// Creates a new, empty file that has no name any more, so nothing is left behind even after a
  /// crash.
  static func temporary(in directory: String) throws(SystemError) -> Descriptor {
    try unsafe Descriptor(taking: launch_file(directory))
  }

  /// Creates a file without a name that holds some bytes, to be read from its start.
  static func holding(_ bytes: [UInt8], in directory: String) throws(SystemError) -> Descriptor {
    let file = try temporary(in: directory)
    try file.write(bytes)
    lseek(file.number, 0, SEEK_SET)
    return file
  }

  /// Creates a new file for writing, with the usual permissions for other users.
  ///
  /// - Returns: nil if the name exists already, even as a link without a target.
  static func new(_ path: String) throws(SystemError) -> Descriptor? {
    do {
      return try unsafe Descriptor(
        taking: open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666))
    } catch {
      guard error == .exists else { throw error }
      return nil
    }
  }

  /// The present size of a file in bytes; 0 for a device.
  var size: Int {
    var status = stat()
    // SAFETY: fstat fills in a structure that outlives the call.
    guard unsafe fstat(number, &status) == 0 else { return 0 }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  /// All bytes of a file, whatever its position is. This also works for `/proc`, whose files do not
  /// know their size.
  func contents() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try part(at: bytes.count)
      guard !part.isEmpty else { return bytes }
      bytes += part
    }
  }

  /// The last bytes of a file, at most `limit`, with its present size, even if another process is
  /// still writing to it.
  func tail(_ limit: Int) throws(SystemError) -> [UInt8] {
    let size = Int(lseek(number, 0, SEEK_END))
    var bytes: [UInt8] = []
    var offset = max(0, size - limit)
    while offset < size {
      let part = try part(at: offset).prefix(size - offset)
      guard !part.isEmpty else { break }
      bytes += part
      offset += part.count
    }
    return bytes
  }

  /// The first bytes of a file, at most `limit`. For files of `/proc`, the kernel computes no more
  /// than that.
  func head(_ limit: Int) throws(SystemError) -> [UInt8] {
    try part(at: 0, size: limit)
  }

  /// Writes the first bytes of a file, at most `limit`, to another file.
  func copy(to other: borrowing Descriptor, atMost limit: Int) throws(SystemError) {
    var offset = 0
    while offset < limit {
      let part = try part(at: offset, size: min(1 << 16, limit - offset))
      guard !part.isEmpty else { return }
      try other.write(part)
      offset += part.count
    }
  }

  private func write(_ bytes: [UInt8]) throws(SystemError) {
    do {
      try Platform.write(bytes, to: number)
    } catch {
      switch error {
      case .failed(let error): throw error
      case .brokenPipe: throw SystemError(EPIPE)
      }
    }
  }

  private func part(at offset: Int, size: Int = 1 << 16) throws(SystemError) -> [UInt8] {
    var error: Int32 = 0
    // SAFETY: pread writes at most `size` bytes into that many, and their count is what it answers.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var answer = -1
      repeat {
        unsafe answer = pread(number, buffer.baseAddress, size, off_t(offset))
      } while answer < 0 && errno == EINTR
      error = answer < 0 ? errno : 0
      count = max(0, answer)
    }
    guard error == 0 else { throw SystemError(error) }
    return bytes
  }
}
