import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// `perf-gate --measure` for several suites: one after another, each judged by itself.
struct MeasuringGates {
  let gate: Gate
  let ruling: Ruling

  private var call: CommandContext<GateSettings> { gate.call }
  private var workspace: Workspace { ruling.workspace }

  /// The report, with a part for each suite that could be measured.
  ///
  /// - Throws: The most urgent error of the suites that could not be measured, if no suite has a
  ///   part or if that error is at least as urgent as the report's status.
  func report() throws -> Report {
    if let report = try unchanged() { return report }
    let outcomes = outcomes()
    var (parts, failures): ([SuiteReport], [Diagnostic]) = ([], [])
    for outcome in outcomes {
      switch outcome.report {
      case .success(let part): parts.append(part)
      case .failure(let why):
        failures.append(why.of(suite: outcomes.count > 1 ? outcome.suite : nil))
      }
    }
    let report = try whole(parts)
    let worst = ExitStatus.mostUrgent(failures.map(\.status))
    let isWorse =
      parts.isEmpty || ExitStatus.mostUrgent([worst, ExitStatus(report)]) == worst
    if let why = failures.first(where: { $0.status == worst }), isWorse {
      for other in failures where other.message != why.message { call.say(other, as: .error) }
      if !parts.isEmpty { try call.publish(report) }
      throw why
    }
    failures.forEach { call.say($0, as: .error) }
    return report
  }

  private func whole(_ parts: [SuiteReport]) throws -> Report {
    let measured = Dictionary(
      parts.map { ($0.suite, $0.sides.base + $0.sides.head) }, uniquingKeysWith: +)
    return Report(
      tool: call.tool, project: workspace.configuration.project, parts: parts,
      loosened: try ruling.rules.loosened(measured),
      told: try takenOut + ruling.rules.notices + ruling.rules.pending(measured),
      warnings: leftOut)
  }

  /// A sentence about the suites of the base that the change removes: they are not measured
  /// any more.
  private var takenOut: [String] {
    guard call.suites(workspace.configuration).isEmpty, let base = try? otherSide,
      let file = try? ConfigurationFiles(workspace.repository).file(
        of: base.tree, revision: base.id.short),
      let before = try? ProjectConfiguration.saying(file.settings).suites
    else { return [] }
    let gone = before.filter { $0.value.hasCommands }.keys
      .filter { !(workspace.configuration.suites[$0]?.hasCommands ?? false) }.sorted()
    return gone.isEmpty ? [] : [Sentence.takenOut(suites: gone, of: base.id.short)]
  }

  private var otherSide: Commit? {
    get throws {
      if let against = call.settings.against { return try workspace.commit(against) }
      guard let base = try ruling.base?.get(), let head = ruling.subject.commit else { return nil }
      return try Pairing.base(for: head, leaving: base, in: workspace)
    }
  }

  /// A sentence about the suites that are not measured because they are not required.
  private var leftOut: [String] {
    let configuration = workspace.configuration
    guard call.suites(configuration).isEmpty else { return [] }
    let measured = suites
    let others = configuration.suites.filter {
      $0.value.hasCommands && $0.value.required == false && !measured.contains($0.key)
    }.keys.sorted()
    return others.isEmpty
      ? [] : ["not measured, as `required = false` stands below them: suite \(others.listed)"]
  }

  /// A report without any launch, if nothing that is measured differs from the base; else nil.
  private func unchanged() throws -> Report? {
    guard call.settings.against == nil, let base = try ruling.base?.get(),
      let head = ruling.subject.commit
    else { return nil }
    var resolver = try SideResolver(call, workspace, rules: workspace.contentRules(tip: base))
    let start = try WalkStart(
      of: head, isCommitted: true, base: base.commit, in: workspace.repository)
    guard let first = start.first, head != first else { return nil }
    let isSame = try resolver.searching { search throws(HistoryError) in
      let isUnmarked = try search.index.markedSuites(at: first).isEmpty
      return isUnmarked ? try search.isSame(head, first, suites: Set(suites)) : false
    }
    return isSame ? try gate.judged(ruling).report : nil
  }

  /// The suites to measure: those that are asked for, else all that are not optional.
  private var suites: [String] {
    let configuration = workspace.configuration
    let typed = call.suites(configuration)
    guard typed.isEmpty else { return typed }
    let names = configuration.suites.filter {
      $0.value.hasCommands && $0.value.required != false
    }.keys.sorted()
    guard names.isEmpty else { return names }
    // If all suites are optional, all are measured.
    let optional = configuration.suites.filter { $0.value.hasCommands }.keys.sorted()
    return optional.isEmpty ? [Run.defaultSuite] : optional
  }

  /// The result of one suite.
  private struct SuiteOutcome {
    let suite: String
    let report: Result<SuiteReport, Diagnostic>
  }

  /// Measures each suite, even if an earlier one failed. They share the time limit.
  private func outcomes() -> [SuiteOutcome] {
    let (suites, limit) = (suites, MeasuringTimer(call.settings.timeLimit))
    return suites.enumerated().map { index, suite in
      let share = limit.share(of: suites.count - index)
      defer { limit.note(share) }
      let own = MeasuringGate(gate: gate, ruling: ruling, suite: suite, limit: share)
      return SuiteOutcome(
        suite: suite, report: Result { try own.report() }.mapError { Diagnostic($0) })
    }
  }
}

extension Diagnostic {
  /// The diagnostic with the name of its suite.
  fileprivate func of(suite: String?) -> Diagnostic {
    guard let suite else { return self }
    return Diagnostic(
      status, "suite \(suite): \(message)", hint: hint, details: details)
  }
}
