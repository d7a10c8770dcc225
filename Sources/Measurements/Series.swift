/// The rounds of one benchmark and one metric, in the order in which they were measured.
///
/// The values of a series whose metric is an outcome are 0 and 1: with any other value the metric is
/// none.
///
/// A series is a reference to contents that never change: it is created once and shared.
package struct Series: Sendable {
  private let contents: Contents

  private final class Contents: Sendable {
    let benchmark: Benchmark
    let metric: Metric
    let rounds: [Round]
    let source: String
    let isSummary: Bool
    let original: String?
    let definition: Definition?

    init(
      _ benchmark: Benchmark, _ metric: Metric, _ rounds: [Round], source: String, isSummary: Bool,
      original: String?, definition: Definition?
    ) {
      self.benchmark = benchmark
      self.metric = metric
      self.rounds = rounds
      self.source = source
      self.isSummary = isSummary
      self.original = original
      self.definition = definition
    }
  }

  package init(
    benchmark: Benchmark, metric: Metric, rounds: [Round], source: String, isSummary: Bool = false,
    original: String? = nil, definition: Definition? = nil
  ) {
    let metric = metric.isOutcome && !rounds.areOutcomes ? metric.withoutOutcome : metric
    contents = Contents(
      benchmark, metric, rounds, source: source, isSummary: isSummary, original: original,
      definition: definition)
  }

  /// A copy of the series with another description of its metric.
  package func measuring(_ metric: Metric) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: rounds, source: source, isSummary: isSummary,
      original: original, definition: definition)
  }

  /// A copy of the series as that of another benchmark.
  package func of(_ benchmark: Benchmark) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: rounds, source: source, isSummary: isSummary,
      original: original, definition: definition)
  }

  /// A copy of the series with a definition of the work that was measured.
  package func defined(by definition: Definition?) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: rounds, source: source, isSummary: isSummary,
      original: original, definition: definition)
  }

  /// The identifier of this series within a run.
  package var id: ID { ID(benchmark: benchmark, metric: metric.name) }

  package struct ID: Hashable, Comparable, Sendable {
    package let benchmark: Benchmark
    package let metric: String

    package init(benchmark: Benchmark, metric: String) {
      self.benchmark = benchmark
      self.metric = metric
    }

    package static func < (a: ID, b: ID) -> Bool {
      if a.benchmark.name < b.benchmark.name { return true }
      if b.benchmark.name < a.benchmark.name { return false }
      return a.benchmark == b.benchmark ? a.metric < b.metric : a.benchmark < b.benchmark
    }
  }
}

extension Series {
  package var benchmark: Benchmark { contents.benchmark }

  package var metric: Metric { contents.metric }

  package var rounds: [Round] { contents.rounds }

  /// The origin of the numbers: the name of the format, or of the recorder.
  package var source: String { contents.source }

  /// True if each round is one number that a tool computed from samples that it did not keep.
  package var isSummary: Bool { contents.isSummary }

  /// The name of the benchmark in the source, if it differs from the name here.
  package var original: String? { contents.original }

  /// The definition of the work that was measured; nil for imported numbers and for those of older
  /// versions.
  package var definition: Definition? { contents.definition }
}

extension Series: Hashable {
  package static func == (a: Series, b: Series) -> Bool {
    a.contents === b.contents
      || a.benchmark == b.benchmark && a.metric == b.metric && a.source == b.source
        && a.isSummary == b.isSummary && a.original == b.original && a.definition == b.definition
        && a.rounds == b.rounds
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(rounds)
  }
}

extension Sequence<Series> {
  /// Pools the series of each benchmark and metric, in the order of first appearance: the result
  /// has the rounds of all of them. Series with different units or directions stay separate.
  package func pooled() -> [Series] {
    var pooled: [Series] = []
    var places: [Pool: Int] = Dictionary(minimumCapacity: underestimatedCount)
    var several: [Int: [Series]] = [:]
    for series in agreed {
      let pool = Pool(id: series.id, unit: series.metric.unit, better: series.metric.better)
      if let place = places[pool] {
        several[place, default: [pooled[place]]].append(series)
      } else {
        places[pool] = pooled.count
        pooled.append(series)
      }
    }
    for (place, all) in several { pooled[place] = Series(pooling: all) }
    return pooled
  }
}

extension Sequence<Series> {
  /// The series, where a guessed direction is replaced by the known direction of another series
  /// with the same id.
  fileprivate var agreed: [Series] {
    let all = Array(self)
    guard all.contains(where: \.metric.isGuessed) else { return all }
    let known = Dictionary(
      all.filter { !$0.metric.isGuessed }.map { ($0.id, $0.metric.better) },
      uniquingKeysWith: { first, _ in first })
    return all.map { series in
      guard series.metric.isGuessed, let better = known[series.id] else { return series }
      return series.measuring(series.metric.directed(better))
    }
  }
}

extension Series {
  /// Pools series of one benchmark and metric, in one unit, at least one. The result is exact only
  /// if all series are, an outcome if one of them is, and has the first definition.
  fileprivate init(pooling series: [Series]) {
    let metric = series[0].metric
    self.init(
      benchmark: series[0].benchmark,
      metric: Metric(
        metric.name, metric.unit, better: metric.better, exact: series.allSatisfy(\.metric.exact),
        isGuessed: metric.isGuessed, isOutcome: series.contains { $0.metric.isOutcome }),
      rounds: series.flatMap(\.rounds), source: series[0].source,
      isSummary: series.contains { $0.isSummary },
      original: series.lazy.compactMap(\.original).first,
      definition: series.lazy.compactMap(\.definition).joined)
  }
}

private struct Pool: Hashable {
  let id: Series.ID
  let unit: Unit
  let better: Direction
}
