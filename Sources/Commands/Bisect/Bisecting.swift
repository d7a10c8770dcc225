import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Runner
import Statistics
import System
import Verdicts

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A bisection at work.
final class Bisecting {
  let call: CommandContext<BisectSettings>
  let workspace: Workspace
  let setUp: BisectionSetUp
  let builds: CommitBuilds
  let progress: BisectionProgress
  var lines: CommitLines
  var state: BisectionState
  private let file: BisectionFile
  private let launcher: CommitLauncher
  private let start = SuspendingClock.now
  private let secondsBefore: Double
  private let conditions: Conditions
  private var batch: Int
  /// The rounds that each pair had in turns in this process.
  private var roundsOfProcess: [CommitPair: Int] = [:]
  /// The seconds that each launch of this process took, with what is around it.
  private var launchTimes: [Double] = []
  /// The number of launches of this process.
  var launched: Int { launchTimes.count }

  /// The most launches of one process. A change that so many cannot place is not worth more.
  static let mostLaunches = 1000

  init(
    _ call: CommandContext<BisectSettings>, _ workspace: Workspace, _ state: BisectionState,
    _ file: BisectionFile
  ) throws {
    self.call = call
    self.workspace = workspace
    self.file = file
    setUp = try BisectionSetUp(
      state.request, in: workspace, limit: call.settings.timeLimit, call)
    let plan = setUp.plan
    if let path = workspace.repository.workTree.flatMap(plan.fixedPath(inside:)) {
      throw Diagnostic(
        .usage, "'\(path)' is the same for every commit: it lies in this work tree",
        hint: "write it as it stands from the top of the work tree")
    }
    progress = BisectionProgress(call)
    builds = try CommitBuilds(of: plan, prefix: state.request.prefix, in: workspace) {
      [progress] in progress.tell($0)
    }
    launcher = CommitLauncher(warmups: plan.warmups)
    lines = CommitLines(workspace.repository, setUp.content, suite: setUp.suite)
    self.state = state
    secondsBefore = state.seconds
    batch = state.launches.map(\.batch).max() ?? 0
    conditions = call.process.conditions()
  }

  func run() throws -> ExitStatus {
    let plan = setUp.plan
    try workspace.warn(of: plan, call)
    try Preflight(
      call: call, configuration: setUp.configuration, commands: plan.definition.commands
    ).check()
    let locks = try PairingLocks(in: workspace.repository, keepsBuilds: false)
    defer { locks.release() }
    let answer: BisectionEnd
    do {
      defer {
        builds.removeAll()
        progress.clear()
      }
      answer = try answered()
    } catch {
      throw stopped(by: error)
    }
    try store()
    if answer.isFinal {
      state.end = BisectionState.End(status: answer.status.rawValue, text: answer.text)
    }
    try save()
    call.out(answer.text)
    if !answer.isFinal {
      call.err.line("hint: `perf-bisect --resume` goes on, `perf-bisect reset` forgets it")
    }
    if answer.status != .success || call.settings.common.verbosity != .quiet {
      call.err.line("perf-bisect: \(answer.last)")
    }
    return answer.status
  }

  private func answered() throws -> BisectionEnd {
    let line = try lines.line(from: setUp.good, to: setUp.bad)
    guard line.last > 0, setUp.good.tree != setUp.bad.tree else {
      return .sameContent(state.request)
    }
    if state.target == nil {
      do {
        if let end = try measureEnds() { return end }
      } catch let error as EndError {
        // A build that was ended as time was up says nothing about the end.
        guard isOver, error.reason != nil else { throw error }
        return .undecidedEnds([])
      }
    }
    guard let target = state.target else { preconditionFailure("the ends gave a series or an end") }
    return try search(line, for: target)
  }

  /// Keeps what was measured when the bisection is stopped by an error, and returns the error with a
  /// hint on how to go on.
  private func stopped(by error: any Error) -> Diagnostic {
    var diagnostic = Diagnostic(error)
    if state.launches.isEmpty, state.skipped.isEmpty {
      file.remove()
      return diagnostic
    }
    do {
      try store()
      try save()
    } catch {
      call.say(Diagnostic(error), as: .warning)
    }
    // An end that cannot be measured, or good and bad the wrong way round, will be so again.
    if error is EndError {
      state.end = BisectionState.End(status: diagnostic.status.rawValue, text: "")
      try? save()
    } else if !state.launches.isEmpty {
      let way = "`perf-bisect --resume` goes on, `perf-bisect reset` forgets it"
      diagnostic = diagnostic.hinting(diagnostic.hint.map { "\($0); \(way)" } ?? way)
    }
    return diagnostic
  }

  private func store() throws {
    guard state.sessions.contains(where: { !$0.isStored }) else { return }
    try BisectionRuns(call: call, workspace: workspace).store(state, since: conditions)
    for place in state.sessions.indices { state.sessions[place].isStored = true }
  }

