import Foundation
import TestSupport
import Testing

@testable import Git

@Suite("A writer's mark tells a dead writer's lock from a living one's")
struct StaleLockDetectorTests {
  let directory: ScratchDirectory
  let lock: String

  init() throws {
    directory = try ScratchDirectory()
    lock = try directory.write("perf.lock", "").path(percentEncoded: false)
    try age(lock)
  }

  /// Makes a file a minute old.
  private func age(_ path: String) throws {
    let date = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }

  /// What somebody leaves behind who took the lock and was killed.
  private func leave() throws {
    let date = try FileManager.default.attributesOfItem(atPath: lock)[.modificationDate] as? Date
    let seconds = Int(try #require(date).timeIntervalSince1970)
    try directory.write("writer", String(format: "%020d", seconds))
  }

  /// - Parameter attempts: Some, for what another test launches has the file open for a moment.
  private func mark(attempts: Int = 100) {
    _ = StaleLockDetector(in: directory.path, for: lock, attempts: attempts)
  }

  @Test("the lock of somebody who died is taken away")
  func died() throws {
    try leave()
    mark()
    #expect(!FileManager.default.fileExists(atPath: lock))
    #expect(try Int(directory.read("writer")) == 0)
  }

  @Test("a lock of anybody else stays, however old")
  func stranger() throws {
    try directory.write("writer", String(format: "%020d", 12))
    mark()
    #expect(FileManager.default.fileExists(atPath: lock))
  }

  @Test("while somebody else has the mark, nothing is touched")
  func held() throws {
    try leave()
    let before = try directory.read("writer")
    // SAFETY: the path is lent for the call.
    let holder = unsafe open("\(directory.path)/writer", O_RDWR | O_CLOEXEC)
    #expect(flock(holder, LOCK_EX | LOCK_NB) == 0)
    mark(attempts: 1)
    #expect(FileManager.default.fileExists(atPath: lock))
    #expect(try directory.read("writer") == before)
    close(holder)
    mark()
    #expect(!FileManager.default.fileExists(atPath: lock))
  }
}
