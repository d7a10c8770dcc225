import Git
import System

extension GitProgram {
  /// Runs git in the caller's directory, as relative paths in the environment start there.
  init(_ call: CommandContext<some CommonSettings>) {
    self.init(
      directory: call.directory, environment: call.process.environment, limits: nil)
  }

  /// Runs git for the repository of a workspace and its work trees. Variables that tie git to
  /// another repository, as in a hook, are removed.
  init(_ workspace: Workspace, environment: [String: String]) {
    self.init(
      directory: workspace.repository.workTree ?? workspace.repository.commonDirectory,
      // Nobody can answer a question of git, because the launches have no terminal.
      environment: environment.filter { !Self.local.contains($0.key) }
        .merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 },
      limits: Limits())
  }

  /// The variables that `git rev-parse --local-env-vars` lists.
  private static let local: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
  ]
}
