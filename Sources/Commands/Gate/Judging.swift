import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// Judges all runs that were recorded for one commit or file.
struct Judging {
  let gate: Gate
  /// The workspace under the rules that count.
  let workspace: Workspace
  let ruling: Ruling
  private let base: Base?
  var resolver: SideResolver<GateSettings>

  var call: CommandContext<GateSettings> { gate.call }
  private var settings: GateSettings { gate.call.settings }

  /// Prepares a judgement.
  ///
  /// - Parameter workspace: The workspace under the rules that count.
  init(_ ruling: Ruling, gate: Gate, in workspace: Workspace) throws {
    self.ruling = ruling
    self.gate = gate
    self.workspace = workspace
    base = gate.call.settings.noBaseline ? nil : try ruling.base?.get()
    resolver = try SideResolver(
      gate.call, workspace, rules: workspace.contentRules(tip: base),
      maxDistance: gate.call.settings.maxDistance)
  }

  mutating func judged() throws -> Judged {
    let candidate = try resolver.candidate(ruling.subject)
    let (parts, notJudged) = try selected(of: candidate)
    let start = try walkStart(of: candidate)
    guard !parts.isEmpty else {
      return Judged(report: try unmeasured(candidate, start, notJudged))
    }
    var comparisons = try parts.map { try comparison(of: $0, candidate, start) }
    let leftOut = try leftOut(of: comparisons)
    let allowsNone = try allowsNoBaseline(comparisons)
    for index in comparisons.indices {
      comparisons[index].comparison.context.allowsNoBaseline = allowsNone
    }
    let lacking = try suitesThatLack(candidate, start)
    let measured = try measured(comparisons, lacking)
    let loosened = try ruling.rules.loosened(measured)
    doubtNewNames(loosened, in: &comparisons)
    let reports =
      try comparisons.map { try report(on: $0, candidate, start) }
      + lacking.filter { configuration($0.suite)?.required == true }
      .map { try required($0.suite, candidate) }
    let first = allowsNone ? [Sentence.noBaselineYet(on: base?.name ?? "the base")] : []
    let told = try first + leftOut + removed(candidate) + words(of: lacking, areOptional: false)
    let whole = Report(
      tool: call.tool, project: workspace.configuration.project, parts: reports,
      loosened: loosened, notJudged: notJudged,
      told: try ruling.rules.notices + ruling.rules.pending(measured) + told,
      warnings: resolver.warnings + words(of: lacking, areOptional: true))
    return Judged(
      report: whole, withoutMachine: withoutMachine(comparisons, first: start?.first))
  }

  /// The machines that have numbers, if no commit of the history has any by the candidate's
  /// machine; else nil.
  private func withoutMachine(_ judged: [JudgedPart], first: Commit?) -> Judged.WithoutMachine? {
    guard let first, let part = judged.first?.part,
      judged.allSatisfy({ $0.found.map { !$0.hasMachine } ?? false })
    else { return nil }
    let others = judged.flatMap { $0.found?.otherMachines ?? [] }
    guard !others.isEmpty else { return nil }
    return Judged.WithoutMachine(others: others, here: part.environment, first: first)
  }
}

/// The result of a judgement.
struct Judged {
  var report: Report
  /// The machines that have numbers, if no number in the history is of the candidate's machine;
  /// else nil.
  var withoutMachine: WithoutMachine?

  struct WithoutMachine {
    let others: [Environment]
    let here: Environment?
    /// The commit where the search for a baseline starts.
    let first: Commit
  }
}

extension Judging {
  /// A part of the candidate with its policy and what it is compared with.
  struct JudgedPart {
    let part: RecordedPart
    let policy: Policy
    var comparison: PartComparison
    let found: PartBaseline?
    /// The newest commit before the candidate, from which earlier recordings are searched; nil if
    /// none is known.
    let newest: Commit?
  }

