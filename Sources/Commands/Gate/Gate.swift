import Git
import Measurements
import Reports
import Verdicts

/// The judgement of one commit or file.
struct Gate {
  let call: Call<GateSettings>

  func run() throws -> ExitStatus {
    try call.withdrawingReports {
      try checkUsage()
      try call.fetchIfAsked()
    }
    if call.settings.accept != nil { try Acceptance(gate: self).write() }
    if call.settings.nullCheck { return try NullComparison(gate: self).run() }
    if let pattern = call.settings.explain { return try explain(Pattern(pattern)) }
    if call.settings.measure, call.settings.explain == nil { return try measured() }
    let report = try call.reporting { try self.report() }
    if call.settings.marks { try Mark(call: call).write(for: report) }
    return conclude(report)
  }

  /// On what was typed, HEAD where nothing was.
  func report() throws -> Report {
    let workspace = try Workspace(call)
    guard !call.settings.measure else {
      return try MeasuringGates(gate: self, workspace: workspace).reports()[0]
    }
    return try report(on: subject(in: workspace), in: workspace)
  }

  /// Measures and judges each suite; the worst of them decides.
  private func measured() throws -> ExitStatus {
    let workspace = try Workspace(call)
    let gates = MeasuringGates(gate: self, workspace: workspace)
    guard gates.suites.count > 1 else {
      let report = try call.reporting { try gates.reports()[0] }
      if call.settings.marks { try Mark(call: call).write(for: report) }
      return conclude(report)
    }
    return ExitStatus.mostUrgent(
      try gates.outcomes().map { outcome in
        switch outcome.report {
        case .failure(let complaint):
          call.say(complaint, as: .error)
          call.err.line("perf-gate: \(outcome.suite.visible()): \(complaint.status.words)")
          return complaint.status
        case .success(let report):
          _ = try call.reporting { report }
          if call.settings.marks { try Mark(call: call).write(for: report) }
          return conclude(report)
        }
      })
  }

  private func checkUsage() throws {
    if call.operands.count > 1 {
      throw UsageError.unexpected(
        call.operands[1], hint: "one revision or file is judged at a time")
    }
    let settings = call.settings
    if settings.accept == nil,
      settings.reason != nil || settings.expires != nil || settings.ceiling != nil
    {
      throw UsageError("--reason, --expires and --ceiling go with --accept")
    }
    if settings.accept != nil, settings.reason == nil {
      throw UsageError("--accept needs a reason", hint: "say why with `--reason <text>`")
    }
    if settings.measure, settings.noBaseline || settings.accept != nil || settings.nullCheck {
      throw UsageError("--measure goes with neither --no-baseline nor --accept nor --null-check")
    }
    let measures = settings.budget != nil || settings.keepBuilds || settings.keepOutput != nil
    if measures, !settings.measure {
      throw UsageError(
        "--time-limit, --keep-builds and --keep-output go with --measure",
        hint: "otherwise what was recorded is judged, and nothing is launched")
    }
    if settings.noBaseline, settings.against != nil {
      throw UsageError("--against and --no-baseline exclude each other")
    }
    let modes = [settings.accept != nil, settings.nullCheck, settings.explain != nil]
    if modes.count(where: { $0 }) > 1 {
      throw UsageError("--accept, --explain and --null-check exclude each other")
    }
    if settings.nullCheck,
      settings.against != nil || settings.anchor != nil || settings.strict || settings.noBaseline
    {
      throw UsageError(
        "--null-check compares a commit with itself",
        hint: "leave --against, --anchor, --strict and --no-baseline out")
    }
    if settings.marks, modes.contains(true) {
      throw UsageError("--mark goes with none of --accept, --explain and --null-check")
    }
    if settings.nullCheck || settings.explain != nil, !settings.comparing.reports.isEmpty {
      throw UsageError("--report goes with neither --explain nor --null-check")
    }
  }

  /// HEAD where nothing is named, whatever files there are.
  func subject(in workspace: Workspace) throws -> Subject {
    if let typed = call.operands.first { return try Subject(typed, in: call, workspace) }
    return .commit(try workspace.commit(call.revision), name: call.revision)
  }

