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
  /// The other prices of the baseline, if a cost was computed with other ones.
  var repricing: Repricing?
  private let any: Metric

  private init(_ id: Series.ID, _ metric: Metric) {
    self.id = id
    any = metric
  }

  /// Creates the pair of a row over several series, which has none of its own.
  init(over id: Series.ID, _ metric: Metric) { self.init(id, metric) }

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
    let successors = ModelChange.successors(old: old, new: new)
    for series in old {
      let successor = successors[series.benchmark]
      let id =
        successor.map { Series.ID(benchmark: $0, metric: series.metric.name) }
        ?? names.id(of: series)
      table.change(id, series.metric) {
        $0.old.append(series)
        if successor != nil {
          $0.formerly = series.benchmark.description
        } else if id.benchmark.name != series.benchmark.name {
          $0.formerly = series.benchmark.name
        }
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
      // What failed was not told by which model.
      let concerned = pairs.map(\.id).filter {
        $0.benchmark == benchmark || ModelChange.task(of: $0.benchmark) == benchmark
      }
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
