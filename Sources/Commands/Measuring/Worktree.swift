import Git
import Intake

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A commit checked out in a folder of its own, submodules included.
///
/// The git program does it, as only it knows filters, hooks and how to fetch a submodule.
struct Worktree {
  let path: String
  private let git: GitProgram
  /// nil for one that stays, for the next time.
  private let warden: Launcher?
  private let isKept: Bool

  /// - Parameters:
  ///   - path: Where; what is there already is kept, and brought to the commit.
  ///   - isKept: Whether it stays, so that a build needs to do less the next time.
  /// - Throws: ``Complaint`` with git's own words.
  init(of commit: Commit, at path: String, isKept: Bool, _ git: GitProgram) throws {
    self.path = path
    self.git = git
    self.isKept = isKept
    warden = isKept ? nil : unsafe Interrupts.warden
    if isKept, OutputFile.exists("\(path)/.git") {
      try git.run(["checkout", "--quiet", "--detach", "--force", commit.id.description], in: path)
    } else {
      warden?.adopt(path)
      try git.run(
        ["worktree", "add", "--quiet", "--detach", "--force", path, commit.id.description])
    }
    if let warden, let place = try? git.run(["rev-parse", "--absolute-git-dir"], in: path) {
      warden.adopt(place)
    }
    if OutputFile.exists("\(path)/.gitmodules") {
      try git.run(["submodule", "update", "--quiet", "--init", "--recursive", "--force"], in: path)
    }
  }

  /// Takes it away, unless it stays.
  func remove() {
    guard !isKept else { return }
    let place = try? git.run(["rev-parse", "--absolute-git-dir"], in: path)
    _ = try? git.run(["worktree", "remove", "--force", path])
    try? FileManager.default.removeItem(atPath: path)
    _ = try? git.run(["worktree", "prune"])
    warden?.release(path)
    if let place { warden?.release(place) }
  }
}

/// The git program, told where the repository is.
struct GitProgram {
  let directory: String
  /// Without what ties git to another repository or index, as in a hook.
  let environment: [String: String]

  init(_ workspace: Workspace, environment: [String: String]) {
    directory = workspace.repository.workTree ?? workspace.repository.commonDirectory
    // Nobody is there to answer: its launches have no terminal.
    self.environment = environment.filter { !Self.local.contains($0.key) }
      .merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 }
  }

  /// As `git rev-parse --local-env-vars` lists them.
  private static let local: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
  ]

  /// - Returns: What it printed, without the line break at the end.
  /// - Throws: ``Complaint`` with its own words.
  @discardableResult
  func run(_ arguments: [String], in folder: String? = nil) throws -> String {
    let command = Command("git", arguments)
    let surroundings = Surroundings(directory: folder ?? directory, environment: environment)
    let result = try Launch(command, in: surroundings, output: .captured, limits: Limits()).run()
    guard result.ending == .exited(0) else {
      throw Complaint(
        .failure, "`git \(arguments.prefix(2).joined(separator: " "))` failed",
        details: result.messages.split(separator: "\n").map(String.init))
    }
    let text = String(decoding: result.output, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
