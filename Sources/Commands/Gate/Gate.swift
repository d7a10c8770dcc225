import CommandLine
import Configuration
import Git
import Measurements
import Reports
import Verdicts

/// The judgement of one commit or file.
struct Gate {
  let call: CommandContext<GateSettings>

  func run() throws -> ExitStatus {
    try call.withdrawingReports {
      try call.check(UsageRule.gate)
      try call.fetchIfAsked()
    }
    if call.settings.history { return try TrunkGate(gate: self).run() }
    if call.settings.bisects, call.settings.against == nil, !call.settings.noBaseline {
      call.warn(
        "--bisect without --against compares each commit with the one before it",
        hint:
          "name the good end: `--against <revision>`, so that all commits from the change on are bad"
      )
    }
    if call.settings.listsMarks { return try MarkList(call: call).run() }
    if call.settings.unmark != nil { return try Unmarking(call: call).run() }
    if call.settings.accept != nil { try Acceptance(gate: self).write() }
    if call.settings.nullCheck { return try AAComparison(gate: self).run() }
    if call.settings.plan { return try GatePlan(gate: self).run() }
    if let pattern = call.settings.explain { return try explain(pattern) }
    let report = try call.reporting { try self.report() }
    if call.settings.marks { try Marking(call: call).write(for: report) }
    return conclude(report)
  }

  /// Judges what was typed, or HEAD if nothing was, and returns the report.
  func report() throws -> Report {
    let workspace = try Workspace.judging(call)
    call.storeSpooled(in: workspace, isRuled: false)
    guard !call.settings.measure else {
      let head = RevisionOrFile.commit(try workspace.commit(call.revision), name: call.revision)
      let ruling = try ruling(on: head, in: workspace)
      return try MeasuringGates(gate: self, ruling: ruling).report()
    }
    return try judged(subject(in: workspace), in: workspace).report
  }

  /// Returns the revision or file that was typed. If nothing was typed, it returns HEAD, whatever
  /// files there are.
  func subject(in workspace: Workspace) throws -> RevisionOrFile {
    if let typed = call.operands.first { return try RevisionOrFile(typed, in: call, workspace) }
    return .commit(try workspace.commit(call.revision), name: call.revision)
  }

  /// Judges a revision or file.
  ///
  /// - Parameter base: The base to compare with instead of the usual base branch, such as for a
  ///   push to that branch itself.
  func judged(_ subject: RevisionOrFile, in workspace: Workspace, base: Base? = nil) throws
    -> Judged
  {
    let ruling = try ruling(on: subject, in: workspace, base: base)
    return try judged(ruling)
  }

  func judged(_ ruling: Ruling) throws -> Judged {
    var judged = try judged(ruling, under: ruling.rules.configuration)
    let uncommitted = words(ofWorkTreeBeside: judged.report, ruling) {
      try self.judged(ruling, under: $0).report
    }
    if let uncommitted { judged.report = judged.report.telling(uncommitted) }
    return judged
  }

  private func judged(_ ruling: Ruling, under configuration: ProjectConfiguration) throws -> Judged
  {
    var judging = try Judging(
      ruling, gate: self, in: ruling.workspace.under(configuration, call))
    return try judging.judged()
  }

  func policy(for suite: String, in workspace: Workspace) throws -> Policy {
    try checkStrict(for: suite, workspace.configuration)
    var policy = try call.policy(for: suite, workspace.configuration)
    policy.strictness = call.settings.strict ?? policy.strictness
    if !call.settings.by.isEmpty { policy.groups = call.settings.by.flatMap(\.self) }
    policy.judgesAlone = call.settings.noBaseline
    guard call.settings.prePush, workspace.configuration.missingResult == .warn else {
      return policy
    }
    // A push waits neither for a release nor for the rest of a suite to be recorded.
    policy.failsWithoutAnchor = false
    policy.ledger.common[.notMeasured] = .warn
    return policy
  }

  /// Throws an error if `--strict` is used with three rounds or fewer.
  ///
  /// So few rounds refuse what is clearly worse and never show that anything is unchanged. With
  /// `--strict`, nothing would ever pass.
  private func checkStrict(for suite: String, _ configuration: ProjectConfiguration) throws {
    guard call.settings.strict == .everything, !call.settings.measure,
      let rounds = configuration.suites[suite]?.rounds ?? configuration.rounds, rounds < 4,
      configuration.suites[suite]?.metrics != [.callgrind]
    else { return }
    throw UsageError(
      "--strict fails what is not shown to be unchanged, and \(rounds) rounds a side never show that",
      hint: "`rounds = 5` or more in .perfconfig, or `--strict=50%`: what leaves room for so much")
  }

  /// Prints the outcome on the last line of standard error, for users who read only that line.
  func conclude(_ report: Report) -> ExitStatus {
    let status = ExitStatus(report)
    if let hint = report.hint { call.err.line("hint: \(hint)") }
    if status != .success || call.settings.common.verbosity != .quiet {
      call.err.line("perf-gate: \(ExitStatus.words(for: report)): \(report.summary)")
    }
    return status
  }

  /// Prints every number of some decisions instead of the report.
  private func explain(_ typed: String) throws -> ExitStatus {
    let report = try report()
    let pattern = Pattern(
      typed: typed, among: report.seriesResults.lazy.map(\.id.benchmark.name))
    guard let explanation = report.explanation(of: { pattern.matches($0.benchmark.name) }) else {
      let names = Set(report.seriesResults.map(\.id.benchmark.name)).sorted()
      throw UsageError(
        "no benchmark is like '\(typed)'",
        hint: Suggestion.hint(for: typed, among: names)
          ?? "there are \(names.prefix(5).joined(separator: ", "))")
    }
    call.out(explanation)
    return conclude(report)
  }
}

extension Report {
  /// Returns a copy with a sentence above the verdict.
  fileprivate func telling(_ sentence: String) -> Report {
    Report(
      tool: tool, project: project, outcome: outcome, parts: parts, loosened: loosened,
      notJudged: notJudged, told: told + [sentence], warnings: warnings)
  }

  /// The hint for a report whose two sides have no machine, or not one benchmark, in common; nil
  /// for any other report.
  fileprivate var hint: String? {
    // The results are large, so they are read in place.
    let isOfHistory =
      outcome == .incomparable
      && parts.contains { part in
        part.familyResult.seriesResults.contains {
          if case .incomparable(.history) = $0.verdict { true } else { false }
        }
      }
    if isOfHistory {
      return "measure both sides on one machine: `perf-gate --measure`"
    }
    let kinds = counts.filter { $0.value > 0 }.keys
    guard Set(kinds) == [.missing, .new] else { return nil }
    return
      "nothing is called the same on both sides: record them alike (`perf-record --name`, or a suite), or say with "
      + "`alias = <old name>` below `[benchmark \"<new name>\"]` what goes on under a new name"
  }
}

extension CommandContext where Settings == GateSettings {
  func fetchIfAsked() throws {
    guard settings.fetches else { return }
    let workspace = try Workspace.judging(self)
    let ruled = try workspace.repository.commitIfPresent("HEAD").map {
      try Gate(call: self).ruling(on: .commit($0, name: "HEAD"), in: workspace).workspace
    }
    _ = try Exchange(nil, ruled ?? workspace, self).fetch()
  }
}
