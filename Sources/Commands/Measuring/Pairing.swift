import CommandLine
import Configuration
import Git
import History
import Measurements
import Runner
import System

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
    let folders = MeasuredFolders(
      workspace: workspace, plan: plan, prefix: prefix, keepsBuilds: keepsBuilds)
    try folders.checkPaths("on both sides")
    let locks = try PairingLocks(in: workspace.repository, keepsBuilds: keepsBuilds)
    defer { locks.release() }
    return try folders.withFolders(of: sides, tell: { tell($0, false) }) { folders, plan in
      let (base, head) = (folders[0], folders[1])
      let own = try BaseDefinition(
        of: suite, besides: plan, among: Set(workspace.configuration.suites.keys),
        in: base.top, base.side, of: workspace.repository, warn: warn)
      let start = SuspendingClock.now
      let mayTakeLong = plan.definition.prepare != nil
      tell("preparing \(base.side)", mayTakeLong)
      let isPrepared = try own.prepare(as: plan, in: base.root)
      let tops = folders.map(\.top)
      let first = SharedPrograms(of: plan, in: base.root, outside: tops)
      tell("preparing \(head.side)", mayTakeLong)
      try plan.prepare(in: head.root, side: head.side)
      try SharedPrograms(of: plan, in: head.root, outside: tops)
        .check(against: first, "on both sides", preparedLast: head.side)
      let jobs = try folders.map { try plan.jobs(in: $0.root, side: $0.side) }
      let completed = try own.complete(jobs[0], jobs[1], isPrepared: isPrepared)
      return try body(completed, SuspendingClock.now - start)
    }
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