  /// Keeps the state.
  func save() throws {
    state.seconds = totalSeconds
    try file.write(state)
  }
}

/// An error that ends a bisection for good.
struct EndError: Error {
  let diagnostic: Diagnostic
  /// The commit that cannot be measured, if that is the error.
  var commit: Commit?
  var reason: Unmeasurable?
}

extension Bisecting {
  /// The seconds since this process began to measure.
  private var spent: Double { (SuspendingClock.now - start) / .seconds(1) }

  /// The seconds of all sessions.
  var totalSeconds: Double { secondsBefore + spent }

  var isOver: Bool {
    (call.settings.timeLimit.map { SuspendingClock.now - start >= $0 } ?? false)
      || launched >= Self.mostLaunches
  }

  /// The costs of the next step, in seconds.
  ///
  /// A build pays for all batches that its commit will get, so a batch bears its share of the build:
  /// the part of the question that it answers. Commits that have had many batches, and still leave the
  /// question open, show that a batch answers less. Else the commits that are built would be measured
  /// again and again, because others cost a build.
  func costs(on line: CommitLine, _ posterior: CulpritPosterior, batch: Int) -> BisectionCosts {
    let built = builds.built
    let separation = posterior.evidence.separation
    let answered = 1 - exp(-Double(batch) * separation * separation / 8)
    let launches = (0...line.last).dropFirst().dropLast().map(posterior.evidence.launches)
    let batches = (launches.max() ?? 0) / batch
    return BisectionCosts(
      launch: max(1e-6, launchTimes.mean ?? 1),
      build: (builds.times.mean ?? 0) * min(answered, 1 / Double(max(1, batches))),
      built: Set(line.commits.indices.filter { built.contains(line.commits[$0].tree) }))
  }

  /// Begins another batch of launches that follow each other closely.
  func beginBatch() { batch += 1 }

  /// Launches two commits in turns: a round of both. Two rounds are a batch, ABBA.
  ///
  /// - Parameter body: Launches a build once, as a part of the pair.
  func measureRound(
    of old: CommitBuild, _ new: CommitBuild, _ body: (CommitBuild, CommitPair) throws -> Void
  ) throws {
    let pair = CommitPair(old: old.commit.id, new: new.commit.id)
    let number = roundsOfProcess[pair, default: 0] + 1
    let isOdd = !number.isMultiple(of: 2)
    if isOdd { beginBatch() }
    for build in isOdd ? [old, new] : [new, old] { try body(build, pair) }
    roundsOfProcess[pair] = number
  }

  /// Launches the wanted jobs once, and notes the numbers.
  ///
  /// - Returns: The failure of each job; nil if it was measured, or not wanted.
  func launch(
    _ build: CommitBuild, only wanted: Set<Int>?, in pair: CommitPair? = nil
  ) throws -> CommitLauncher.Round {
    let before = SuspendingClock.now
    let round = try launcher.round(of: build, only: wanted)
    launchTimes.append((SuspendingClock.now - before) / .seconds(1))
    if launchTimes.count == 1 { try beginSession() }
    let commit = build.commit
    let series = round.series.flatMap(\.self)
    guard !series.isEmpty else { return round }
    state.launches.append(
      MeasuredLaunch(
        run: Run(
          commit: commit.id.description, tree: commit.tree.description, recordedAt: nil,
          session: nil, suite: setUp.suite, tool: call.tool, environment: nil, series: series),
        commit: commit.id, session: state.sessions.count - 1, batch: batch, pair: pair,
        load: round.load))
    return round
  }

  private func beginSession() throws {
    var random = SystemRandomNumberGenerator()
    state.sessions.append(
      BisectionState.Session(id: Session.identifier(using: &random), startedAt: .now))
  }

  /// Notes that a commit cannot be measured, and tells why.
  func skip(_ commit: Commit, _ reason: Unmeasurable) throws {
    builds.drop(commit)
    state.skipped.append(
      SkippedCommit(
        commit: commit.id, reason: reason.reason, details: Array(reason.details.suffix(5))))
    progress.clear()
    call.say(
      Diagnostic(
        .success, "skipped \(commit.id.short): \(reason.reason)",
        details: Array(reason.details.suffix(5))), as: .warning)
    try save()
  }

  /// The build of an end of a line, which must be measurable.
  func endBuild(_ commit: Commit) throws -> CommitBuild {
    do {
      return try builds.build(of: commit)
    } catch let reason as Unmeasurable {
      throw EndError(reason, commit)
    }
  }
}

extension EndError {
  init(_ reason: Unmeasurable, _ commit: Commit) {
    self.commit = commit
    self.reason = reason
    diagnostic = Diagnostic(
      .unusable,
      "\(commit.id.short), an end of the bisection, cannot be measured: \(reason.reason)",
      hint: "name an end that builds and runs", details: reason.details)
  }
}

extension [Double] {
  fileprivate var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
