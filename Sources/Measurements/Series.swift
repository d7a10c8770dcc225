/// One benchmark and one metric with its rounds, in the order in which they were measured.
package struct Series: Hashable, Sendable {
  package let benchmark: Benchmark
  package let metric: Metric
  package let rounds: [Round]
  /// Where the numbers came from: the name of the format, or of the recorder.
  package let source: String
  /// Whether each round is one number that a tool computed from samples it did not keep.
  package let isSummary: Bool
  /// What the source calls the benchmark, where that is not its name here.
  package let original: String?
  /// What was launched; nil for imported numbers and for those of older versions.
  package internal(set) var definition: Definition?

  package init(
    benchmark: Benchmark, metric: Metric, rounds: [Round], source: String, isSummary: Bool = false,
    original: String? = nil, definition: Definition? = nil
  ) {
    self.benchmark = benchmark
    self.metric = metric
    self.rounds = rounds
    self.source = source
    self.isSummary = isSummary
    self.original = original
    self.definition = definition
  }

  /// The same numbers, with what was launched for them.
  package func defined(by definition: Definition?) -> Series {
    var copy = self
    copy.definition = definition
    return copy
  }

  /// What tells this series from the others of a run.
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

extension Sequence<Series> {
  /// One series per benchmark and metric, in the order of first appearance, with the rounds of all
  /// series of that name. Where their units or directions differ, they stay apart.
  package func pooled() -> [Series] {
    var pooled: [Series] = []
    var places: [Pool: Int] = Dictionary(minimumCapacity: underestimatedCount)
    var several: [Int: [Series]] = [:]
    for series in self {
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

extension Series {
  /// Exact only where all are, with the first definition; of one benchmark and metric, in one unit, and at least one.
  fileprivate init(pooling series: [Series]) {
    let metric = series[0].metric
    self.init(
      benchmark: series[0].benchmark,
      metric: Metric(
        metric.name, metric.unit, better: metric.better, exact: series.allSatisfy(\.metric.exact)),
      rounds: series.flatMap(\.rounds), source: series[0].source,
      isSummary: series.contains { $0.isSummary },
      original: series.lazy.compactMap(\.original).first,
      definition: series.lazy.compactMap(\.definition).first)
  }
}

private struct Pool: Hashable {
  let id: Series.ID
  let unit: Unit
  let better: Direction
}
