package import Measurements
package import Statistics

/// A gate that judges its rounds now and then while they are coming in, until every benchmark is
/// settled.
///
///     var test = SequentialTest(policy: policy)
///     while let look = test.next {
///       measure(test.undecided, upTo: look.rounds)
///       if timeIsUp { test.conclude(old: old, new: new) } else { test.look(old: old, new: new) }
///     }
///     let result = test.decision()
///
/// A look is the ordinary judgement, at the look's own level. The interval settles a series in two
/// cases: its near end is beyond the limit, which must be significant too; or its far end is inside
/// the limit, so that no regression is left to be found. While the estimate is better by more than
/// the limit and that is not significant yet, the series goes on. Series without chance, such as
/// exact metrics and missing or failed ones, are settled at the first look. A benchmark goes on
/// while one of its series is open, or a budget. After it is settled, its numbers and verdicts stay
/// unchanged.
///
/// A series that is still open after the last look, or when time is up, keeps the verdict of the
/// latest look, by the ordinary rule. It is mostly inconclusive, with the number of rounds that it
/// would take; an uncertain regression if it is significant and the estimate is beyond the limit.
/// If that were called inconclusive, forty rounds would let pass what ten rounds judged once would
/// not. Then the rule that no family hides a plain change counts too; before, more rounds show it.
///
/// ## The family
/// At each look the family is all series of the gate; settled series are in it with the p that
/// settled them. So its size does not depend on the results, and alpha holds for the gate as a
/// whole: at each look any series errs as often as the look may, and the errors that the looks may
/// make add up to alpha. If the family were only the series that are still open, its own numbers
/// would have chosen it: the series that remain are those that look worst, and the fewer remain,
/// the less is corrected. That would gain little, since an interval beyond the limit is nearly
/// always significant. As the cut-offs for .05 rise from look to look, a discovery at the time when
/// it was settled remains one for Benjamini and Hochberg.
///
/// Simulated with nothing changed and no threshold, any of 20 series is flagged at any look in
/// 3.5 % of all gates, and a single series in 4.8 %; with a threshold of 10 % hardly any. If 4 of
/// 20 series did change, about 3 % of the flagged ones are false.
package struct SequentialTest: Sendable {
  package let policy: Policy
  /// The facts about the history besides the numbers.
  package private(set) var context: BaselineContext
  package let looks: GroupSequentialDesign
  /// The results of the latest look, and those of earlier looks for the series that they settled;
  /// empty before the first look.
  package private(set) var familyResult: FamilyResult
  /// The rulings of the latest look on budgets, and those of earlier looks for what they settled.
  package private(set) var budgets: [BudgetRuling] = []
  /// The benchmarks that are worth another round; nil before the first look, when all are.
  package private(set) var undecided: Set<Benchmark>?
  /// The next look; nil if nothing is left to be found, and after the last look.
  package private(set) var next: InterimLook?
  /// The names of the metrics that are judged at each look, and worth no further round.
  private let idle: Set<String>
  private var settled = Settled()
  private var candidate: [Series] = []
  private var failures: [Failure] = []

  /// - Parameters:
  ///   - rounds: The number of rounds that are there already and were judged: the next look is the
  ///     first one beyond them, or else the last.
  ///   - idle: The names of the metrics that are worth no further round by themselves.
  package init(
    policy: Policy, context: BaselineContext = .init(), after rounds: Int = 0,
    notWaitingFor idle: Set<String> = []
  ) {
    self.policy = policy
    self.idle = idle
    self.context = context
    looks = GroupSequentialDesign(alpha: policy.alpha)
    familyResult = FamilyResult(seriesResults: [], familySize: 0)
    next = looks.all.first { $0.rounds > rounds } ?? looks.all.last
  }
}

extension SequentialTest {
  /// Judges the rounds at the next look; if there is none, nothing happens.
  ///
  /// - Parameters:
  ///   - old: The baseline's series, with all rounds so far. Settled benchmarks need not be given,
  ///     and rounds later than those they were settled with are passed over.
  ///   - new: The candidate's series, with the same rules.
  ///   - failures: All failures so far while the candidate was measured.
  ///   - standings: The facts about each series besides its numbers; those of settled series need
  ///     not be given.
  /// - Returns: The benchmarks that are worth more rounds, by the names that the candidate has.
  @discardableResult
  package mutating func look(
    old: [Series], new: [Series], failures: [Failure] = [],
    standings: [Series.ID: Standing] = [:]
  ) -> Set<Benchmark> {
    context.standings.merge(standings) { $1 }
    return look(old: old, new: new, failures: failures, isLast: next == looks.all.last)
  }

