import System

/// Says that a process of this package is about to move a reference, and since when.
///
/// Who is killed while it holds git's own lock leaves that lock behind, and nobody could store
/// anything any more until somebody removes it by hand. The mark is a time in a file that the kernel
/// locks: whoever gets that lock and finds a time there knows that the one before died, and that a lock
/// of git's which was taken just then, and is old by now, is its.
struct StaleLockDetector: ~Copyable {
  /// The lock of this process; nil where others kept it, or files cannot be locked: then nothing is read,
  /// removed or written here.
  private let own: FileLock?
  /// When somebody began who died since, and whose lock may still be there; nil for nobody.
  private let left: Int?

  /// Waits for the others.
  ///
  /// - Parameters:
  ///   - folder: Made where it is missing.
  ///   - lock: Git's own, of the reference.
  ///   - attempts: How often the others are waited for, a twentieth of a second each time.
  init(in folder: String, for lock: String, attempts: Int = 100) {
    own = Self.seize(folder, attempts)
    guard let own else {
      left = nil
      return
    }
    let now = Platform.secondsSince1970
    // Only the lock that was taken right after the mark was set is that of who set it.
    if let begun = Self.begun(own), let taken = Platform.lastWrite(of: lock),
      (begun...begun + 1).contains(taken)
    {
      let isOld = now - taken > 2
      if isOld { Platform.remove(lock) }
      left = isOld ? nil : begun
    } else {
      left = nil
    }
    Self.set(own, left ?? now)
  }

  deinit {
    if let own { Self.set(own, left ?? 0) }
  }

  private static func seize(_ folder: String, _ attempts: Int) -> FileLock? {
    try? Platform.makeFolder(folder)
    guard let lock = try? FileLock("\(folder)/writer") else { return nil }
    for _ in 0..<attempts {
      guard let isOurs = try? lock.seize() else { return nil }
      if isOurs { return lock }
      Platform.sleep(.milliseconds(50))
    }
    return nil
  }

  /// The time that the file holds, in seconds since 1970; nil where it is 0.
  private static func begun(_ lock: FileLock) -> Int? {
    Int(String(decoding: lock.contents(limit: digits), as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
  }

  private static func set(_ lock: FileLock, _ time: Int) {
    let text = String(time)
    lock.overwrite(
      with: Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8))
  }

  /// As many as any time in seconds has.
  private static let digits = 20

  /// Removes a file that was written last so many seconds ago, or longer.
  static func remove(_ path: String, olderThan seconds: Int) -> Bool {
    guard let taken = Platform.lastWrite(of: path), Platform.secondsSince1970 - taken > seconds
    else { return false }
    Platform.remove(path)
    return Platform.lastWrite(of: path) == nil
  }
}
