import Git
import History
import Measurements
import Reports
import Verdicts

/// A part of a candidate with its baseline. A part of a report is made from it.
struct PartComparison {
  let candidate: SideDescription
  let baseline: SideDescription
  let origin: Origin
  let baselines: [BaselineDescription]
  /// The series of the baseline; ``new`` has those of the candidate.
  let old: [Series]
  let new: [Series]
  /// All series that were recorded for the candidate. Budgets are checked against them.
  let evidence: [Series]
  var failures: [Failure]
  var context: BaselineContext
  /// Returns the newest commit that has a benchmark of the given name. It is called for patterns
  /// that fit no benchmark of either side.
  var knownBefore: (PolicyProblem.Subject, Pattern) -> String? = { _, _ in nil }
  /// Sentences for the first lines of the part.
  var told: [String]
  /// The name of the base branch in messages.
  var base: String?
  /// The short id of the marked commit with the content of the merge-base, for each series that is
  /// marked there.
  var marked: [Series.ID: String] = [:]
  let warnings: [String]

  /// Compares a part of the candidate with the baselines that were found in the history.
  ///
  /// - Parameters:
  ///   - base: The name of the base branch in messages.
  ///   - only: The benchmarks to compare; no row has any other one.
  init(
    _ part: RecordedPart, of candidate: SelectedRuns, _ found: PartBaseline, base: String,
    only: Pattern? = nil, isNamed: Bool = false
  ) {
    let names = History(found: found, base: base, machine: part.environment)
    self.candidate = candidate.party(part)
    let most = found.mostUsed
    baseline = most.map { SideDescription($0, name: isNamed ? base : $0.commit.id.short) } ?? .none
    origin =
      most.map { Origin($0, base: base, skipped: found.skipped) }
      ?? Origin(
        rule: Origin.none, explanation: names.withoutBaseline, distance: nil,
        skipped: found.isSame ? [] : found.skipped.map(\.words), others: found.otherMachines)
    baselines = found.baselines.map {
      BaselineDescription(
        party: SideDescription($0, name: $0.commit.id.short),
        origin: Origin($0, base: base, skipped: []))
    }
    func isWanted(_ benchmark: Benchmark) -> Bool { only?.matches(benchmark.name) ?? true }
    func wanted(_ series: [Series]) -> [Series] {
      only == nil ? series : series.filter { isWanted($0.benchmark) }
    }
    old = wanted(found.old)
    new = wanted(found.new)
    evidence = wanted(part.pool.series)
    failures =
      part.pool.failures.filter { $0.benchmark.map(isWanted) ?? true }
      + part.pool.runs.map(\.run).shardFailures
    context = BaselineContext(
      standings: found.rows.mapValues(names.standing), candidateIsPart: !part.isWhole && !isNamed)
    told = isNamed ? [] : PartSentences(part: part, found: found, base: base).all
    self.base = base
    marked = found.rows.compactMapValues { $0.marked.map { String($0.id.short.prefix(7)) } }
    warnings = candidate.warnings
  }

  /// A part that is compared with nothing.
  init(alone part: RecordedPart, of candidate: SelectedRuns, because reason: String) {
    self.candidate = candidate.party(part)
    baseline = .none
    origin = Origin(rule: Origin.none, explanation: reason, distance: nil, skipped: [])
    baselines = []
    old = []
    new = part.pool.series
    evidence = new
    failures = part.pool.failures + part.pool.runs.map(\.run).shardFailures
    context = BaselineContext()
    told = []
    warnings = candidate.warnings
  }

  /// A suite for which the candidate has no number.
  init(lacking failure: Failure, of candidate: SelectedRuns) {
    self.candidate = candidate.party(nil)
    baseline = .none
    origin = Origin(
      rule: Origin.none, explanation: "nothing was recorded", distance: nil, skipped: [])
    baselines = []
    (old, new, evidence) = ([], [], [])
    failures = [failure]
    context = BaselineContext()
    told = []
    warnings = []
  }

  /// Two sides that were measured together just now. Their series include the rounds of
  /// earlier sessions.
  init(
    old: StoredRun, _ before: [Series], of base: Commit, new: StoredRun, _ after: [Series],
    of head: Commit, name: String, because reason: String
  ) {
    baseline = SideDescription(
      name: base.id.short, commit: base.id.description, tree: base.tree.description,
      runs: [old.id.description], environment: old.run.environment)
    candidate = SideDescription(
      name: name, commit: head.id.description, tree: head.tree.description,
      runs: [new.id.description], environment: new.run.environment)
    origin = Origin(
      rule: Baseline.Rule.session.rawValue, explanation: reason, distance: nil, skipped: [])
    baselines = []
    self.old = before
    self.new = after
    evidence = after
    failures = PooledRuns(all: [new]).failures
    context = BaselineContext()
    told = before.isEmpty && !after.isEmpty ? [Sentence.nothingToLaunch(on: base.id.short)] : []
    warnings = []
  }
}

