import CommandLine
import Git

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A commit checked out in a folder of its own, submodules included.
///
/// The git program does it, as only it knows filters and how to fetch a submodule. No hook of the
/// repository runs: what is measured is what the commit holds.
struct Worktree {
  let path: String
  private let git: GitProgram
  /// nil for one that stays, for the next time.
  private let passing: TemporaryWorktree?

  /// - Parameter passing: Where; taken away again in the end, and where it cannot be made.
  /// - Throws: ``Diagnostic`` with git's own words.
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

  /// One that stays, so that a build needs to do less the next time.
  ///
  /// What is there already is kept, and brought to the commit; where it is broken, it is made anew.
  ///
  /// - Parameter path: Of a folder that is ours, and that no other recording uses now.
  /// - Throws: ``Diagnostic`` with git's own words.
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

  /// Takes it away, unless it stays.
  func remove() { passing?.remove() }

  /// Twice forced: in the place of one whose folder is gone, locked or not.
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

  /// Submodules inherit it.
  private static let hookless = ["-c", "core.hooksPath=/dev/null"]
}

extension Worktree {
  /// What git keeps of a folder; nil where either is gone or broken, or was never finished.
  private static func place(of path: String, _ git: GitProgram) throws -> String? {
    // Without a `.git` of its own, git would look for one further up.
    guard OutputFile.exists("\(path)/.git"), !OutputFile.isDirectory("\(path)/.git") else {
      return nil
    }
    do {
      let place = try git.run(["rev-parse", "--absolute-git-dir"], in: path)
      // So it is while git adds a work tree.
      return OutputFile.exists("\(place)/locked") ? nil : place
    } catch is GitProgramError {
      return nil
    }
  }

  private func bring(to commit: Commit, _ place: String) throws {
    // As nobody else is at work here, that of a git that was killed.
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
