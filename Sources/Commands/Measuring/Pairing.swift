import CommandLine
import Configuration
import Git
import History
import Measurements
import Runner
import System

/// One of two commits that are measured together.
struct Side: CustomStringConvertible {
  /// `base` or `head`.
  let word: String
  let commit: Commit

  /// As messages have it.
  var description: String { "\(word) \(commit.id.short)" }
}

/// Two commits that are measured in turns, each in a folder of its own.
struct Pairing {
  let base: Commit
  let head: Commit
  let workspace: Workspace
  let plan: Plan
  /// The suite that the plan is of; nil for a typed command.
  let suite: String?
  /// From the top of a work tree, where a typed command runs.
  let prefix: String
  /// Whether the folders stay under the git directory, so that `prepare` has less to do next time.
  let keepsBuilds: Bool

  /// The two, in the order of everything that there is for each of them.
  var sides: [Side] { [Side(word: "base", commit: base), Side(word: "head", commit: head)] }

  /// Checks both out, prepares them, and takes the folders away afterwards, whatever happens. The body
  /// gets what both sides launch, and how long preparing them took.
  ///
  /// - Parameters:
  ///   - tell: Called with what is being done, and whether it may take long.
  ///   - warn: Called with what is not as somebody may expect.
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
      definition: plan.definition, labels: plan.labels, environment: git.environment,
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

  /// Beside what the repository keeps, or where things are for the time being.
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
  /// The commit that a candidate is measured against: a revision, or where it left the base branch.
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

  /// Where a candidate left a base branch; if it is on it, the commit before.
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