  private mutating func look(
    old: [Series], new: [Series], failures: [Failure], isLast: Bool
  ) -> Set<Benchmark> {
    guard let look = next else { return undecided ?? [] }
    let names = Names(policy.aliases)
    let old = settled.old + old.filter { !settled.has(names.id(of: $0).benchmark) }
    candidate = settled.new + new.filter { !settled.has($0.benchmark) }
    self.failures = failures
    let decision = GateResult(
      old: old, new: candidate, failures: failures, context: context, policy: policy,
      stage: Stage(look, goesOn: !isLast))

    let seriesResults = decision.familyResult.seriesResults.filter { !settled.has($0.id.benchmark) }
    let rulings = decision.budgets.filter { !settled.has($0.id.benchmark) }
    familyResult = FamilyResult(
      seriesResults: (settled.seriesResults + seriesResults).sorted { $0.id < $1.id },
      familySize: decision.familyResult.familySize)
    budgets = (settled.rulings + rulings).sorted { $0.id < $1.id }

    let open = Set(
      seriesResults.filter { $0.isOpen && !idle.contains($0.id.metric) }.map(\.id.benchmark)
        + seriesResults.flatMap(\.openTasks) + rulings.filter(\.isOpen).map(\.id.benchmark))
    // A row over several tasks is judged anew at each look.
    let several = Set(seriesResults.filter(\.isOverTasks).map(\.id.benchmark))
    let staying = open.union(several)
    settled = Settled(
      old: old.filter { !open.contains(names.id(of: $0).benchmark) },
      new: candidate.filter { !open.contains($0.benchmark) },
      seriesResults: familyResult.seriesResults.filter { !staying.contains($0.id.benchmark) },
      rulings: budgets.filter { !staying.contains($0.id.benchmark) })
    undecided = open
    next = open.isEmpty ? nil : looks.all.first { $0.rounds > look.rounds }
    return open
  }

  /// Judges rounds that end before the next look is due, at its level; no look follows.
  ///
  /// It is for the moment when time is up: ``GroupSequentialDesign`` says why the number of rounds
  /// does not matter.
  package mutating func conclude(
    old: [Series], new: [Series], failures: [Failure] = [],
    standings: [Series.ID: Standing] = [:]
  ) {
    context.standings.merge(standings) { $1 }
    _ = look(old: old, new: new, failures: failures, isLast: true)
    next = nil
  }

  /// Returns everything that the gate weighs.
  ///
  /// The anchor takes no part in the decision when to stop, so it is judged once, at the policy's
  /// own alpha.
  package func decision(anchor: GateResult.AnchorSeries = .none) -> GateResult {
    GateResult(
      familyResult, budgets, new: candidate, failures: failures, anchor: anchor, context: context,
      policy: policy)
  }
}

/// The results that earlier looks have settled.
private struct Settled {
  var old: [Series] = []
  var new: [Series] = []
  var seriesResults: [SeriesResult] = []
  var rulings: [BudgetRuling] = []
  private let benchmarks: Set<Benchmark>

  init(
    old: [Series] = [], new: [Series] = [], seriesResults: [SeriesResult] = [],
    rulings: [BudgetRuling] = []
  ) {
    self.old = old
    self.new = new
    self.seriesResults = seriesResults
    self.rulings = rulings
    benchmarks = Set(seriesResults.map(\.id.benchmark) + rulings.map(\.id.benchmark))
  }

  func has(_ benchmark: Benchmark) -> Bool { benchmarks.contains(benchmark) }
}

extension SeriesResult {
  /// True if the row is over several benchmarks, none of which has its name.
  fileprivate var isOverTasks: Bool {
    comparison?.tasks.map { $0.members != [id] } ?? false
  }

  /// The tasks that more attempts could decide: all of a rate that is still open.
  fileprivate var openTasks: [Benchmark] {
    guard decides, let tasks = comparison?.tasks, tasks.kind == .rate,
      verdict.kind == .inconclusive
    else { return [] }
    return tasks.members.map(\.benchmark)
  }

  /// True if more rounds could decide the series: neither is a regression certain, nor is it
  /// excluded.
  fileprivate var isOpen: Bool {
    guard decides, let comparison, comparison.test != nil else { return false }
    switch verdict {
    // More rounds do not show which direction is better.
    case .inconclusive(.directionUnknown): return !bounds(comparison).isCertain(comparison.effect)
    case .inconclusive: return true
    // More rounds do not remove doubts about the history.
    case .regression, .waived: return !bounds(comparison).isCertain(comparison.effect)
    // A series that may be better by more than the limit is worth the rounds that show it.
    case .notWorse: return bounds(comparison).isBetter(comparison.effect)
    default: return !bounds(comparison).excludesRegression(comparison.effect)
    }
  }
}

extension BudgetRuling {
  fileprivate var isOpen: Bool {
    state.kind == .inconclusive && !budget.isWarning && !TaskRow.isName(id.benchmark.name)
  }
}
