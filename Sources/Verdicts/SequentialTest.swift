package import Measurements
package import Statistics

/// A gate whose rounds are still coming in: it is looked at now and then, until every benchmark is
/// settled.
///
///     var test = SequentialTest(policy: policy)
///     while let look = test.next {
///       measure(test.undecided, upTo: look.rounds)
///       if timeIsUp { test.conclude(old: old, new: new) } else { test.look(old: old, new: new) }
///     }
///     let result = test.decision()
///
/// A look is the ordinary judgement, at the look's own level. It settles a series by the interval: a
/// regression whose near end is beyond the limit, which must be significant too, or a far end inside
/// it, so that none is left to be found; while the estimate is better by more than the limit and that
/// is not significant yet, it goes on. Whatever has no chance in it, as exact metrics and what is
/// missing or failed, is settled at the first look. A benchmark goes on while one of its series is
/// open, or a budget; once it is settled, its numbers and verdicts stay as they are.
///
/// What is still open after the last look, or when time is up, keeps the verdict of the latest one,
/// by the ordinary rule: mostly inconclusive, with the rounds that it would take; an uncertain
/// regression where it is significant and the estimate beyond the limit. To call that inconclusive
/// would let pass with forty rounds what ten rounds judged once would not. That no family hides what is
/// plain by itself counts then, too; before, more rounds are what shows it.
///
/// ## The family
/// At each look it is all series of the gate, those that are settled with the p they were settled
/// with. So its size does not depend on what is seen, and alpha goes for the gate as a whole: at each
/// look any series errs as often as the look may, and what the looks may adds up to alpha. Those that
/// are still open would be a family that its own numbers chose: who is left is who looks worst, and
/// the fewer are left, the less is corrected. They would win little, since an interval that is beyond
/// the limit is nearly always significant. And as the cut-offs for .05 rise from look to look, what
/// was a discovery when it was settled remains one for Benjamini and Hochberg.
///
/// Simulated with nothing changed and no threshold, any of 20 series is flagged at any look in 3.5 %
/// of all gates, and a single series in 4.8 %; with a threshold of 10 % hardly any. Of what is
/// flagged where 4 of 20 did change, about 3 % is false.
package struct SequentialTest: Sendable {
  package let policy: Policy
  /// What is known of the history besides the numbers.
  package private(set) var context: BaselineContext
  package let looks: GroupSequentialDesign
  /// What the latest look says, and all before it of what they settled; of nothing before the first.
  package private(set) var familyResult: FamilyResult
  /// The same of budgets.
  package private(set) var budgets: [BudgetRuling] = []
  /// What is worth another round; nil before the first look, when that is everything.
  package private(set) var undecided: Set<Benchmark>?
  /// The look that comes; nil where nothing is left to be found, and after the last.
  package private(set) var next: InterimLook?
  private var settled = Settled()
  private var candidate: [Series] = []
  private var failures: [Failure] = []

  /// - Parameter rounds: How many there are already, at which somebody has looked: the next look is the
  ///   first one beyond them, or else the last.
  package init(policy: Policy, context: BaselineContext = .init(), after rounds: Int = 0) {
    self.policy = policy
    self.context = context
    looks = GroupSequentialDesign(alpha: policy.alpha)
    familyResult = FamilyResult(seriesResults: [], familySize: 0)
    next = looks.all.first { $0.rounds > rounds } ?? looks.all.last
  }
}

extension SequentialTest {
  /// Judges the rounds at the look that comes; without one, nothing happens.
  ///
  /// - Parameters:
  ///   - old: The baseline's series, with all rounds so far; of settled benchmarks they need not be
  ///     given, and later rounds than those they were settled with are passed over.
  ///   - new: The candidate's, likewise.
  ///   - failures: All that failed so far when the candidate was measured.
  ///   - standings: What is known of each series besides its numbers; of settled ones it need not be given.
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
      seriesResults.filter(\.isOpen).map(\.id.benchmark)
        + rulings.filter(\.isOpen).map(\.id.benchmark))
    settled = Settled(
      old: old.filter { !open.contains(names.id(of: $0).benchmark) },
      new: candidate.filter { !open.contains($0.benchmark) },
      seriesResults: familyResult.seriesResults.filter { !open.contains($0.id.benchmark) },
      rulings: budgets.filter { !open.contains($0.id.benchmark) })
    undecided = open
    next = open.isEmpty ? nil : looks.all.first { $0.rounds > look.rounds }
    return open
  }

  /// Judges rounds that end before the look that comes is due, at its level; none follows.
  ///
  /// For when time is up: ``GroupSequentialDesign`` says why it is no matter how many rounds those are.
  package mutating func conclude(
    old: [Series], new: [Series], failures: [Failure] = [],
    standings: [Series.ID: Standing] = [:]
  ) {
    context.standings.merge(standings) { $1 }
    _ = look(old: old, new: new, failures: failures, isLast: true)
    next = nil
  }

  /// All that the gate weighs.
  ///
  /// The anchor takes no part in when to stop, so it is judged once, at the policy's own alpha.
  package func decision(anchor: GateResult.AnchorSeries = .none) -> GateResult {
    GateResult(
      familyResult, budgets, new: candidate, failures: failures, anchor: anchor, context: context,
      policy: policy)
  }
}

/// What earlier looks have settled.
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
  /// Whether more rounds could say more: neither is a regression certain, nor is it excluded.
  fileprivate var isOpen: Bool {
    guard decides, let comparison, comparison.test != nil else { return false }
    switch verdict {
    // Rounds do not say which direction is better.
    case .inconclusive(.directionUnknown): return !bounds(comparison).isCertain(comparison.effect)
    case .inconclusive: return true
    // Doubts of the history are not for rounds to remove.
    case .regression, .waived: return !bounds(comparison).isCertain(comparison.effect)
    // What may be better by more than the limit is worth the rounds that show it.
    case .notWorse: return bounds(comparison).isBetter(comparison.effect)
    default: return !bounds(comparison).excludesRegression(comparison.effect)
    }
  }
}

extension BudgetRuling {
  fileprivate var isOpen: Bool { if case .inconclusive = state { true } else { false } }
}
