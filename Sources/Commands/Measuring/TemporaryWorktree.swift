import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A work tree that is there for the time being: its folder, and what git keeps of it.
///
/// Both have a name that nobody else gives, `perf-0123456789abcdef-base`, so that what is left of one is
/// known for what it is.
struct TemporaryWorktree {
  let folder: String
  /// Below `.git/worktrees`, which git calls after the folder.
  private let entry: String

  /// A new one.
  ///
  /// - Parameters:
  ///   - id: A session's identifier, by chance.
  ///   - side: `base` or `head`.
  init(_ id: String, _ side: String, in temporary: String, of repository: Repository) {
    let name = "perf-\(id)-\(side)"
    folder = "\(temporary)/\(name)"
    entry = "\(Self.entries(of: repository))/\(name)"
  }

  private init(folder: String, entry: String) {
    self.folder = folder
    self.entry = entry
  }

  /// From now on it is taken away when this process dies, wherever that can be.
  func adopt() {
    for path in [folder, entry] { unsafe Interrupts.cleanupLauncher?.adopt(path) }
  }

  /// Takes away what there is of it; the folder first, as only git's record tells where that is.
  func remove() {
    for path in [folder, entry] {
      try? FileManager.default.removeItem(atPath: path)
      unsafe Interrupts.cleanupLauncher?.release(path)
    }
  }

  /// All that a repository has, of whatever recording.
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
    return parts.count == 3 && parts[0] == "perf" && ["base", "head"].contains(parts[2])
      && parts[1].count == 16 && parts[1].allSatisfy(\.isHexDigit)
  }

  /// Where git says that it is; nil before git had said so, when there was none yet.
  private static func folder(named name: String, by entry: String) -> String? {
    guard let data = FileManager.default.contents(atPath: "\(entry)/gitdir") else { return nil }
    // The path of the `.git` in it, from the entry where it is a relative one.
    let path = String(decoding: data, as: UTF8.self).prefix { $0 != "\n" }
    let place = path.hasPrefix("/") ? String(path) : "\(entry)/\(path)"
    let folder = URL(filePath: place).standardizedFileURL.deletingLastPathComponent()
    return folder.lastPathComponent == name ? folder.path : nil
  }
}
