import Git
import Intake

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a paired recording holds in its repository while it is at work, so that others notice.
struct PairingLocks {
  /// nil where nothing is kept, and where the file system knows no locks: then it is noticed in the
  /// end that somebody else was there.
  private let builds: FileLock?

  /// To be taken when ``Interrupts`` are watched: what ends things after this process would inherit
  /// the locks.
  ///
  /// - Throws: ``Complaint`` where another recording uses the folders that are kept.
  init(in repository: Repository, keepsBuilds: Bool) throws {
    builds = keepsBuilds ? Self.lock("builds", in: repository) : nil
    guard let builds, (try? builds.seize()) == false else { return }
    throw Complaint(
      .unusable, "another recording uses the folders that --keep-builds keeps",
      hint: "wait for its end, or measure without --keep-builds")
  }

  func release() { builds?.release() }

  private static func lock(_ name: String, in repository: Repository) -> FileLock? {
    let folder = "\(repository.commonDirectory)/perf"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try? FileLock("\(folder)/\(name).lock")
  }
}
