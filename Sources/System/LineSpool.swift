#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file to which many processes append lines, until one process takes all of them away.
///
/// A writer holds a shared lock on the file, and writes only if the file still has its name. Who
/// takes the lines renames the file first and then waits for the writers that were too early to see
/// this. So no line gets lost between the two. Where the file system has no locks, only that wait is
/// missing.
package struct LineSpool: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// Appends a line with its line break by a single call, which other writers cannot interrupt.
  ///
  /// If a writer before was killed in the middle of its line, this one begins on a new line.
  ///
  /// - Throws: ``SystemError`` if the file cannot be written. It is ``SystemError/fileTooLarge`` if
  ///   only a part of the line was written, as on a full disk.
  package func append(_ line: [UInt8]) throws(SystemError) {
    while true {
      let file = try opened()
      // A signal ends the wait. Any other error means that there are no locks here.
      while flock(file.number, LOCK_SH) != 0, errno == EINTR {}
      guard try isPresent(file) else { continue }
      let isTorn = try file.lastByte().map { $0 != UInt8(ascii: "\n") } ?? false
      let bytes = (isTorn ? [UInt8(ascii: "\n")] : []) + line
      guard try file.append(bytes) == bytes.count else { throw .fileTooLarge }
      return
    }
  }

  private func opened() throws(SystemError) -> Descriptor {
    // SAFETY: here and below, a String lends itself as a null-terminated path for the call.
    let file = try unsafe Descriptor(
      taking: open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666))
    guard file.isRegular else { throw .notRegular }
    return file
  }

  /// True if the path still leads to an open file.
  private func isPresent(_ file: borrowing Descriptor) throws(SystemError) -> Bool {
    var (own, named) = (stat(), stat())
    // SAFETY: both calls fill in a structure that outlives them.
    guard unsafe fstat(file.number, &own) == 0 else { throw SystemError(errno) }
    guard unsafe stat(path, &named) == 0 else { return false }
    return own.st_ino == named.st_ino && own.st_dev == named.st_dev
  }

  /// Gives the file another name in the same file system.
  ///
  /// - Returns: False if there is no file.
  package func rename(to other: String) throws(SystemError) -> Bool {
    guard systemRename(path, other) != 0 else { return true }
    let error = SystemError(errno)
    guard error == .noFile else { throw error }
    return false
  }

  /// True once no writer is in the middle of a line any more; false if one still is after two
  /// seconds. It is for a file that was renamed.
  package func isQuiet() throws(SystemError) -> Bool {
    let file = try Descriptor.reading(path)
    for _ in 0..<2000 {
      guard flock(file.number, LOCK_EX | LOCK_NB) != 0 else { return true }
      // Without locks there is nothing to wait for.
      guard errno == EWOULDBLOCK || errno == EINTR else { return true }
      Platform.sleep(.milliseconds(1))
    }
    return false
  }
}

extension Platform {
  /// Replaces the content of a file in one step, and returns when it is on the disk.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let beside = "\(path).new"
    remove(beside)
    try write(bytes, toNew: beside)
    guard systemRename(beside, path) == 0 else { throw SystemError(errno) }
    let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
    // A file system that cannot do this for folders does it when it renames.
    if let folder = try? Descriptor.reading(String(parent)) { _ = fsync(folder.number) }
  }

  private static func write(_ bytes: [UInt8], toNew path: String) throws(SystemError) {
    guard let file = try Descriptor.new(path) else { throw .exists }
    do throws(WriteError) {
      try write(bytes, to: file.number)
    } catch {
      switch error {
      case .failed(let error): throw error
      case .brokenPipe: throw SystemError(EPIPE)
      }
    }
    guard fsync(file.number) == 0 else { throw SystemError(errno) }
  }
}

/// The system's `rename`, under a name that the methods of ``LineSpool`` do not hide.
private func systemRename(_ old: String, _ new: String) -> Int32 { unsafe rename(old, new) }

extension Descriptor {
  fileprivate var isRegular: Bool {
    var status = stat()
    // SAFETY: fstat fills in a structure that outlives the call.
    guard unsafe fstat(number, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// The last byte of a file; nil if the file is empty.
  fileprivate func lastByte() throws(SystemError) -> UInt8? { try tail(1).last }

  /// Writes bytes by a single call.
  ///
  /// - Returns: The number of bytes that were written.
  fileprivate func append(_ bytes: [UInt8]) throws(SystemError) -> Int {
    while true {
      // SAFETY: the call reads so many bytes of an array that outlives it.
      let count = unsafe write(number, bytes, bytes.count)
      guard count < 0 else { return count }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }
}
