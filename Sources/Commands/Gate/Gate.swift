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
    if call.settings.plan { return try GatePlan(gate: self).run() }
    if call.settings.accept != nil { try Acceptance(gate: self).write() }
    if call.settings.nullCheck { return try NullComparison(gate: self).run() }
    if let pattern = call.settings.explain { return try explain(Pattern(pattern)) }
    let report = try call.reporting { try self.report() }
    if call.settings.marks { try Mark(call: call).write(for: report) }
    return conclude(report)
  }

  /// On what was typed, HEAD where nothing was.
  func report() throws -> Report {
    let workspace = try Workspace.judging(call)
    guard !call.settings.measure else {
      let head = Subject.commit(try workspace.commit(call.revision), name: call.revision)
      let ruling = try ruling(on: head, in: workspace)
      return try MeasuringGate(gate: self, workspace: ruling.workspace, rules: ruling.rules)
        .report()
    }
    return try judged(subject(in: workspace), in: workspace).report
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
        "--budget, --keep-builds and --keep-output go with --measure",
        hint: "otherwise what was recorded is judged, and nothing is launched")
    }
    if settings.noBaseline, settings.against != nil {
      throw UsageError("--against and --no-baseline exclude each other")
    }
    let modes = [
      settings.accept != nil, settings.nullCheck, settings.explain != nil, settings.plan,
    ]
    if modes.count(where: { $0 }) > 1 {
      throw UsageError("--accept, --explain, --null-check and --plan exclude each other")
    }
    if settings.nullCheck,
      settings.against != nil || settings.anchor != nil || settings.strict || settings.noBaseline
    {
      throw UsageError(
        "--null-check compares a commit with itself",
        hint: "leave --against, --anchor, --strict and --no-baseline out")
    }
    if settings.marks, modes.contains(true) {
      throw UsageError("--mark goes with none of --accept, --explain, --null-check and --plan")
    }
    if settings.nullCheck || settings.plan || settings.explain != nil,
      !settings.comparing.reports.isEmpty
    {
      throw UsageError("--report goes with none of --explain, --null-check and --plan")
    }
  }

  /// HEAD where nothing is named, whatever files there are.
  func subject(in workspace: Workspace) throws -> Subject {
    if let typed = call.operands.first { return try Subject(typed, in: call, workspace) }
    return .commit(try workspace.commit(call.revision), name: call.revision)
  }

  /// - Parameter base: What to compare with instead of the usual base branch, as for a push to that
  ///   branch itself.
  func judged(_ subject: Subject, in workspace: Workspace, base: Base? = nil) throws -> Judged {
    let ruling = try ruling(on: subject, in: workspace, base: base)
    let judged = try judged(ruling, under: ruling.rules.configuration)
    tellOfWorkTree(judged, ruling) { try self.judged(ruling, under: $0).report }
    return judged
  }

  private func judged(_ ruling: Ruling, under configuration: Configuration) throws -> Judged {
    let settings = call.settings
    let workspace = ruling.workspace.under(configuration, call)
    var finder = try Finder(call, workspace, maxDistance: settings.maxDistance)
    let policy = try policy(in: workspace)
    let match = try match(ruling, workspace, policy, &finder)
    if let problem = match.problems(of: policy, first: 1).first { throw problem }
    let measured = [call.suite(configuration): match.baseline.series]
    let report = match.report(
      tool: call.tool, scope: call.scope(configuration), policy: policy, isGate: true,
      anchor: try anchor(besides: match, for: ruling.subject, in: workspace, &finder),
      warnings: try ruling.rules.words(measured) + finder.warnings)
    return Judged(
      report: report, rules: ruling.rules, loosened: try ruling.rules.loosened(measured))
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
    _ ruling: Ruling, _ workspace: Workspace, _ policy: Policy,
    _ finder: inout Finder<GateSettings>
  ) throws -> Match {
    let subject = ruling.subject
    guard !policy.judgesAlone else {
      guard !policy.budgets.isEmpty else {
        throw UsageError(
          "--no-baseline leaves nothing to judge by",
          hint: "write a `budget` below `[benchmark \"<pattern>\"]` in .perfconfig")
      }
      return Match(alone: try finder.alone(subject), because: "judged by budgets alone")
    }
    do {
      if let base = ruling.base { return try finder.match(subject, base: base.get()) }
      return try finder.match(
        Subject(call.settings.against ?? "HEAD", in: call, workspace), subject)
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
    let workspace = try Workspace.judging(self)
    let ruled = try workspace.repository.commitIfPresent("HEAD").map {
      try Gate(call: self).ruling(on: .commit($0, name: "HEAD"), in: workspace).workspace
    }
    _ = try Exchange(nil, ruled ?? workspace, self).fetch()
  }
}
