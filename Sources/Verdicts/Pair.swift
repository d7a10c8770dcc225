import Measurements
import Statistics

/// What two sides have under one name; more than one series a side where they differ in unit or
/// direction.
struct Pair {
  let id: Series.ID
  var old: [Series] = []
  var new: [Series] = []
  /// Why the candidate has none.
  var failure: String?
  /// What the baseline calls the benchmark, where that is another name.
  var formerly: String?
  private let any: Metric

  private init(_ id: Series.ID, _ metric: Metric) {
    self.id = id
    any = metric
  }

  var metric: Metric { new.first?.metric ?? any }

  /// All names, in the order of benchmarks and metrics.
  static func all(
    old: [Series], new: [Series], failures: [Failure], aliases: [Alias]
  ) -> [Pair] {
    var pairs: [Series.ID: Pair] = [:]
    let names = Names(aliases)
    for series in old {
      let id = names.id(of: series)
      pairs[id, default: Pair(id, series.metric)].old.append(series)
      if id != series.id { pairs[id]?.formerly = series.benchmark.name }
    }
    for series in new {
      pairs[series.id, default: Pair(series.id, series.metric)].new.append(series)
    }
    for failure in failures { note(failure, in: &pairs) }
    return pairs.keys.sorted().compactMap { pairs[$0] }
  }

  /// A benchmark has failed in all that was to be measured of it; one that neither side has numbers
  /// of gets a line of its own.
  private static func note(_ failure: Failure, in pairs: inout [Series.ID: Pair]) {
    let benchmark = failure.subject
    let concerned = pairs.keys.filter { $0.benchmark == benchmark }
    let own = Series.ID(benchmark: benchmark, metric: "")
    for id in concerned.isEmpty ? [own] : concerned {
      let earlier = pairs[id]?.failure.map { "\($0); " } ?? ""
      pairs[id, default: Pair(id, Metric("", .one))].failure = earlier + failure.reason
    }
  }
}

extension Failure {
  /// What a reader is told has failed.
  var subject: Benchmark { benchmark ?? Benchmark(name: "(unnamed)") }
}

/// What can be said of a pair before the family is known.
enum Finding {
  case compared(Comparison)
  case mismatch(Mismatch)
  case missing
  case failed(String)
  case new
  /// Nothing that is measured differs.
  case same

  init(
    _ pair: Pair, _ context: BaselineContext, _ policy: Policy, tables: inout UDistributions
  ) {
    if let failure = pair.failure { self = .failed(failure); return }
    if !pair.new.isEmpty, let standing = context.standings[pair.id] {
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
    } else if !policy.comparesSummaries, Evidence(old, new, isExact: isExact) == .summary {
      self = .mismatch(.summary)
    } else if let comparison = try? Comparison(
      old: old, new: new, isExact: isExact, confidence: policy.level.confidence, tables: &tables)
    {
      self = .compared(comparison)
    } else {
      self = .mismatch(.overflow)
    }
  }

  var comparison: Comparison? {
    guard case .compared(let comparison) = self else { return nil }
    return comparison
  }

  /// Whether its p is one of the family.
  func isTested(under policy: Policy) -> Bool {
    guard let comparison, comparison.test != nil else { return false }
    return comparison.evidence == .rounds || !policy.requiresRounds
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
