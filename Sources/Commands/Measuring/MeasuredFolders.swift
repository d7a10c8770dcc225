import CommandLine
import Git
import Runner
import System

/// Checks commits out to be measured at the same time, each in a folder of its own.
struct MeasuredFolders {
  let workspace: Workspace
  let plan: Plan
  /// The folder in which a typed command runs, from the top of a work tree.
  let prefix: String
  /// True if the folders stay under the git directory, so that the next `prepare` has less to do.
  let keepsBuilds: Bool

  /// The folder of a side.
  struct Folder {
    let side: Side
    /// The top of the work tree.
    let top: String
    /// The folder where the commands run.
    let root: String
  }

  /// Refuses a path that leads all commits to the same file.
  ///
  /// - Parameter place: The words for all commits, such as `on both sides`.
  func checkPaths(_ place: String) throws(Diagnostic) {
    guard let path = workspace.repository.workTree.flatMap(plan.fixedPath(inside:)) else { return }
    throw Diagnostic(
      .usage, "'\(path)' is the same \(place): it lies in this work tree",
      hint: "write it as it stands from the top of the work tree")
  }

  /// Checks the commits of sides out, and calls the body with their folders and with the plan in the
  /// environment for them. Temporary folders are removed afterwards, also after an error.
  ///
  /// - Parameters:
  ///   - tell: Called with a text about each step.
  ///   - leaveOut: Called if a side cannot be checked out. The body goes without it if no error is
  ///     thrown.
  /// - Throws: ``Diagnostic`` if a folder was brought to another commit meanwhile.
  func withFolders<Value>(
    of sides: [Side], tell: (String) -> Void,
    leaveOut: (Side, any Error) throws -> Void = { throw $1 },
    _ body: ([Folder], Plan) throws -> Value
  ) throws -> Value {
    let git = GitProgram(workspace, environment: plan.environment)
    var random = SystemRandomNumberGenerator()
    let id = Session.identifier(using: &random)
    var trees: [Worktree] = []
    defer { trees.forEach { $0.remove() } }
    var folders: [Folder] = []
    for side in sides {
      tell("checking out \(side)")
      do {
        let tree = try worktree(of: side, id, git)
        trees.append(tree)
        folders.append(Folder(side: side, top: tree.path, root: tree.path + prefix))
      } catch {
        try leaveOut(side, error)
      }
    }
    let plan = try Plan(
      definition: plan.definition, labels: plan.labels, concurrencies: plan.concurrencies,
      environment: git.environment, outputs: plan.outputs, prices: plan.prices)
    let value = try body(folders, plan)
    for folder in folders {
      guard
        try git.run(["rev-parse", "HEAD"], in: folder.top) == folder.side.commit.id.description
      else {
        throw Diagnostic(
          .unusable,
          "'\(folder.top)' was at another commit in the end: somebody else measured there",
          hint: "measure again, one at a time, or without --keep-builds")
      }
    }
    return value
  }

  /// A work tree for a side: a kept one under the git directory, or one in the temporary folder.
  private func worktree(of side: Side, _ id: String, _ git: GitProgram) throws -> Worktree {
    let repository = workspace.repository
    guard !keepsBuilds else {
      let folder = "\(repository.commonDirectory)/perf/builds/\(side.keptFolder)"
      return try Worktree(of: side.commit, keptAt: folder, git)
    }
    let temporary = git.surroundings().temporaryDirectory
    return try Worktree(
      of: side.commit, at: TemporaryWorktree(id, side.word, in: temporary, of: repository), git)
  }
}
