package import Measurements
import Statistics

/// The judgement of all series that two sides have.
///
/// The figures come first, then the correction over all tested series, then the verdicts: the
/// decision about one series depends on how many others were tested.
package struct FamilyResult: Hashable, Sendable {
  /// The results in the order of benchmarks and metrics.
  package let seriesResults: [SeriesResult]
  /// The number of series that were tested. Their p is corrected over all of them, but for those over
  /// several tasks, which are a family of their own.
  package let familySize: Int
  /// The number of judgements of each kind; a kind without any is there with 0.
  package let counts: [Verdict.Kind: Int]

  /// - Parameters:
  ///   - old: The baseline's series, pooled.
  ///   - new: The candidate's series, pooled.
  ///   - failures: The failures while the candidate was measured.
  ///   - context: The facts about the history besides the numbers.
  ///   - stage: nil for rounds that are judged once.
  package init(
    old: [Series], new: [Series], failures: [Failure] = [], context: BaselineContext = .init(),
    policy: Policy, stage: Stage? = nil
  ) {
    let stage = stage ?? Stage(alpha: policy.alpha)
    var tables = UDistributions()
    var context = context
    var pairs = Pair.all(
      old: policy.directed(old), new: policy.directed(new), failures: failures,
      aliases: policy.aliases
    ).repriced(in: &context)
    var findings = pairs.map { pair in
      PairResult(pair, context, policy, confidence: stage.level.confidence, tables: &tables)
    }
    // A task whose outcome has no row of its own is decided by it all the same.
    var bystanders: Set<Series.ID> = []
    var againstMarked: [Series.ID: Comparison] = [:]
    if let rows = TaskRows(pairs, findings, context, policy, confidence: stage.level.confidence) {
      bystanders = policy.bystanders(among: pairs) { findings[$0].comparison != nil }
      (pairs, findings, context) = (rows.pairs, rows.findings, rows.context)
      againstMarked = rows.againstMarked
    }
    bystanders.formUnion(policy.bystanders(among: pairs) { findings[$0].comparison != nil })
    let tested = findings.indices.filter { findings[$0].isTested }
    let deciding = tested.filter { !bystanders.contains(pairs[$0].id) }
    var significances: [Significance?] = Array(repeating: nil, count: pairs.count)
    // Series that decide nothing make nothing harder to show. Nor do the single tasks to the rows over
    // several: a hundred series of three rounds, none of which can be significant, would hide a drop
    // of all together.
    let (rows, single) = (
      tested.filter { pairs[$0].id.isOverTasks }, tested.filter { !pairs[$0].id.isOverTasks }
    )
    let families = [single, rows].flatMap { all in
      [
        all.filter { !bystanders.contains(pairs[$0].id) },
        all.filter { bystanders.contains(pairs[$0].id) },
      ]
    }
    for members in families {
      let family = Significance.all(
        members.compactMap { index in
          findings[index].comparison.map { (pairs[index], $0) }
        }, under: policy, stage)
      for (index, significance) in zip(members, family) { significances[index] = significance }
    }
    let judge = Judge(
      policy: policy, stage: stage, context: context,
      // If only a part of the suite was recorded, the other benchmarks were not removed.
      renames: context.candidateIsPart ? [:] : RenameDetector.likely(pairs, findings),
      bystanders: bystanders, familySize: families[0].count, taskFamilySize: families[2].count,
      againstMarked: againstMarked)
    self.init(
      seriesResults: pairs.indices.map {
        judge.seriesResult(on: pairs[$0], findings[$0], significances[$0], tables: &tables)
      }, familySize: deciding.count)
  }

  /// - Parameter seriesResults: The results in the order of benchmarks and metrics.
  package init(seriesResults: [SeriesResult], familySize: Int) {
    self.seriesResults = seriesResults
    self.familySize = familySize
    counts = seriesResults.reduce(
      into: Dictionary(uniqueKeysWithValues: Verdict.Kind.allCases.map { ($0, 0) })
    ) { $0[$1.verdict.kind, default: 0] += 1 }
  }
}

extension FamilyResult {
  /// The number of tested series that are over several tasks, over which their p is corrected.
  package var taskFamilySize: Int {
    seriesResults.count { $0.decides && $0.significance != nil && $0.id.isOverTasks }
  }
}

extension Series.ID {
  /// True for a row over several tasks.
  fileprivate var isOverTasks: Bool { TaskRow.isName(benchmark.name) }
}

extension Significance {
  /// Returns the results of a family.
  ///
  /// If the sides are separated, the exact p decides nothing, and no more rounds come that could,
  /// the smaller of the two p goes into the family.
  fileprivate static func all(
    _ tested: [(pair: Pair, comparison: Comparison)], under policy: Policy, _ stage: Stage
  ) -> [Significance] {
    let exact = tested.map { $0.comparison.p ?? 1 }
    let ordinary = all(
      exact, Array(repeating: nil, count: tested.count), policy, alpha: stage.level.alpha)
    guard !stage.goesOn else { return ordinary }
    lazy var steps = Steps(tested.map { ($0.pair.metric, $0.comparison) })
    let separations = zip(tested, ordinary).map { one, significance -> Separation? in
      guard significance.p > stage.level.alpha, one.comparison.isApart else { return nil }
      let metric = one.pair.metric
      let bounds = Bounds(
        better: metric.better, limit: policy.limit(of: one.pair),
        oldMedian: one.comparison.old.median)
      return Separation(one.comparison, bounds) { steps.step(of: metric) }
    }
    guard separations.contains(where: { $0 != nil }) else { return ordinary }
    let p = tested.indices.map { index in
      separations[index].map { max($0.p, tested[index].comparison.swing?.p ?? 0) } ?? exact[index]
    }
    return all(p, separations, policy, alpha: stage.level.alpha)
  }

  private static func all(
    _ p: [Double], _ separations: [Separation?], _ policy: Policy, alpha: Double
  ) -> [Significance] {
    let strictest = policy.correction.strictestAlpha(alpha, tests: p.count)
    let corrected = zip(policy.correction.adjusted(p), FamilyCorrection.ranks(p))
    return zip(corrected, separations).map {
      Significance(p: $0.0, rank: $0.1, strictestAlpha: strictest, separation: $1)
    }
  }
}
