package import Measurements
package import Statistics

/// The rules by which a gate judges a candidate.
package struct Policy: Hashable, Sendable {
  /// The relative change that counts, 0.1 for ±10 %, if no rule says otherwise.
  package var threshold = Sourced(0.1, from: "the default")
  /// The accepted probability of a false alarm, over the family as `correction` defines it.
  package var alpha = UsualLevel.alpha
  package var correction = FamilyCorrection.benjaminiHochberg
  /// The undecided series that count as a failure.
  package var strictness = Strictness.lenient
  /// True if repetitions within one process are too little to decide by.
  package var requiresRounds = false
  /// The distance beyond no change that the near end of the range of one process a side must have;
  /// nil for the distance that its format is known to need.
  package var oneProcess: Double?
  /// The treatment of numbers without samples.
  package var summaries = SummaryRule.history
  /// True if budgets are all that is judged, so that nothing need be compared.
  package var judgesAlone = false
  /// True if an anchor that cannot be compared with is a failure.
  package var failsWithoutAnchor = true
  /// Thresholds for some benchmarks. They take precedence over those for metrics.
  package var benchmarks: [Rule<Double>] = []
  /// Thresholds for some metrics.
  package var metrics: [Rule<Double>] = []
  /// The metrics that are without chance, whatever their recorder said.
  package var exactness: [Rule<Bool>] = []
  /// The drops of rates that count, for some benchmarks and for some metrics: 0.1 for ten points. Those
  /// for benchmarks take precedence.
  package var benchmarkMargins: [Rule<Double>] = []
  package var metricMargins: [Rule<Double>] = []
  /// The labels by whose values tasks are judged together.
  package var groups: [String] = []
  /// The metrics that say whether an attempt succeeded.
  package var outcomes: [Rule<Bool>] = []
  /// The better direction of some metrics, whatever their recorder said.
  package var directions: [Rule<Direction>] = []
  /// The treatment of a change of a metric whose better direction nobody states.
  package var guessed = GuessRule.warn
  /// Changes of some metrics that are too small to count, however large they are in per cent.
  package var floors: [Rule<Quantity>] = []
  /// The metrics that decide; all if none is named. The others of a benchmark are shown and fail
  /// nothing.
  package var deciding: [Pattern] = []
  /// False for a suite of which several tasks run at the same time: their times decide nothing, unless
  /// they are named.
  package var judgesTimes = true
  package var budgets: [Budget] = []
  /// The ranges in which values are believed.
  package var plausible: [PlausibleRule] = []
  package var goals: [Goal] = []
  package var aliases: [Alias] = []
  package var ledger = CoveragePolicy()
  package var severities = Severities()
  package var waivers: [Waiver] = []
  /// The day that decides whether waivers have expired; nil for one on which none holds.
  package var today: Day?

  package init() {}

  /// The name of the correction as it is written in reports: `benjamini-hochberg`.
  package var correctionName: String { correction.rawValue }
}

/// The treatment of a change if nobody states which direction is better.
package enum GuessRule: String, CaseIterable, Sendable {
  /// The gate fails, as for undecided series.
  case fail
  /// The change is shown.
  case warn
}

/// The treatment of a number that a tool computed from samples it did not keep.
package enum SummaryRule: String, CaseIterable, Sendable {
  /// The number is compared with the recordings before it, if there are five or more.
  case history
  /// The number is compared with the threshold, without a test.
  case threshold
  case incomparable
}

/// A value and its source, in words: `[benchmark "parse/*"] in .perfconfig:12`.
package struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package let source: String

  package init(_ value: Value, from source: String) {
    self.value = value
    self.source = source
  }
}

extension Policy {
  /// Returns the limit that a change of a pair must exceed.
  func limit(of pair: Pair) -> Limit {
    let isOfLaunches = (pair.old + pair.new).allSatisfy { $0.source == "perf-record" }
    return limit(for: pair.id, pair.metric, isOfLaunches: isOfLaunches)
  }

