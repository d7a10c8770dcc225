import Measurements
import Statistics

/// The rows of a suite that has outcomes: those over several tasks in addition to those of the tasks.
///
/// - The rate of each outcome, over all tasks of the suite and over those of each label that the policy
///   groups by.
/// - Money and tokens over the same tasks, over those that both sides solved, and money per solved
///   attempt: a candidate that fails fast must not look cheap.
/// - Of a single task the rate, if both sides have attempts enough. With fewer it has no row: the row
///   over all tasks names it if it was lost or won, or is flaky.
struct TaskRows {
  private(set) var pairs: [Pair] = []
  private(set) var findings: [PairResult] = []
  /// The context with the standings of the added rows.
  private(set) var context: BaselineContext
  /// The rows of rates and sums compared with the marked merge-base in place of the mark's baseline;
  /// empty if no task is marked there.
  private(set) var againstMarked: [Series.ID: Comparison] = [:]
  private let policy: Policy
  private let confidence: Double

  /// The attempts a side from which a single task is judged: three a side never reach 5 %.
  static let fewestAttempts = 4

  /// - Returns: nil for a suite without outcomes, of which nothing changes.
  init?(
    _ pairs: [Pair], _ findings: [PairResult], _ context: BaselineContext, _ policy: Policy,
    confidence: Double
  ) {
    var outcomes: [String: [TaskStrata.Task]] = [:]
    var amounts: [String: [TaskAmounts.Task]] = [:]
    var metrics: [String: Metric] = [:]
    self.context = context
    self.policy = policy
    self.confidence = confidence
    for (pair, finding) in zip(pairs, findings) {
      guard finding.hasComparableSides, let attempts = pair.attempts else { continue }
      outcomes[pair.id.metric, default: []].append(
        TaskStrata.Task(id: pair.id, attempts: attempts))
      metrics[pair.id.metric] = pair.metric.asOutcome
    }
    guard !outcomes.isEmpty else { return nil }
    for (pair, finding) in zip(pairs, findings) where pair.metric.isAmount {
      guard finding.comparison != nil, let old = pair.old.first, let new = pair.new.first else {
        continue
      }
      amounts[pair.id.metric, default: []].append(
        TaskAmounts.Task(id: pair.id, old: old.values, new: new.values))
      metrics[pair.id.metric] = pair.metric
    }
    for (pair, finding) in zip(pairs, findings) { add(pair, finding) }
    let strata = outcomes.sorted { $0.key < $1.key }.map {
      TaskStrata(metric: metrics[$0.key] ?? Metric($0.key, .one), tasks: $0.value)
    }
    let sums = amounts.sorted { $0.key < $1.key }.map {
      TaskAmounts(metric: metrics[$0.key] ?? Metric($0.key, .one), tasks: $0.value)
    }
    add(strata, sums, members: pairs)
    sort()
    let marked = pairs.map { $0.againstMarked(context.standings[$0.id]) }
    guard marked.contains(where: { $0 != nil }) else { return }
    var plain = context
    for id in plain.standings.keys { plain.standings[id]?.markedBase = [] }
    let others = TaskRows(
      zip(pairs, marked).map { $1 ?? $0 }, findings, plain, policy, confidence: confidence)
    for (pair, finding) in zip(others?.pairs ?? [], others?.findings ?? []) {
      guard let comparison = finding.comparison, comparison.tasks != nil else { continue }
      againstMarked[pair.id] = comparison
    }
  }

  private mutating func add(_ pair: Pair, _ finding: PairResult) {
    guard finding.hasComparableSides, let attempts = pair.attempts else {
      pairs.append(pair)
      findings.append(finding)
      return
    }
    guard min(attempts.old.attempts, attempts.new.attempts) >= Self.fewestAttempts else { return }
    let task = TaskStrata(
      metric: pair.metric, tasks: [TaskStrata.Task(id: pair.id, attempts: attempts)])
    guard let comparison = task.comparison(margin: margin(of: pair.id), confidence: confidence)
    else { return }
    pairs.append(pair)
    findings.append(.compared(comparison))
  }

