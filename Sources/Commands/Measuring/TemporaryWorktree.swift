import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A temporary work tree: its folder, and git's record of it.
///
/// Both have a name that nobody else gives, such as `perf-0123456789abcdef-base`, so that remains
/// of one can be recognized.
struct TemporaryWorktree {
  let folder: String
  /// The path of git's record below `.git/worktrees`. Git names it after the folder.
  private let entry: String

  /// Names a new work tree.
  ///
  /// - Parameters:
  ///   - id: The random identifier of a session.
  ///   - side: `base`, `head`, `bisect`, or the short id of a commit.
  init(_ id: String, _ side: String, in temporary: String, of repository: Repository) {
    let name = "perf-\(id)-\(side)"
    folder = "\(temporary)/\(name)"
    entry = "\(Self.entries(of: repository))/\(name)"
  }

  private init(folder: String, entry: String) {
    self.folder = folder
    self.entry = entry
  }

  /// Has the folder and the record removed if this process is killed, on systems where that
  /// is possible.
  func adopt() {
    for path in [folder, entry] { unsafe Interrupts.cleanupLauncher?.adopt(path) }
  }

  /// Removes the folder, then git's record: only the record tells where the folder is.
  func remove() {
    for path in [folder, entry] {
      try? FileManager.default.removeItem(atPath: path)
      unsafe Interrupts.cleanupLauncher?.release(path)
    }
  }

  /// All temporary work trees of a repository, of any recording.
  static func all(of repository: Repository) -> [TemporaryWorktree] {
    let entries = entries(of: repository)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: entries)) ?? []
    return names.filter(isOurs).map { name in
      let entry = "\(entries)/\(name)"
      return TemporaryWorktree(folder: folder(named: name, by: entry) ?? entry, entry: entry)
    }
  }

  private static func entries(of repository: Repository) -> String {
    "\(repository.commonDirectory)/worktrees"
  }

  private static func isOurs(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return false }
    let isOfCommit = parts[2].count == 10 && parts[2].allSatisfy(\.isHexDigit)
    return parts[0] == "perf" && (["base", "head", "bisect"].contains(parts[2]) || isOfCommit)
      && parts[1].count == 16 && parts[1].allSatisfy(\.isHexDigit)
  }

  /// The folder that git's record names; nil if the record is incomplete, as then there was no
  /// folder yet.
  private static func folder(named name: String, by entry: String) -> String? {
    guard let data = FileManager.default.contents(atPath: "\(entry)/gitdir") else { return nil }
    // The path of the folder's `.git` file. A relative path starts at the record.
    let path = String(decoding: data, as: UTF8.self).prefix { $0 != "\n" }
    let place = path.hasPrefix("/") ? String(path) : "\(entry)/\(path)"
    let folder = URL(filePath: place).standardizedFileURL.deletingLastPathComponent()
    return folder.lastPathComponent == name ? folder.path : nil
  }
}
