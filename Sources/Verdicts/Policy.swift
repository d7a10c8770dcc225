package import Measurements
package import Statistics

/// What a gate is asked to hold against a candidate.
package struct Policy: Hashable, Sendable {
  /// The relative change that counts, 0.1 for ±10 %, where no rule says otherwise.
  package var threshold = Sourced(0.1, from: "the default")
  /// The probability of a false alarm that is accepted, over the family as `correction` has it.
  package var alpha = UsualLevel.alpha
  package var correction = FamilyCorrection.benjaminiHochberg
  /// What of that which stays undecided is a failure.
  package var strictness = Strictness.lenient
  /// Whether repetitions within one process are too little to decide by.
  package var requiresRounds = false
  /// How far beyond no change the near end of what one process a side leaves open must be; nil for what
  /// its format is known to need.
  package var oneProcess: Double?
  /// What becomes of numbers without samples.
  package var summaries = SummaryRule.history
  /// Whether budgets are all that is judged, so that nothing need be compared.
  package var judgesAlone = false
  /// Whether an anchor that cannot be compared with is a failure.
  package var failsWithoutAnchor = true
  /// Thresholds for some benchmarks; they go before those for metrics.
  package var benchmarks: [Rule<Double>] = []
  /// Thresholds for some metrics.
  package var metrics: [Rule<Double>] = []
  /// Which metrics are without chance, whatever their recorder said.
  package var exactness: [Rule<Bool>] = []
  /// Which direction of some metrics is better, whatever their recorder said.
  package var directions: [Rule<Direction>] = []
  /// What a change of a metric comes to of which nobody says which direction is better.
  package var guessed = GuessRule.warn
  /// Changes of some metrics that are too small to count, however large they are in per cent.
  package var floors: [Rule<Quantity>] = []
  /// The metrics that decide; all where none is named. The others of a benchmark are shown and fail nothing.
  package var deciding: [Pattern] = []
  package var budgets: [Budget] = []
  package var aliases: [Alias] = []
  package var ledger = CoveragePolicy()
  package var severities = Severities()
  package var waivers: [Waiver] = []
  /// The day by which waivers expire; nil for one on which none holds.
  package var today: Day?

  package init() {}

  /// As it is written in reports: `benjamini-hochberg`.
  package var correctionName: String { correction.rawValue }
}

/// What a change comes to where nobody says which direction is better.
package enum GuessRule: String, CaseIterable, Sendable {
  /// The gate fails, as for what is undecided.
  case fail
  /// It is shown.
  case warn
}

/// What a number comes to that a tool computed from samples it did not keep.
package enum SummaryRule: String, CaseIterable, Sendable {
  /// It is held against the recordings before it, from five on.
  case history
  /// It is held against the threshold, without a test.
  case threshold
  case incomparable
}

/// A value and who said so, in words: `[benchmark "parse/*"] in .perfconfig:12`.
package struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package let source: String

  package init(_ value: Value, from source: String) {
    self.value = value
    self.source = source
  }
}

extension Policy {
  /// What a change of what two sides have must exceed.
  func limit(of pair: Pair) -> Limit {
    let isOfLaunches = (pair.old + pair.new).allSatisfy { $0.source == "perf-record" }
    return limit(for: pair.id, pair.metric, isOfLaunches: isOfLaunches)
  }

  /// The same of a series.
  ///
  /// - Parameter isOfLaunches: Whether its times are those of whole processes, as the kernel accounts them.
  func limit(for id: Series.ID, _ metric: Metric, isOfLaunches: Bool) -> Limit {
    let floor = floors.mostSpecific(for: metric.name) { $0.value.unit == metric.unit }
    return Limit(
      threshold: threshold(for: id),
      floor: floor.map { Sourced($0.value, from: $0.source("metric")) }
        ?? (isOfLaunches ? Self.tick(of: metric) : nil))
  }

  /// What a processor time must change by to count, where nobody says: its parts come in ticks of the
  /// clock.
  private static func tick(of metric: Metric) -> Sourced<Quantity>? {
    let ticks = [Metric.userTime: "50ms", .systemTime: "50ms", .cpuTime: "1ms"]
    return ticks[metric].flatMap { Quantity($0) }.map { Sourced($0, from: "the default") }
  }