  /// The parts that are judged, and those that options leave out.
  ///
  /// - Throws: ``Diagnostic`` if a line that may be the candidate's cannot be read.
  private func selected(
    of candidate: SelectedRuns
  ) throws -> (parts: [RecordedPart], notJudged: [NotJudged]) {
    let suites = call.suites(workspace.configuration)
    func isMeant(_ suite: String) -> Bool { suites.isEmpty || suites.contains(suite) }
    let broken = candidate.unreadable.filter { $0.suite.map(isMeant) ?? true }
    guard broken.isEmpty else {
      throw Diagnostic(
        .unusable, "what was recorded for \(candidate.name) cannot all be read",
        hint: "a newer perf-gate reads newer runs; a damaged line is seen with "
          + "`git notes --ref=perf show <commit>`, and `perf-sync remove` takes a run out",
        details: broken.prefix(5).map(\.description))
    }
    var (parts, others): ([RecordedPart], [NotJudged]) = ([], [])
    for part in candidate.parts {
      if !isMeant(part.suite) {
        others.append(
          NotJudged(suite: part.suite, machine: part.environment?.key, why: "--suite"))
      } else if !isWanted(part.environment) {
        others.append(
          NotJudged(suite: part.suite, machine: part.environment?.key, why: "--machine"))
      } else {
        parts.append(part)
      }
    }
    return (parts, others)
  }

  private func isWanted(_ benchmark: String) -> Bool {
    settings.only.map { Pattern($0).matches(benchmark) } ?? true
  }

  /// A sentence that names the benchmarks that `--only` leaves out; empty if there are none.
  ///
  /// - Throws: ``UsageError`` if `--only` fits no benchmark.
  private func leftOut(of judged: [JudgedPart]) throws -> [String] {
    guard let only = settings.only else { return [] }
    let names = Set(
      judged.flatMap { $0.part.pool.series + ($0.found?.old ?? []) }.map(\.benchmark.name))
    let others = names.filter { !isWanted($0) }
    guard others.count < names.count else {
      throw UsageError(
        "--only '\(only)' fits no benchmark", hint: "there are \(names.sorted().listed)")
    }
    return others.isEmpty
      ? [] : ["not judged, as --only leaves them out: \(others.sorted().listed)"]
  }

  /// True if `--machine` asks for the machine: it is this machine, or has the given key or label.
  private func isWanted(_ machine: Environment?) -> Bool {
    guard let wanted = settings.machine else { return true }
    guard let machine else { return false }
    return wanted == "this" && machine.key == resolver.machine?.key || machine.key == wanted
      || machine.labels.contains { "\($0.key)=\($0.value)" == wanted || $0.value == wanted }
  }

  private func walkStart(of candidate: SelectedRuns) throws -> WalkStart? {
    guard let base, let stand = candidate.stand else { return nil }
    return try WalkStart(
      of: stand, isCommitted: candidate.isCommitted, base: base.commit,
      isForBase: base.isTarget, in: workspace.repository)
  }

  private mutating func comparison(
    of part: RecordedPart, _ candidate: SelectedRuns, _ start: WalkStart?
  ) throws -> JudgedPart {
    let policy = try gate.policy(for: part.suite, in: workspace)
    let names = NameHistory(policy.aliases)
    let only = settings.only.map { Pattern($0) }
    if policy.judgesAlone {
      guard policy.hasBudgets else {
        throw UsageError(
          "--no-baseline leaves nothing to judge by",
          hint: "write a `budget` below `[benchmark \"<pattern>\"]` in .perfconfig")
      }
      return JudgedPart(
        part: part, policy: policy,
        comparison: PartComparison(
          alone: part, of: candidate, because: "judged by budgets alone"), found: nil,
        newest: nil)
    }
    if let against = settings.against {
      return JudgedPart(
        part: part, policy: policy,
        comparison: try comparison(of: part, candidate, policy, against: against, only: only),
        found: nil, newest: try RevisionOrFile(against, in: call, workspace).commit)
    }
    guard let start, let base else { preconditionFailure("a base is there where one is compared") }
    let found = try resolver.searching { search throws(HistoryError) in
      try search.baseline(for: part, from: start, names: names)
    }
    return JudgedPart(
      part: part, policy: policy,
      comparison: PartComparison(part, of: candidate, found, base: base.name, only: only),
      found: found, newest: start.first)
  }

