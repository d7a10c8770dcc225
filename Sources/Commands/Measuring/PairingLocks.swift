import CommandLine
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a paired recording holds in its repository while it is at work, so that others notice.
struct PairingLocks {
  /// Shared by all that are at work; whoever has it alone knows that all others are dead.
  private let recording: FileLock?
  /// nil where nothing is kept, and where the file system knows no locks: then it is noticed in the
  /// end that somebody else was there.
  private let builds: FileLock?

  /// Clears away what dead recordings left, unless another one is at work.
  ///
  /// - Throws: ``Diagnostic`` where another recording uses the folders that are kept.
  init(in repository: Repository, keepsBuilds: Bool) throws {
    recording = Self.lock("recording", in: repository)
    if (try? recording?.seize()) == true {
      TemporaryWorktree.all(of: repository).forEach { $0.remove() }
    }
    recording?.share()
    builds = keepsBuilds ? Self.lock("builds", in: repository) : nil
    guard let builds, (try? builds.seize()) == false else { return }
    throw Diagnostic(
      .unusable, "another recording uses the folders that --keep-builds keeps",
      hint: "wait for its end, or measure without --keep-builds")
  }

  func release() { for lock in [recording, builds] { lock?.release() } }

  private static func lock(_ name: String, in repository: Repository) -> FileLock? {
    let folder = "\(repository.commonDirectory)/perf"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try? FileLock("\(folder)/\(name).lock")
  }
}
