import Measurements

/// Collects the samples of one process, which may be anywhere in an input, into one round for each
/// benchmark and metric.
///
/// By contrast, ``ResultBuilder/add(_:to:_:in:better:isExact:isSummary:at:)`` makes a round of
/// each call.
struct SampleGrouper {
  private var rounds: [Round] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let benchmark: Benchmark
    let metric: String
    let unit: String
    let better: DirectionSource?
  }

  private struct Round {
    let key: Key
    let isSummary: Bool
    /// The place of the first sample.
    let place: ResultBuilder.Place
    var samples: [Double]
  }

  /// Adds one sample. The parameters are those of ``ResultBuilder``.
  ///
  /// - Throws: ``InputError`` with the place of this sample if it is not finite.
  mutating func add(
    _ sample: Double, to benchmark: Benchmark, _ metric: String, in unit: String,
    better: DirectionSource? = nil, isSummary: Bool = false, of builder: ResultBuilder,
    at place: ResultBuilder.Place
  ) throws(InputError) {
    guard UnitConversion(from: unit)(sample).isFinite else {
      throw builder.error("a number that is beyond what can be counted", at: place)
    }
    let key = Key(benchmark: benchmark, metric: metric, unit: unit, better: better)
    if let index = places[key] {
      rounds[index].samples.append(sample)
    } else {
      places[key] = rounds.count
      rounds.append(Round(key: key, isSummary: isSummary, place: place, samples: [sample]))
    }
  }

  /// Adds all rounds to a builder, in the order of their first samples.
  func finish(into builder: inout ResultBuilder) throws(InputError) {
    for round in rounds {
      try builder.add(
        round.samples, to: round.key.benchmark, round.key.metric, in: round.key.unit,
        better: round.key.better, isSummary: round.isSummary, at: round.place)
    }
  }
}
