/// The numbers of one benchmark and one metric, in one unit, over several runs.
///
/// All rounds of all runs stand in one array, because a history has millions of numbers.
package struct RecordedSeries: Sendable {
  package let benchmark: Benchmark
  package let metric: Metric
  /// The numbers of each run, in the order of the runs.
  package private(set) var entries: [Entry] = []
  /// The value of each round, the median of its samples, of all entries one after the other.
  package private(set) var rounds: [Double] = []
  /// The samples of the rounds that have more than one.
  private var samples: [Int: [Double]] = [:]

  /// The numbers of one run.
  package struct Entry: Sendable {
    // A history has millions of entries, so that each is small.
    private let place: UInt32
    private let start: UInt32
    private let end: UInt32
    /// True if each value is one number that was computed from others that were not kept.
    package let isSummary: Bool

    fileprivate init(run: Int, rounds: Range<Int>, isSummary: Bool) {
      (place, start, end) = (UInt32(run), UInt32(rounds.lowerBound), UInt32(rounds.upperBound))
      self.isSummary = isSummary
    }

    /// The place of the run in the list of runs.
    package var run: Int { Int(place) }
    /// The places of its rounds in ``RecordedSeries/rounds``.
    package var rounds: Range<Int> { Int(start)..<Int(end) }
  }

  package init(benchmark: Benchmark, metric: Metric) {
    self.benchmark = benchmark
    self.metric = metric
  }

  /// Makes room for entries that are added next, of one round each.
  package mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
    rounds.reserveCapacity(count)
  }

  package var id: Series.ID { Series.ID(benchmark: benchmark, metric: metric.name) }

  /// The value of each round of an entry.
  package func values(of entry: Entry) -> ArraySlice<Double> { rounds[entry.rounds] }

  /// All samples of an entry, round by round.
  package func samples(of entry: Entry) -> [Double] {
    guard !samples.isEmpty else { return Array(rounds[entry.rounds]) }
    return entry.rounds.flatMap { samples[$0] ?? [rounds[$0]] }
  }

  /// Adds the numbers of a run.
  ///
  /// - Parameters:
  ///   - values: The value of each round.
  ///   - samples: The samples of rounds that have more than one, by the index of the round.
  package mutating func add(
    run: Int, values: ArraySlice<Double>, samples: [Int: [Double]] = [:], isSummary: Bool
  ) {
    add(run: run, samples: samples, isSummary: isSummary) { $0.append(contentsOf: values) }
  }

  /// Adds the number of a run of one round.
  package mutating func add(run: Int, value: Double, isSummary: Bool) {
    rounds.append(value)
    entries.append(
      Entry(run: run, rounds: rounds.count - 1..<rounds.count, isSummary: isSummary))
  }

  /// Adds the numbers of a run.
  ///
  /// - Parameters:
  ///   - samples: The samples of rounds that have more than one, by the index of the round.
  ///   - append: Appends the value of each round.
  package mutating func add<Failure>(
    run: Int, samples own: [Int: [Double]] = [:], isSummary: Bool,
    append: (inout [Double]) throws(Failure) -> Void
  ) throws(Failure) {
    let start = rounds.count
    try append(&rounds)
    if !own.isEmpty { for (index, values) in own { samples[start + index] = values } }
    entries.append(Entry(run: run, rounds: start..<rounds.count, isSummary: isSummary))
  }

  /// The series with the entries of some runs only, and with other places for them.
  ///
  /// - Parameter place: The new place of a run; nil leaves its entry out.
  package func keeping(_ place: (Int) -> Int?) -> RecordedSeries {
    var kept = RecordedSeries(benchmark: benchmark, metric: metric)
    kept.entries.reserveCapacity(entries.count)
    kept.rounds = rounds
    kept.samples = samples
    for entry in entries {
      guard let run = place(entry.run) else { continue }
      kept.entries.append(Entry(run: run, rounds: entry.rounds, isSummary: entry.isSummary))
    }
    return kept
  }

  /// The series with entries in the order of their runs.
  package func sorted() -> RecordedSeries {
    guard zip(entries, entries.dropFirst()).contains(where: { $0.run > $1.run }) else {
      return self
    }
    // The runs are places in a list, so that counting orders them faster than comparing does.
    var next = [Int](repeating: 0, count: (entries.map(\.run).max() ?? 0) + 2)
    for entry in entries { next[entry.run + 1] += 1 }
    for run in next.indices.dropFirst() { next[run] += next[run - 1] }
    var order = [Int](repeating: 0, count: entries.count)
    for (index, entry) in entries.enumerated() {
      order[next[entry.run]] = index
      next[entry.run] += 1
    }
    var sorted = self
    sorted.entries = order.map { entries[$0] }
    return sorted
  }
}