  /// Returns the limit of a comparison. For rates it is the drop that counts; sums over tasks have no
  /// floor, which is an amount of a single value.
  func limit(of pair: Pair, _ comparison: Comparison?) -> Limit {
    guard let tasks = comparison?.tasks else { return limit(of: pair) }
    let threshold =
      switch tasks.kind {
      case .rate: outcomeMargin(for: pair.id)
      case .sum: threshold(for: pair.id)
      case .perSolved: thresholdPerSolved(for: pair.id)
      }
    return Limit(threshold: threshold)
  }

  /// Returns the threshold of a cost per solved attempt: its own, else that of the cost.
  private func thresholdPerSolved(for id: Series.ID) -> Sourced<Double> {
    let own = threshold(for: id)
    guard own == threshold, let cost = TaskRow.amount(perSolved: id.metric) else { return own }
    return threshold(for: Series.ID(benchmark: id.benchmark, metric: cost))
  }

  /// Returns the drop of a rate that counts: that of its benchmark, else of its metric, else ten points.
  package func outcomeMargin(for id: Series.ID) -> Sourced<Double> {
    if let own = benchmarkMargins.mostSpecific(for: id.benchmark.name) {
      return Sourced(own.value, from: own.source("benchmark"))
    }
    let metric = metricMargins.mostSpecific(for: id.metric)
    return metric.map { Sourced($0.value, from: $0.source("metric")) }
      ?? Sourced(Self.usualMargin, from: "the default")
  }

  /// The drop of a rate that counts if nobody says otherwise.
  package static let usualMargin = 0.1

  /// Returns the limit that a change of a series must exceed.
  ///
  /// - Parameter isOfLaunches: True if its times are those of whole processes, as the kernel
  ///   accounts them.
  func limit(for id: Series.ID, _ metric: Metric, isOfLaunches: Bool) -> Limit {
    let floor = floors.mostSpecific(for: metric.name) { $0.value.unit == metric.unit }
    return Limit(
      threshold: threshold(for: id),
      floor: floor.map { Sourced($0.value, from: $0.source("metric")) }
        ?? (isOfLaunches ? Self.tick(of: metric) : nil))
  }

  /// Returns the amount that a processor time must change by to count, if no rule says it: its
  /// parts come in ticks of the clock.
  private static func tick(of metric: Metric) -> Sourced<Quantity>? {
    let ticks = [Metric.userTime: "50ms", .systemTime: "50ms", .cpuTime: "1ms"]
    return ticks[metric].flatMap { Quantity($0) }.map { Sourced($0, from: "the default") }
  }

  /// Returns the series that decide nothing. If a deciding metric of a benchmark was compared,
  /// these are all its other metrics; if none was, every metric of the benchmark decides.
  ///
  /// - Parameters:
  ///   - pairs: All pairs.
  ///   - isCompared: Returns true if the two sides of a pair were compared. The argument is the
  ///     index of the pair.
  func bystanders(among pairs: [Pair], isCompared: (Int) -> Bool) -> Set<Series.ID> {
    let outside = Set(pairs.map(\.id).filter { !mayDecide($0.metric) })
    guard !deciding.isEmpty else { return outside }
    let deciders = pairs.indices.filter { place in
      deciding.contains { $0.matches(pairs[place].id.metric) }
    }
    // A metric that one side lacks, or that cannot be compared, decides nothing.
    let benchmarks = Set(deciders.filter(isCompared).map { pairs[$0].id.benchmark })
    return Set(pairs.map(\.id).filter { benchmarks.contains($0.benchmark) })
      .subtracting(deciders.map { pairs[$0].id }).subtracting(outcomes(of: pairs))
      .union(outside)
  }

  /// False for a metric that decides nothing unless it is named.
  ///
  /// The failures of machine and network are no regression of the code; they have a limit of their own.
  private func mayDecide(_ metric: String) -> Bool {
    let undecided =
      [Metric.infrastructureFailures.name] + (judgesTimes ? [] : Metric.timesOfLaunches)
    return !undecided.contains(metric) || deciding.contains { $0.matches(metric) }
  }

  /// True if a metric of a benchmark decides.
  ///
  /// - Parameter measured: The names of all metrics of the benchmark. Where none of them is named as
  ///   deciding, all decide.
  func decides(_ metric: Metric, among measured: Set<String>) -> Bool {
    func isNamed(_ name: String) -> Bool { deciding.contains { $0.matches(name) } }
    return metric.isOutcome
      || mayDecide(metric.name) && (isNamed(metric.name) || !measured.contains(where: isNamed))
  }

