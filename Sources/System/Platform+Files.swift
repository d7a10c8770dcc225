#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Platform {
  /// The kind of the file that a path leads to.
  package enum Kind {
    case missing
    case folder
    case file
    /// A file that this user may execute.
    case program
  }

  package static func kind(of path: String) -> Kind {
    var status = stat()
    // SAFETY: the path is lent for the call, and `status` is what stat fills in.
    guard unsafe stat(path, &status) == 0 else { return .missing }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    return unsafe access(path, X_OK) == 0 ? .program : .file
  }

  /// Makes a folder, and those that it lies in, where they are missing.
  package static func makeFolder(_ path: String) throws(SystemError) {
    do {
      try makeLastFolder(of: path)
    } catch {
      let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
      guard error == .noFile, !parent.isEmpty else { throw error }
      try makeFolder(String(parent))
      try makeLastFolder(of: path)
    }
  }

  private static func makeLastFolder(of path: String) throws(SystemError) {
    guard unsafe mkdir(path, 0o777) != 0 else { return }
    let error = SystemError(errno)
    guard error == .exists else { throw error }
    guard kind(of: path) == .folder else { throw .isNoFolder }
  }

  /// Removes a file; a folder stays.
  package static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// When a file was written last, in whole seconds since 1970; nil where there is none.
  package static func lastWrite(of path: String) -> Int? {
    var status = stat()
    // SAFETY: as above.
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }

  /// True if a path leads to a terminal, a pipe or a device, which is written to and never replaced.
  package static func isDevice(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: as above.
    guard unsafe stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Appends a text to an existing file or device, such as `/dev/stderr`.
  package static func append(_ text: String, to path: String) throws(WriteError) {
    // SAFETY: a String lends itself as a null-terminated path for the call.
    let number = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard number >= 0 else { throw .failed(SystemError(errno)) }
    defer { close(number) }
    try write(text, to: number)
  }

  /// The text of a system file; empty if it does not exist.
  package static func text(of path: String) -> String {
    do {
      return String(decoding: try Descriptor.reading(path).contents(), as: UTF8.self)
    } catch {
      return ""
    }
  }

  /// The path after all links are followed; nil if it leads nowhere.
  package static func realPath(_ path: String) -> String? {
    // SAFETY: with a null buffer realpath allocates one that is large enough; it is copied and freed.
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The contents of a file or a pipe. If there is more than the limit, the result slightly exceeds
  /// the limit.
  ///
  /// - Throws: ``SystemError/isFolder`` for a directory.
  package static func contents(of path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
    let file = try Descriptor.reading(path)
    // The descriptor is open as long as `file` exists, which is to the end of this scope.
    return try withExtendedLifetime(file) { file throws(SystemError) in
      try read(file.number, limit)
    }
  }

  package static let standardInputDescriptor = STDIN_FILENO

  /// The data of standard input, up to its end.
  package static func standardInput(limit: Int = .max) throws(SystemError) -> [UInt8] {
    try read(STDIN_FILENO, limit)
  }

  private static func read(_ descriptor: Int32, _ limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // SAFETY: the buffer is borrowed for the call only, and the count is its own.
      let count = unsafe part.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 { bytes += part[..<count] }
      if count == 0 || bytes.count > limit { return bytes }
      if count < 0, errno != EINTR { throw SystemError(errno) }
    }
  }
}

/// The system's `read`, under a name that the methods of ``Platform`` do not hide.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
  // SAFETY: the only caller passes a buffer with its own count.
  unsafe read(descriptor, bytes, count)
}