  private mutating func add(_ strata: [TaskStrata], _ sums: [TaskAmounts], members: [Pair]) {
    let known = Dictionary(members.map { ($0.id, $0) }) { first, _ in first }
    // Of several outcomes the usual name says what is solved.
    let main = strata.first { $0.metric.name == "success" } ?? strata[0]
    let solved = Dictionary(main.tasks.map { ($0.id.benchmark, $0) }) { first, _ in first }
    let tasks = strata.flatMap { $0.tasks.map(\.id.benchmark) }
    for group in TaskRow.groups(of: tasks, by: policy.groups) {
      func isMember(_ task: Benchmark) -> Bool { TaskRow.isMember(task, of: group) }
      let row = Benchmark(name: TaskRow.all, labels: group)
      let lost = main.tasks.filter { isMember($0.id.benchmark) && $0.isLost }.map(\.name)
      for stratum in strata {
        let own = TaskStrata(
          metric: stratum.metric, tasks: stratum.tasks.filter { isMember($0.id.benchmark) })
        let margin = margin(of: Series.ID(benchmark: row, metric: stratum.metric.name))
        add(
          row, stratum.metric, own.comparison(margin: margin, confidence: confidence), known)
      }
      for amount in sums {
        let own = amount.only(isMember)
        add(row, amount.metric, own.sums(lost: lost, confidence: confidence), known)
        let both = own.only { solved[$0]?.isSolvedByBoth == true }
        // The same tasks again say nothing new.
        if both.tasks.count < own.tasks.count {
          add(
            Benchmark(name: TaskRow.solvedByBoth, labels: group), amount.metric,
            both.sums(lost: [], confidence: confidence), known)
        }
        if amount.metric.unit.isOfMoney {
          add(
            row, TaskRow.perSolved(amount.metric),
            own.perSolved(solved.mapValues(\.attempts), confidence: confidence), known)
        }
      }
    }
  }

  private func margin(of id: Series.ID) -> Double { policy.outcomeMargin(for: id).value }

  private mutating func add(
    _ benchmark: Benchmark, _ metric: Metric, _ comparison: Comparison?,
    _ members: [Series.ID: Pair]
  ) {
    let id = Series.ID(benchmark: benchmark, metric: metric.name)
    guard let comparison, members[id] == nil else { return }
    let own = comparison.tasks?.members ?? []
    pairs.append(Pair(over: id, metric))
    findings.append(.compared(comparison))
    context.standings[id] = Standing(
      own.compactMap { context.standings[$0] },
      redefined: own.count { members[$0]?.isRedefined == true })
  }

  /// Puts the rows in the order of names.
  private mutating func sort() {
    let order = pairs.indices.sorted { pairs[$0].id < pairs[$1].id }
    (pairs, findings) = (order.map { pairs[$0] }, order.map { findings[$0] })
  }
}

extension Pair {
  /// Returns the pair with the marked merge-base as the old side; nil if that is not marked.
  fileprivate func againstMarked(_ standing: Standing?) -> Pair? {
    guard let base = standing?.markedBase, base.count == 1,
      !new.contains(where: base[0].isOfOtherPrices)
    else { return nil }
    var pair = self
    pair.old = base
    return pair
  }

  /// The attempts of both sides; nil unless both have outcomes and nothing else. One side may not say
  /// that it is one, as it was recorded before somebody said so.
  fileprivate var attempts: TaskAttempts? {
    guard old.count == 1, new.count == 1,
      old[0].metric.isOutcome || new[0].metric.isOutcome,
      let before = old[0].asOutcome?.attempts, let after = new[0].asOutcome?.attempts
    else { return nil }
    return TaskAttempts(old: before, new: after)
  }
}

extension PairResult {
  /// True if the numbers of both sides can be compared. A single attempt that a tool calls a summary
  /// is an attempt.
  fileprivate var hasComparableSides: Bool {
    switch self {
    case .compared, .mismatch(.summary): true
    case .mismatch, .missing, .failed, .new, .same: false
    }
  }
}

extension Standing {
  /// The standing of a row over several series: the baseline that most have, and the doubts of all.
  fileprivate init(_ members: [Standing], redefined: Int) {
    var counts: [Int: Int] = [:]
    for place in members.compactMap(\.baseline) { counts[place, default: 0] += 1 }
    let most = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    var seen: Set<String> = []
    let doubts = members.flatMap(\.doubts).filter { seen.insert($0).inserted }
    self.init(
      baseline: most,
      doubts: Array(doubts.prefix(1))
        + (redefined == 0 ? [] : ["\(redefined) of its tasks were measured with other work"]))
  }
}