  /// The outcomes of tasks. They decide in any case: nobody wants tasks that are fast and not solved.
  /// A severity makes them harmless.
  private func outcomes(of pairs: [Pair]) -> [Series.ID] {
    pairs.filter(\.metric.isOutcome).map(\.id)
  }

  /// Returns the threshold of a series: that of its benchmark, else of its metric, else the common
  /// one.
  package func threshold(for id: Series.ID) -> Sourced<Double> {
    let benchmark = benchmarks.mostSpecific(for: id.benchmark.name)
    if let benchmark { return Sourced(benchmark.value, from: benchmark.source("benchmark")) }
    let metric = metrics.mostSpecific(for: id.metric)
    return metric.map { Sourced($0.value, from: $0.source("metric")) } ?? threshold
  }

  /// True if a number without samples can be judged, by the recordings before it.
  func takesSummary(with past: PastRecordings?) -> Bool {
    switch summaries {
    case .history: past?.swing != nil
    case .threshold: true
    case .incomparable: false
    }
  }

  /// Returns the distance from no change that the near end of the range of one process a side must
  /// have; nil if it decides nothing.
  ///
  /// Go runs a benchmark many thousand times for one number, and its processes agree: with the
  /// threshold as the limit none of 1,638 unchanged pairs was called a regression. JVMs, which warm
  /// up differently each time, do not agree.
  func margin(of pair: Pair) -> Double? {
    guard !requiresRounds else { return nil }
    if let oneProcess { return oneProcess }
    let threshold = limit(of: pair).threshold.value
    let isGo = (pair.old + pair.new).allSatisfy { $0.source == "go" }
    return isGo ? threshold : max(5 * threshold, 0.5)
  }

  /// Returns the series with the directions that the policy defines, and as outcomes where it says
  /// so and the values are 0 and 1.
  package func directed(_ series: [Series]) -> [Series] {
    guard !directions.isEmpty || !outcomes.isEmpty else { return series }
    return series.map { series in
      let isOutcome = isOutcome(series.metric)
      if isOutcome == true, let outcome = series.asOutcome { return outcome }
      let metric = isOutcome == false ? series.metric.withoutOutcome : series.metric
      guard let direction = direction(for: metric) else { return series.measuring(metric) }
      return series.measuring(metric.directed(direction))
    }.pooled()
  }

  /// Returns whether the policy says that a metric is an outcome, or that it is none; nil if it says
  /// nothing.
  package func isOutcome(_ metric: Metric) -> Bool? {
    outcomes.mostSpecific(for: metric.name)?.value
  }

  /// Returns the direction that the policy defines for a metric. A pattern decides a guessed
  /// direction. A direction that the recorder, the name or the unit states is changed only by a
  /// rule with the full name. For the times and the memory of launches less is always better.
  package func direction(for metric: Metric) -> Direction? {
    guard !Metric.ofLaunches.contains(metric.name) else { return nil }
    let rules = metric.isGuessed ? directions : directions.filter { $0.pattern.literal != nil }
    return rules.mostSpecific(for: metric.name)?.value
  }

  /// True if two series are without chance: as the policy says, else if both say so.
  func isExact(_ old: Metric, _ new: Metric) -> Bool {
    exactness.mostSpecific(for: new.name)?.value ?? (old.exact && new.exact)
  }

  /// True if a single series is without chance: as the policy says, else as the series says.
  func isExact(_ metric: Metric) -> Bool { isExact(metric, metric) }
}

/// The limit that a change must exceed to count: a part of the old value, and maybe an amount.
package struct Limit: Hashable, Sendable {
  /// 0.1 for ±10 %.
  package let threshold: Sourced<Double>
  /// The amount in the metric's unit; nil if any amount counts.
  package let floor: Sourced<Quantity>?

  package init(threshold: Sourced<Double>, floor: Sourced<Quantity>? = nil) {
    self.threshold = threshold
    self.floor = floor
  }
}
