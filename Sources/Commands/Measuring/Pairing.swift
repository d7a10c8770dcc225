import CommandLine
import Configuration
import Git
import History
import Measurements
import Runner
import System

/// A side of a paired measurement: one of the two commits that are measured together.
struct Side: CustomStringConvertible {
  /// The name of the side: `base` or `head`.
  let word: String
  let commit: Commit

  /// The name and the short id of the commit, for messages.
  var description: String { "\(word) \(commit.id.short)" }
}

/// Two commits that are measured in turns, each in a folder of its own.
struct Pairing {
  let base: Commit
  let head: Commit
  let workspace: Workspace
  let plan: Plan
  /// The suite of the plan; nil for a typed command.
  let suite: String?
  /// The folder in which a typed command runs, from the top of a work tree.
  let prefix: String
  /// True if the folders stay under the git directory, so that the next `prepare` has less to do.
  let keepsBuilds: Bool

  /// The base, then the head. Lists with an element for each side have the same order.
  var sides: [Side] { [Side(word: "base", commit: base), Side(word: "head", commit: head)] }

  /// Checks both commits out, prepares them, and calls the body with the jobs of both sides and
  /// the time from the start of preparing. Temporary folders are removed afterwards, also after
  /// an error.
  ///
  /// - Parameters:
  ///   - tell: Called with a text about the current step, and true if the step may take long.
  ///   - warn: Called with a warning.
  func withSides<Value>(
    tell: (String, Bool) -> Void, warn: @escaping (String) -> Void,
    _ body: (_ sides: [[BenchmarkJob]], _ preparing: Duration) throws -> Value
  ) throws -> Value {
    Interrupts.watch()
    if let path = workspace.repository.workTree.flatMap(plan.fixedPath(inside:)) {
      throw Diagnostic(
        .usage, "'\(path)' is the same on both sides: it lies in this work tree",
        hint: "write it as it stands from the top of the work tree")
    }
    let locks = try PairingLocks(in: workspace.repository, keepsBuilds: keepsBuilds)
    defer { locks.release() }
    let git = GitProgram(workspace, environment: plan.environment)
    var trees: [Worktree] = []
    defer { trees.forEach { $0.remove() } }
    var random = SystemRandomNumberGenerator()
    let id = Session.identifier(using: &random)
    for side in sides {
      tell("checking out \(side)", false)
      trees.append(try worktree(of: side, id, git))
    }
    let plan = try Plan(
      definition: plan.definition, labels: plan.labels, concurrencies: plan.concurrencies,
      environment: git.environment,
      outputs: plan.outputs, prices: plan.prices)
    let roots = trees.map { $0.path + prefix }
    let own = try BaseDefinition(
      of: suite, besides: plan, among: Set(workspace.configuration.suites.keys),
      in: trees[0].path, sides[0], of: workspace.repository, warn: warn)
    let start = SuspendingClock.now
    let mayTakeLong = plan.definition.prepare != nil
    tell("preparing \(sides[0])", mayTakeLong)
    let isPrepared = try own.prepare(as: plan, in: roots[0])
    let folders = trees.map(\.path)
    let first = SharedPrograms(of: plan, in: roots[0], outside: folders)
    tell("preparing \(sides[1])", mayTakeLong)
    try plan.prepare(in: roots[1], side: sides[1])
    if let path = SharedPrograms(of: plan, in: roots[1], outside: folders).changed(since: first) {
      throw Diagnostic(
        .unusable,
        "'\(path)' is the same file on both sides: `prepare` of \(sides[1]) made it anew",
        hint: "build what is measured below the top of the work tree, where each side has its own")
    }
    let jobs = try zip(roots, sides).map { try plan.jobs(in: $0, side: $1) }
    let completed = try own.complete(jobs[0], jobs[1], isPrepared: isPrepared)
    let value = try body(completed, SuspendingClock.now - start)
    for (tree, commit) in zip(trees, [base, head]) {
      guard try git.run(["rev-parse", "HEAD"], in: tree.path) == commit.id.description else {
        throw Diagnostic(
          .unusable,
          "'\(tree.path)' was at another commit in the end: somebody else measured there",
          hint: "measure again, one at a time, or without --keep-builds")
      }
    }
    return value
  }

  /// A work tree for a side: a kept one under the git directory, or one in the temporary folder.
  private func worktree(
    of side: Side, _ id: String, _ git: GitProgram
  ) throws -> Worktree {
    let repository = workspace.repository
    guard !keepsBuilds else {
      let folder = "\(repository.commonDirectory)/perf/builds/\(side.word)"
      return try Worktree(of: side.commit, keptAt: folder, git)
    }
    let temporary = git.surroundings().temporaryDirectory
    return try Worktree(
      of: side.commit, at: TemporaryWorktree(id, side.word, in: temporary, of: repository), git)
  }
}

extension Pairing {
  /// The commit to measure the candidate against: the named revision, or for `merge-base` the
  /// commit where the candidate left the base branch.
  static func base(
    _ named: String, for head: Commit, in workspace: Workspace,
    _ call: CommandContext<some CommonSettings>
  ) throws -> Commit {
    guard named == "merge-base" else { return try workspace.commit(named) }
    let search = try BaseSearch(
      workspace.repository, judged: head, branch: workspace.repository.branch())
    let base = try Base(
      typed: nil, for: search, configured: workspace.configuration.bases, in: workspace, call)
    return try self.base(for: head, leaving: base, in: workspace)
  }

  /// The commit where a candidate left a base branch; if it is on that branch, its parent.
  static func base(
    for head: Commit, leaving base: Base, in workspace: Workspace
  ) throws -> Commit {
    let fork = try workspace.repository.fork(of: head, from: base.commit)
    guard fork == head else { return fork }
    guard let parent = try workspace.repository.parent(of: head) else {
      throw Diagnostic(
        .nothingToCompare, "HEAD is on \(base.name), and there is no commit before it",
        hint: "name a commit to measure it against")
    }
    return parent
  }
}
