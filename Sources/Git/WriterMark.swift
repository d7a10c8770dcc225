#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Says that a process of this package is about to move a reference, for as long as it lives.
///
/// Who is killed while it holds git's own lock leaves that lock behind, and nobody could store
/// anything any more until somebody removes it by hand. The mark is a byte in a file that is locked by
/// the kernel: whoever gets that lock and finds the byte set knows that the one before died meanwhile,
/// and that a lock of git's which has been there for a while is its.
struct WriterMark: ~Copyable {
  private let file: Int32
  /// Whether somebody died and may have left a lock that is not old enough to be sure.
  private let isLeft: Bool

  /// Waits for the others; where files cannot be locked it does nothing.
  ///
  /// - Parameters:
  ///   - folder: Made where it is missing.
  ///   - lock: Git's own, of the reference.
  init(in folder: String, for lock: String) {
    // Safe: the texts are lent for the calls.
    unsafe mkdir(folder, 0o777)
    file = unsafe open("\(folder)/writer", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      isLeft = false
      return
    }
    while flock(file, LOCK_EX) != 0, errno == EINTR {}
    let age = Self.isSet(file) ? Self.age(of: lock) : nil
    isLeft = age.map { $0 <= 2 } ?? false
    // Git holds its locks for a moment only.
    if let age, age > 2 { unsafe unlink(lock) }
    Self.set(file, true)
  }

  deinit {
    guard file >= 0 else { return }
    Self.set(file, isLeft)
    close(file)
  }

  private static func isSet(_ file: Int32) -> Bool {
    var byte: UInt8 = 0
    // Safe: the call fills in one byte.
    return unsafe pread(file, &byte, 1, 0) == 1 && byte == UInt8(ascii: "1")
  }

  private static func set(_ file: Int32, _ isWriting: Bool) {
    var byte = isWriting ? UInt8(ascii: "1") : UInt8(ascii: "0")
    // Safe: the call reads one byte.
    _ = unsafe pwrite(file, &byte, 1, 0)
  }

  /// In seconds; nil where there is no such file.
  private static func age(of path: String) -> Int? {
    var status = stat()
    // Safe: the path is lent for the call, and `status` is what stat fills in.
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return time(nil) - status.st_mtimespec.tv_sec
    #else
      return time(nil) - status.st_mtim.tv_sec
    #endif
  }
}
