import Git
import System

extension GitProgram {
  /// From where the caller is, as paths in its environment count from there.
  init(_ call: CommandContext<some CommonSettings>) {
    self.init(
      directory: call.directory, environment: call.process.environment, limits: nil)
  }

  /// For the repository of a workspace and the work trees that it has, whatever the environment ties
  /// git to, as in a hook.
  init(_ workspace: Workspace, environment: [String: String]) {
    self.init(
      directory: workspace.repository.workTree ?? workspace.repository.commonDirectory,
      // Nobody is there to answer: its launches have no terminal.
      environment: environment.filter { !Self.local.contains($0.key) }
        .merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 },
      limits: Limits())
  }

  /// As `git rev-parse --local-env-vars` lists them.
  private static let local: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
  ]
}
