import CommandLine
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The locks that a paired recording holds in its repository while it runs, so that others
/// notice it.
struct PairingLocks {
  /// The lock that all running recordings share. A process that gets it alone knows that no other
  /// one runs.
  private let recording: FileLock?
  /// The lock on kept folders; nil if none are kept, or if the file system has no locks. In the
  /// latter case, the check at the end finds out that another recording used the folders.
  private let builds: FileLock?

  /// Removes what killed recordings left, unless another recording runs.
  ///
  /// - Throws: ``Diagnostic`` if another recording uses the kept folders.
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
