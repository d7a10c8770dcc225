import Measurements

/// Collects the samples of one process, which may stand anywhere in an input, into one round for
/// each benchmark and metric.
///
/// Its counterpart is ``ResultBuilder/add(_:to:_:in:better:isExact:isSummary:at:)``, which makes every call
/// a round of its own.
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
    /// Of the first sample.
    let place: ResultBuilder.Place
    var samples: [Double]
  }

  /// Adds one sample; the parameters are those of ``ResultBuilder``.
  ///
  /// - Throws: ``InputError`` for what is no finite number, at the place of this sample.
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

  /// Hands all rounds over, in the order of their first samples.
  func finish(into builder: inout ResultBuilder) throws(InputError) {
    for round in rounds {
      try builder.add(
        round.samples, to: round.key.benchmark, round.key.metric, in: round.key.unit,
        better: round.key.better, isSummary: round.isSummary, at: round.place)
    }
  }
}
