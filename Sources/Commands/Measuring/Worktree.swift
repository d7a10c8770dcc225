import CommandLine
import Git

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A commit checked out in a folder of its own, submodules included.
///
/// The git program makes it, because only git knows filters and how to fetch a submodule. No hook
/// of the repository runs: the files that are measured are those of the commit.
struct Worktree {
  let path: String
  private let git: GitProgram
  /// The temporary work tree; nil for one that is kept for the next time.
  private let passing: TemporaryWorktree?

  /// Checks a commit out into a temporary folder.
  ///
  /// - Parameter passing: The temporary work tree. It is removed at the end, and also if it cannot
  ///   be made.
  /// - Throws: ``Diagnostic`` with git's messages.
  init(of commit: Commit, at passing: TemporaryWorktree, _ git: GitProgram) throws {
    self.path = passing.folder
    self.git = git
    self.passing = passing
    passing.adopt()
    do {
      try add(commit)
      try updateSubmodules()
    } catch {
      passing.remove()
      throw error
    }
  }

  /// Checks a commit out into a folder that is kept, so that the next build needs to do less.
  ///
  /// An existing folder is brought to the commit; if it is broken, it is made anew.
  ///
  /// - Parameter path: The path of a folder of this project that no other recording uses now.
  /// - Throws: ``Diagnostic`` with git's messages.
  init(of commit: Commit, keptAt path: String, _ git: GitProgram) throws {
    self.path = path
    self.git = git
    passing = nil
    if let place = try Self.place(of: path, git) {
      try bring(to: commit, place)
    } else {
      try Self.clear(path)
      try add(commit)
      try updateSubmodules()
    }
  }

  /// Removes the work tree, unless it is kept.
  func remove() { passing?.remove() }

  /// Adds the work tree. `--force` is given twice so that it replaces a record whose folder is
  /// gone, even a locked one.
  private func add(_ commit: Commit) throws {
    try git.run(
      Self.hookless + [
        "worktree", "add", "--quiet", "--detach", "--force", "--force", path,
        commit.id.description,
      ])
  }

  private func updateSubmodules() throws {
    guard OutputFile.exists("\(path)/.gitmodules") else { return }
    try git.run(
      Self.hookless + ["submodule", "update", "--quiet", "--init", "--recursive", "--force"],
      in: path)
  }

  /// Options that disable all hooks. Submodules inherit them.
  private static let hookless = ["-c", "core.hooksPath=/dev/null"]
}

extension Worktree {
  /// The directory that git has for a folder; nil if either is gone, broken or was never finished.
  private static func place(of path: String, _ git: GitProgram) throws -> String? {
    // Without a `.git` of its own, git would look for one further up.
    guard OutputFile.exists("\(path)/.git"), !OutputFile.isDirectory("\(path)/.git") else {
      return nil
    }
    do {
      let place = try git.run(["rev-parse", "--absolute-git-dir"], in: path)
      // Git locks a work tree while it adds it.
      return OutputFile.exists("\(place)/locked") ? nil : place
    } catch is GitProgramError {
      return nil
    }
  }

  private func bring(to commit: Commit, _ place: String) throws {
    // Nobody else works here, so an existing lock is that of a git that was killed.
    OutputFile.remove("\(place)/index.lock")
    do {
      try git.run(
        Self.hookless + ["checkout", "--quiet", "--detach", "--force", commit.id.description],
        in: path)
      try updateSubmodules()
    } catch let error as GitProgramError {
      throw Diagnostic(
        .failure, "\(error.message) in '\(path)'",
        hint: "remove '\(path)', and it is made anew", details: error.messages)
    }
  }

  private static func clear(_ path: String) throws {
    guard OutputFile.exists(path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw Diagnostic(
        .failure, "cannot remove '\(path)', which is broken",
        hint: "remove it by hand, and it is made anew")
    }
  }
}
