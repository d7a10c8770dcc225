#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A lock on a file, which is released when this process ends for any reason.
///
/// The lock is advisory: it affects only processes that request it, and prevents nobody from
/// reading or writing the file. Launched programs do not inherit it.
package final class FileLock {
  private let file: Descriptor

  /// Opens the file without locking it.
  ///
  /// - Parameter path: Of a file that is made where there is none, in a folder that there is; no link.
  package init(_ path: String) throws(SystemError) {
    // SAFETY: a String lends itself as a null-terminated path for the call.
    file = try unsafe Descriptor(
      taking: open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666))
  }

  /// Takes the lock exclusively for this process, without waiting.
  ///
  /// - Returns: false if another process has the lock.
  /// - Throws: ``SystemError`` if the file system does not support locks.
  package func seize() throws(SystemError) -> Bool {
    guard flock(file.number, LOCK_EX | LOCK_NB) != 0 else { return true }
    guard errno == EWOULDBLOCK else { throw SystemError(errno) }
    return false
  }

  /// Takes the lock shared with other processes, or changes this process's exclusive lock to a
  /// shared one. It waits while another process has the lock exclusively.
  ///
  /// It does nothing if the file system does not support locks, and gives up if this process is
  /// asked to stop.
  package func share() {
    while flock(file.number, LOCK_SH) != 0, errno == EINTR, Interrupts.signal == nil {}
  }

  /// Releases the lock.
  package func release() { _ = flock(file.number, LOCK_UN) }

  /// The first bytes of the file, at most `limit`; empty where it cannot be read.
  package func contents(limit: Int) -> [UInt8] { (try? file.head(limit)) ?? [] }

  /// Writes over the first bytes of the file.
  package func overwrite(with bytes: [UInt8]) {
    // SAFETY: the call reads so many bytes of an array that outlives it.
    _ = unsafe pwrite(file.number, bytes, bytes.count, 0)
  }
}
