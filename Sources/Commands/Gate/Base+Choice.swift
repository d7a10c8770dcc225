import CommandLine
import Git
import History

extension Base {
  /// Chooses the base branch. The first of these that exists: the typed name; the base of the pull
  /// request that the pipeline names; the remote branch that this branch follows; the configured
  /// names; the default branch of the pipeline; the default branches of the remotes; the usual
  /// names of such branches.
  ///
  /// - Throws: ``Diagnostic`` with status 2 if there is none.
  init(
    typed: String?, for search: BaseSearch, configured: [String], in workspace: Workspace,
    _ call: CommandContext<some CommonSettings>
  ) throws {
    guard
      let base = try Self.choice(
        typed: typed, for: search, configured: configured, in: workspace)
    else {
      throw Diagnostic(
        .usage, "no base branch: no remote says which, and there is neither main nor master",
        hint: workspace.repository.isShallow ? Self.fetching : Self.naming)
    }
    self = base
    if let ambiguity = try search.ambiguity(of: base) { call.warn(ambiguity) }
  }

  /// Chooses the base branch in the same order as ``init(typed:for:configured:in:_:)``; nil if
  /// there is none.
  static func choice(
    typed: String? = nil, for search: BaseSearch, configured: [String], in workspace: Workspace
  ) throws -> Base? {
    if let typed {
      guard let base = try search.named(typed) else {
        throw Diagnostic(
          .usage, "base branch '\(typed)' does not exist",
          hint: workspace.repository.isShallow
            ? fetching : "name one that does with `--base`")
      }
      return base
    }
    if let judged = search.judged, let base = try workspace.pullRequestBase(of: judged) {
      return base
    }
    if let base = try workspace.pipelineBase(of: search.judged) { return base }
    if let followed = try search.followed() { return followed }
    if !configured.isEmpty {
      return try self.configured(configured, search, workspace)
    }
    let found = try workspace.pipelineDefault() ?? search.defaults() ?? search.usual()
    // The names in `.perfconfig` are read from the branch that is found without them.
    guard let tip = found?.commit ?? search.judged else { return found }
    let named = try workspace.bases(at: tip, judged: search.judged)
    return named.isEmpty ? found : try self.configured(named, search, workspace)
  }

  private static func configured(
    _ names: [String], _ search: BaseSearch, _ workspace: Workspace
  ) throws -> Base {
    if let base = try search.configured(names) { return base }
    throw Diagnostic(
      .usage, "base branch '\(names.joined(separator: ", "))' does not exist",
      hint: workspace.repository.isShallow
        ? fetching : "fetch it, or name another with `git config perf.gate.base <branch>`")
  }

  /// The hint for a shallow clone, which has only one branch unless more were asked for.
  private static let fetching =
    "this clone is shallow: `git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'` "
    + "brings all branches"

  private static let naming =
    "name it with `--base <branch>`, or for good with `git config perf.gate.base <branch>`"
}
