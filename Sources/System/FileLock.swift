#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A lock on a file, which goes away with this process, whatever ends it.
///
/// It is advice among those who ask for it, and keeps nobody from reading or writing the file. What
/// is launched does not inherit it.
package final class FileLock {
  private let file: Descriptor

  /// Holds nothing yet.
  ///
  /// - Parameter path: Of a file that is made where there is none, in a folder that there is; no link.
  package init(_ path: String) throws(SystemError) {
    // SAFETY: a String lends itself as a null-terminated path for the call.
    file = try unsafe Descriptor(
      taking: open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666))
  }

  /// Takes it for this process alone.
  ///
  /// - Returns: false, and at once, where somebody else has it.
  /// - Throws: ``SystemError`` where the file system knows no locks.
  package func seize() throws(SystemError) -> Bool {
    guard flock(file.number, LOCK_EX | LOCK_NB) != 0 else { return true }
    guard errno == EWOULDBLOCK else { throw SystemError(errno) }
    return false
  }

  /// Takes it with all who share it, or makes what was this process's alone such a one; waits for the
  /// moment that somebody else has it alone.
  ///
  /// Does nothing where the file system knows no locks, and gives up where this process is asked to stop.
  package func share() {
    while flock(file.number, LOCK_SH) != 0, errno == EINTR, Interrupts.signal == nil {}
  }

  /// Gives it up.
  package func release() { _ = flock(file.number, LOCK_UN) }

  /// The first bytes of the file, at most `limit`; empty where it cannot be read.
  package func contents(limit: Int) -> [UInt8] { (try? file.head(limit)) ?? [] }

  /// Writes over the first bytes of the file.
  package func overwrite(with bytes: [UInt8]) {
    // SAFETY: the call reads so many bytes of an array that outlives it.
    _ = unsafe pwrite(file.number, bytes, bytes.count, 0)
  }
}