  /// - Parameter base: What to compare with instead of the usual base branch, as for a push to that
  ///   branch itself.
  func report(on subject: Subject, in workspace: Workspace, base: Base? = nil) throws -> Report {
    let settings = call.settings
    var finder = try Finder(call, workspace, maxDistance: settings.maxDistance)
    let policy = try policy(in: workspace)
    let match = try match(subject, workspace, base, policy, &finder)
    if let problem = match.problems(of: policy, first: 1).first { throw problem }
    return match.report(
      tool: call.tool, scope: call.scope(workspace.configuration), policy: policy, isGate: true,
      anchor: try anchor(besides: match, for: subject, in: workspace, &finder),
      warnings: finder.warnings)
  }

  /// The fixed point that is asked for, if any.
  func anchor(
    besides match: Match, for subject: Subject, in workspace: Workspace,
    _ finder: inout Finder<GateSettings>
  ) throws -> Anchor? {
    let settings = call.settings
    let named = settings.noBaseline ? nil : settings.anchor ?? workspace.configuration.anchor
    return try named.map {
      try Anchor($0, for: subject, in: call, workspace, &finder).besides(match.baseline)
    }
  }

  func policy(in workspace: Workspace) throws -> Policy {
    var policy = try call.policy(workspace.configuration)
    policy.failsInconclusive = call.settings.strict || policy.failsInconclusive
    policy.judgesAlone = call.settings.noBaseline
    // A push waits for a release to be recorded no more than for any other baseline.
    policy.failsWithoutAnchor =
      !call.settings.prePush || workspace.configuration.missingResult == .fail
    return policy
  }

  /// The candidate and its baseline; where there are budgets to judge, the candidate alone will do.
  private func match(
    _ subject: Subject, _ workspace: Workspace, _ base: Base?, _ policy: Policy,
    _ finder: inout Finder<GateSettings>
  ) throws -> Match {
    guard !policy.judgesAlone else {
      guard !policy.budgets.isEmpty else {
        throw UsageError(
          "--no-baseline leaves nothing to judge by",
          hint: "write a `budget` below `[benchmark \"<pattern>\"]` in .perfconfig")
      }
      return Match(alone: try finder.alone(subject), because: "judged by budgets alone")
    }
    do {
      if let against = call.settings.against {
        return try finder.match(Subject(against, in: call, workspace), subject)
      }
      return try finder.match(
        subject,
        base: base ?? call.pushedBase(in: workspace)
          ?? Base(
            typed: call.settings.base, for: subject.commit ?? workspace.commit("HEAD"),
            in: workspace))
    } catch {
      let why = Complaint(error)
      guard why.status == .nothingToCompare, !policy.budgets.isEmpty else { throw error }
      return Match(alone: try finder.alone(subject), because: why.message)
    }
  }

  /// Names the outcome on the last line of standard error, for whoever reads only that.
  func conclude(_ report: Report) -> ExitStatus {
    let status = ExitStatus(report)
    if let hint = report.hint { call.err.line("hint: \(hint)") }
    if status != .success || call.settings.common.verbosity != .quiet {
      call.err.line("perf-gate: \(ExitStatus.words(for: report)): \(report.summary)")
    }
    return status
  }

  /// Prints every number of some decisions instead of the report.
  private func explain(_ pattern: Pattern) throws -> ExitStatus {
    let report = try report()
    guard let explanation = report.explanation(of: { pattern.matches($0.benchmark.name) }) else {
      let names = Set(report.assessment.judgements.map(\.id.benchmark.name)).sorted()
      throw UsageError(
        "no benchmark is like '\(pattern.text)'",
        hint: Suggestion.hint(for: pattern.text, among: names)
          ?? "there are \(names.prefix(5).joined(separator: ", "))")
    }
    call.out(explanation)
    return conclude(report)
  }
}

extension Report {
  /// What to do where the two sides have not one benchmark in common.
  fileprivate var hint: String? {
    let kinds = Set(decision.assessment.judgements.map(\.verdict.kind))
    guard kinds == [.missing, .new] else { return nil }
    return
      "nothing is called the same on both sides: record them alike (`--name`, or a suite), or say with "
      + "`alias = <old name>` below `[benchmark \"<new name>\"]` what goes on under a new name"
  }
}

extension Call where Settings == GateSettings {
  func fetchIfAsked() throws {
    guard settings.fetches else { return }
    _ = try Exchange(nil, Workspace(self), self).fetch()
  }
}
