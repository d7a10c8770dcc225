import Measurements
import Statistics

/// The series that two sides have under one name; more than one series a side if they differ in
/// unit or direction.
struct Pair {
  let id: Series.ID
  var old: [Series] = []
  var new: [Series] = []
  /// The reason why the candidate has no series.
  var failure: String?
  /// The name of the benchmark in the baseline, if it is another name.
  var formerly: String?
  private let any: Metric

  private init(_ id: Series.ID, _ metric: Metric) {
    self.id = id
    any = metric
  }

  var metric: Metric { new.first?.metric ?? any }

  /// This pair, but if only one side guesses which direction is better, with the direction of the
  /// other.
  private var agreed: Pair {
    guard old.count == 1, new.count == 1, old[0].metric.isGuessed != new[0].metric.isGuessed else {
      return self
    }
    var pair = self
    if old[0].metric.isGuessed {
      pair.old[0] = old[0].measuring(old[0].metric.directed(new[0].metric.better))
    } else {
      pair.new[0] = new[0].measuring(new[0].metric.directed(old[0].metric.better))
    }
    return pair
  }

  /// Returns the pairs of all names, in the order of benchmarks and metrics.
  static func all(
    old: [Series], new: [Series], failures: [Failure], aliases: [Alias]
  ) -> [Pair] {
    var table = Table()
    for series in new { table.change(series.id, series.metric) { $0.new.append(series) } }
    let names = Names(aliases)
    for series in old {
      let id = names.id(of: series)
      table.change(id, series.metric) {
        $0.old.append(series)
        if id.benchmark.name != series.benchmark.name { $0.formerly = series.benchmark.name }
      }
    }
    for failure in failures { table.note(failure) }
    return table.sorted()
  }

  /// A table of pairs that has each name once.
  private struct Table {
    private(set) var pairs: [Pair] = []
    private var places: [Series.ID: Int] = [:]

    /// - Parameter metric: The metric of the pair, if the pair is not there yet.
    mutating func change(
      _ id: Series.ID, _ metric: Metric, _ change: (inout Pair) -> Void
    ) {
      change(&pairs[place(of: id, metric)])
    }

    private mutating func place(of id: Series.ID, _ metric: Metric) -> Int {
      if let place = places[id] { return place }
      places[id] = pairs.count
      pairs.append(Pair(id, metric))
      return pairs.count - 1
    }

    /// Returns the pairs in the order of names. The names are sorted and not the pairs, as pairs
    /// are large.
    func sorted() -> [Pair] {
      pairs.map(\.id).sorted().compactMap { id in places[id].map { pairs[$0].agreed } }
    }

    /// Marks a benchmark as failed in everything that was to be measured of it. A benchmark of
    /// which neither side has numbers gets a line of its own.
    mutating func note(_ failure: Failure) {
      let benchmark = failure.subject
      let concerned = pairs.map(\.id).filter { $0.benchmark == benchmark }
      let own = Series.ID(benchmark: benchmark, metric: "")
      for id in concerned.isEmpty ? [own] : concerned {
        change(id, Metric("", .one)) { pair in
          pair.failure = (pair.failure.map { "\($0); " } ?? "") + failure.reason
        }
      }
    }
  }
}

extension Failure {
  /// The benchmark that is reported to have failed.
  var subject: Benchmark { benchmark ?? Benchmark(name: "(unnamed)") }
}

/// The result for a pair before the family is known.
enum Finding {
  case compared(Comparison)
  case mismatch(Mismatch)
  case missing
  case failed(String)
  case new
  /// Nothing that is measured differs.
  case same

  init(
    _ pair: Pair, _ context: BaselineContext, _ policy: Policy, confidence: Double,
    tables: inout UDistributions
  ) {
    if let failure = pair.failure { self = .failed(failure); return }
    let standing = pair.new.isEmpty ? nil : context.standings[pair.id]
    if let standing {
      if standing.isSame { self = .same; return }
      if let trouble = standing.trouble {
        self = .mismatch(standing.isUnreadable ? .unreadable(trouble) : .history(trouble))
        return
      }
    }
    guard let old = pair.old.first else { self = .new; return }
    guard let new = pair.new.first else { self = .missing; return }
    let isExact = policy.isExact(old.metric, new.metric)
    if let mismatch = Mismatch(pair, old.metric, new.metric) {
      self = .mismatch(mismatch)
    } else if Evidence(old, new, isExact: isExact) == .summary,
      !policy.takesSummary(with: standing?.past)
    {
      self = .mismatch(.summary)
    } else if let comparison = try? Comparison(
      old: old, new: new, isExact: isExact, interleaving: standing?.interleaving,
      confidence: confidence, tables: &tables)
    {
      let seen = standing?.past.flatMap { past in
        let bounds = Bounds(
          better: new.metric.better, limit: policy.limit(of: pair),
          oldMedian: comparison.old.median)
        return comparison.seen(among: past, bounds, confidence: confidence)
      }
      self = .compared(seen ?? comparison)
    } else {
      self = .mismatch(.overflow)
    }
  }

  var comparison: Comparison? {
    guard case .compared(let comparison) = self else { return nil }
    return comparison
  }

  /// True if the pair's p is one of the family.
  var isTested: Bool {
    comparison?.p != nil
  }
}

extension Mismatch {
  fileprivate init?(_ pair: Pair, _ old: Metric, _ new: Metric) {
    if pair.old.count > 1 || pair.new.count > 1 {
      self = .ambiguous(inCandidate: pair.new.count > 1)
    } else if old.unit != new.unit {
      self = .unit(old: old.unit.symbol, new: new.unit.symbol)
    } else if old.better != new.better {
      self = .direction
    } else {
      return nil
    }
  }
}