  /// Compares a part with what `--against` names. If that has nothing to compare with but there are
  /// budgets, the candidate is judged alone.
  private mutating func comparison(
    of part: RecordedPart, _ candidate: SelectedRuns, _ policy: Policy, against: String,
    only: Pattern?
  ) throws -> PartComparison {
    do {
      return try resolver.comparison(
        of: part, candidate, against: RevisionOrFile(against, in: call, workspace),
        NameHistory(policy.aliases), only: only)
    } catch let reason as NothingToCompare where policy.hasBudgets {
      return PartComparison(alone: part, of: candidate, because: Diagnostic(reason).message)
    }
  }

  private mutating func report(
    on judged: JudgedPart, _ candidate: SelectedRuns, _ start: WalkStart?
  ) throws -> SuiteReport {
    let policy = judged.policy
    var comparison = judged.comparison
    comparison.failures += staleFiles(of: judged)
    comparison.knownBefore = namesBefore(judged.part.suite, start)
    if let problem = comparison.problems(of: policy, first: 1).first { throw problem }
    let anchor = try gate.anchor(
      besides: comparison, of: judged.part, candidate, for: ruling.subject, in: workspace, &resolver
    )
    var decision = try decision(
      on: &comparison, of: judged, anchor: anchor?.series ?? .none)
    decision.goals = try gate.goals(
      of: comparison, judged.part, candidate, for: ruling.subject, under: policy, in: workspace,
      &resolver)
    return comparison.report(
      suite: judged.part.suite, policy: policy, isGate: true, anchor: anchor, decision: decision)
  }
}

extension Judging {
  /// True if a candidate passes although all of its series are new. That holds for the first
  /// recording of a repository, but not if the baseline is only missing here.
  ///
  /// - Throws: ``NoResultError`` if the remote has runs that are not here.
  private func allowsNoBaseline(_ judged: [JudgedPart]) throws -> Bool {
    let isAllNew = judged.allSatisfy { judged in
      judged.found?.rows.keys.allSatisfy { !isWanted($0.benchmark.name) } ?? false
    }
    guard isAllNew, let missing = try workspace.remoteWithOtherRuns(call) else { return isAllNew }
    throw NoResultError(
      diagnostic: Diagnostic(.nothingToCompare, Sentence.runsElsewhere(missing)))
  }

  /// The report for a commit without numbers of its own. It passes if nothing that is measured
  /// differs from the commit it is compared with.
  private mutating func unmeasured(
    _ candidate: SelectedRuns, _ start: WalkStart?, _ notJudged: [NotJudged]
  ) throws -> Report {
    let suites = Set(call.suites(workspace.configuration))
    guard let first = start?.first, let stand = candidate.stand, candidate.isCommitted,
      notJudged.isEmpty,
      try resolver.searching({ search throws(HistoryError) in
        try search.isSame(stand, first, suites: suites)
      })
    else { throw resolver.withoutResult(candidate, suites: suites.isEmpty ? nil : suites) }
    let isRecorded = try resolver.searching { search throws(HistoryError) in
      try !search.index.contents(of: first).entries.isEmpty
    }
    let words = "nothing that is measured changed since \(first.id.short)"
    return Report(
      tool: call.tool, project: workspace.configuration.project, outcome: .pass, parts: [],
      told: [isRecorded ? words : "\(words), which has no number"],
      warnings: resolver.warnings)
  }
}

extension NameHistory {
  init(_ aliases: [Alias]) {
    self.init(Dictionary(aliases.map { ($0.old, $0.new) }) { $1 })
  }
}