extension PartComparison {
  /// Makes the part of a report.
  ///
  /// - Parameters:
  ///   - isGate: True if the part carries an outcome.
  ///   - decision: A decision that was already made, such as at an interim look; nil to make one.
  func report(
    suite: String, policy: Policy, isGate: Bool, anchor: Anchor? = nil,
    decision: GateResult? = nil, warnings: [String] = []
  ) -> SuiteReport {
    let decision = decision ?? self.decision(under: policy, anchor: anchor?.series ?? .none)
    return SuiteReport(
      suite: suite, outcome: isGate ? decision.outcome(under: policy) : nil, baseline: baseline,
      candidate: candidate, origin: origin, baselines: baselines,
      sides: Sides(base: old, head: new), anchor: anchor?.party, decision: decision,
      policy: policy, told: told + sentences(on: decision),
      warnings: warnings + self.warnings + machineWarnings + self.warnings(on: policy))
  }

  /// Judges the candidate against the baseline, the anchor and its budgets.
  func decision(under policy: Policy, anchor: GateResult.AnchorSeries) -> GateResult {
    GateResult(
      old: old, new: new, evidence: evidence, failures: failures, anchor: anchor, context: context,
      policy: policy)
  }

  private var machineWarnings: [String] {
    var machineWarnings: [String] = []
    let compared = origin.rule == Origin.none ? [candidate] : [baseline, candidate]
    for party in compared where party.environment == nil && !party.runs.isEmpty {
      machineWarnings.append("'\(party.name)' does not say on which machine it was measured")
    }
    if let key = baseline.environment?.key, let other = candidate.environment?.key, key != other {
      machineWarnings.append("measured on different machines, so a change may be the machine's")
    }
    return machineWarnings
  }
}

/// Puts into words what the history has for each row.
private struct History {
  let found: PartBaseline
  let base: String
  /// The machine of the candidate.
  let machine: Environment?

  func standing(_ row: BaselineRow) -> Standing {
    var standing = Standing(
      baseline: row.baseline, interleaving: row.interleaving, trouble: row.trouble.map(words),
      markedBase: row.markedSeries)
    standing.isSame = row.isSame
    standing.isUnreadable = if case .unreadable? = row.trouble { true } else { false }
    if let doubt = doubt(row) { standing.doubts.append(doubt) }
    if row.interleaving == .sameSideFirst { standing.doubts.append(Sentence.sameSideFirst) }
    return standing
  }

  /// A sentence if commits between the baseline and the candidate were not measured, so that a
  /// change may come from them.
  private func doubt(_ row: BaselineRow) -> String? {
    guard let newest = row.unmeasured.first, let place = row.baseline else { return nil }
    let baseline = found.baselines[place].commit
    return Sentence.perhapsNotYours(
      commits: row.unmeasured.count, of: base, after: String(baseline.id.short.prefix(7)),
      to: String(newest.id.short.prefix(7)))
  }

  private func words(_ trouble: BaselineRow.Trouble) -> String {
    switch trouble {
    case .otherMachines(let machines):
      guard machines.count == 1, let old = machines[0], let machine else {
        return "measured on other machines only (\(machines.words))"
      }
      let differences = machine.differences(from: old).map(\.description)
      return "measured on another machine (\(differences.joined(separator: "; ")))"
    case .unreadable(let lines):
      return lines.prefix(3).map(\.description).joined(separator: "; ")
    case .beyond(let commit, let recorded):
      return "last measured \(recorded) recorded commits back, on \(commit.id.short)"
    case .marked(let commit):
      return "all there is to compare with is marked (\(commit.id.short))"
    }
  }

  var withoutBaseline: String {
    guard !found.isSame else { return "none is needed: nothing that is measured changed" }
    guard found.recorded > 0 else { return "no baseline yet" }
    return found.otherMachines.isEmpty
      ? "no baseline"
      : "only from other machines: \(found.otherMachines.map { $0 as Environment? }.words)"
  }
}

extension [Environment?] {
  /// The processors and labels of the machines, such as `EPYC 7763: ci, Apple M3`.
  var words: String {
    map { machine in
      guard let machine else { return "one that is not named" }
      let labels = machine.labels.text
      return machine.cpu + (labels.isEmpty ? "" : ": \(labels)")
    }.joined(separator: ", ")
  }
}

extension PartBaseline {
  /// The baseline that most rows have; of equals the earlier one.
  var mostUsed: Baseline? {
    var counts: [Int: Int] = [:]
    for row in rows.values { if let place = row.baseline { counts[place, default: 0] += 1 } }
    let most = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    return most.map { baselines[$0.key] }
  }
}

extension Origin {
  init(_ baseline: Baseline, base: String, skipped: [Baseline.Skipped]) {
    let distance = baseline.distance ?? 0
    let explanation =
      switch baseline.rule {
      case .against: "as asked"
      case .session: "measured in the same session"
      case .mark: "what the marked commit was refused against"
      case .mergeBase where distance == 0: "merge-base with \(base)"
      case .mergeBase: "\(distance) before the merge-base with \(base)"
      case .firstParent where distance == 1: "the commit before, on \(base)"
      case .firstParent: "\(distance) commits before, on \(base)"
      }
    self.init(
      rule: baseline.rule.rawValue, explanation: explanation, distance: baseline.distance,
      skipped: skipped.map(\.words))
  }

  /// The origin of a baseline that the user named.
  static let named = Origin(rule: "against", explanation: "as asked", distance: nil, skipped: [])
}