  /// The series that decide nothing. Where a deciding metric of a benchmark was compared, these are all its
  /// other metrics; where none was, every metric of the benchmark decides.
  ///
  /// - Parameters:
  ///   - pairs: All that there are.
  ///   - isCompared: Whether the two sides of a pair were compared, by its place.
  func bystanders(among pairs: [Pair], isCompared: (Int) -> Bool) -> Set<Series.ID> {
    guard !deciding.isEmpty else { return [] }
    let deciders = pairs.indices.filter { place in
      deciding.contains { $0.matches(pairs[place].id.metric) }
    }
    // A metric that one side lacks, or that cannot be compared, decides nothing.
    let benchmarks = Set(deciders.filter(isCompared).map { pairs[$0].id.benchmark })
    return Set(pairs.map(\.id).filter { benchmarks.contains($0.benchmark) })
      .subtracting(deciders.map { pairs[$0].id })
  }

  /// The threshold of a series: that of its benchmark, else of its metric, else the common one.
  package func threshold(for id: Series.ID) -> Sourced<Double> {
    let benchmark = benchmarks.mostSpecific(for: id.benchmark.name)
    if let benchmark { return Sourced(benchmark.value, from: benchmark.source("benchmark")) }
    let metric = metrics.mostSpecific(for: id.metric)
    return metric.map { Sourced($0.value, from: $0.source("metric")) } ?? threshold
  }

  /// Whether a number without samples can be judged, by what was recorded before.
  func takesSummary(with past: PastRecordings?) -> Bool {
    switch summaries {
    case .history: past?.swing != nil
    case .threshold: true
    case .incomparable: false
    }
  }

  /// How far the near end of what one process a side leaves open must be from no change; nil where it is
  /// to decide nothing.
  ///
  /// Go runs a benchmark many thousand times for one number, and its processes agree: by the threshold
  /// none of 1,638 unchanged pairs was called a regression. JVMs, warmed up otherwise each time, do not.
  func margin(of pair: Pair) -> Double? {
    guard !requiresRounds else { return nil }
    if let oneProcess { return oneProcess }
    let threshold = limit(of: pair).threshold.value
    let isGo = (pair.old + pair.new).allSatisfy { $0.source == "go" }
    return isGo ? threshold : max(5 * threshold, 0.5)
  }

  /// The same series, with the directions that the policy has.
  package func directed(_ series: [Series]) -> [Series] {
    guard !directions.isEmpty else { return series }
    return series.map { series in
      guard let direction = direction(for: series.metric) else { return series }
      return series.measuring(series.metric.directed(direction))
    }.pooled()
  }

  /// What the policy says of a metric. A pattern settles what is guessed; what its recorder, its name or its
  /// unit says, only its full name turns round. Of the times and the memory of launches less is better, always.
  package func direction(for metric: Metric) -> Direction? {
    guard !Metric.ofLaunches.contains(metric.name) else { return nil }
    let rules = metric.isGuessed ? directions : directions.filter { $0.pattern.literal != nil }
    return rules.mostSpecific(for: metric.name)?.value
  }

  /// Whether two series are without chance: as the policy says, else where both say so.
  func isExact(_ old: Metric, _ new: Metric) -> Bool {
    exactness.mostSpecific(for: new.name)?.value ?? (old.exact && new.exact)
  }

  /// The same for a single series.
  func isExact(_ metric: Metric) -> Bool { isExact(metric, metric) }
}

/// What a change must exceed to count: a part of the old value, and maybe an amount.
package struct Limit: Hashable, Sendable {
  /// 0.1 for ±10 %.
  package let threshold: Sourced<Double>
  /// In the metric's unit; nil where any amount counts.
  package let floor: Sourced<Quantity>?

  package init(threshold: Sourced<Double>, floor: Sourced<Quantity>? = nil) {
    self.threshold = threshold
    self.floor = floor
  }
}
