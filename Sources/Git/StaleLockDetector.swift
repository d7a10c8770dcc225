#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Says that a process of this package is about to move a reference, and since when.
///
/// Who is killed while it holds git's own lock leaves that lock behind, and nobody could store
/// anything any more until somebody removes it by hand. The mark is a time in a file that the kernel
/// locks: whoever gets that lock and finds a time there knows that the one before died, and that a lock
/// of git's which was taken just then, and is old by now, is its.
struct StaleLockDetector: ~Copyable {
  /// The file whose lock this process has; nil where others kept it, or files cannot be locked: then
  /// nothing is read, removed or written here.
  private let file: Int32?
  /// When somebody began who died since, and whose lock may still be there; nil for nobody.
  private let left: Int?

  /// Waits for the others, at most so often for a twentieth of a second.
  ///
  /// - Parameters:
  ///   - folder: Made where it is missing.
  ///   - lock: Git's own, of the reference.
  init(in folder: String, for lock: String, timeoutPolicy: Int = 100) {
    file = Self.seize(folder, timeoutPolicy)
    guard let file else {
      left = nil
      return
    }
    let now = time(nil)
    // Only the lock that was taken right after the mark was set is that of who set it.
    if let begun = Self.begun(file), let taken = Self.taken(lock),
      (begun...begun + 1).contains(taken)
    {
      let isOld = now - taken > 2
      if isOld { unsafe unlink(lock) }
      left = isOld ? nil : begun
    } else {
      left = nil
    }
    Self.set(file, left ?? now)
  }

  deinit {
    guard let file else { return }
    Self.set(file, left ?? 0)
    close(file)
  }

  private static func seize(_ folder: String, _ timeoutPolicy: Int) -> Int32? {
    // Safe: the texts are lent for the calls.
    unsafe mkdir(folder, 0o777)
    let file = unsafe open("\(folder)/writer", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { return nil }
    for _ in 0..<timeoutPolicy {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
      guard errno == EWOULDBLOCK else { break }
      usleep(50_000)
    }
    close(file)
    return nil
  }

  /// The time that the file holds, in seconds since 1970; nil where it is 0.
  private static func begun(_ file: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 20)
    // Safe: the call fills in so many bytes at the most.
    let count = unsafe pread(file, &bytes, bytes.count, 0)
    guard count > 0, let time = Int(String(decoding: bytes.prefix(count), as: UTF8.self)), time > 0
    else { return nil }
    return time
  }

  private static func set(_ file: Int32, _ time: Int) {
    let digits = String(time)
    let text = Array((String(repeating: "0", count: max(0, 20 - digits.count)) + digits).utf8)
    // Safe: the call reads so many bytes.
    _ = unsafe pwrite(file, text, text.count, 0)
  }

  /// Removes a file that was written last so many seconds ago, or longer.
  static func remove(_ path: String, olderThan seconds: Int) -> Bool {
    guard let taken = taken(path), time(nil) - taken > seconds else { return false }
    // Safe: the path is lent for the call.
    return unsafe unlink(path) == 0
  }

  /// When a file was written last, in seconds since 1970; nil where there is none.
  private static func taken(_ path: String) -> Int? {
    var status = stat()
    // Safe: the path is lent for the call, and `status` is what stat fills in.
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }
}
