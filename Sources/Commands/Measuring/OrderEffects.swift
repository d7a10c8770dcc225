import Formats
import Measurements
import Statistics
import Verdicts

/// Finds benchmarks whose launches took longer or shorter when they were the second of a pair.
enum OrderEffects {
  /// The level of the test. Chance seldom reaches it, so healthy sessions cause no message.
  private static let alpha = 0.01

  /// Sentences about the benchmarks whose order matters.
  ///
  /// - Parameter readings: The results of base and head, which took turns.
  static func found(in readings: [ParsedResults]) -> [String] {
    readings.enumerated().flatMap { side, reading in
      reading.series.filter { $0.metric == .wallTime }.compactMap { series in
        guard let effect = OrderEffect(series.values, startsFirst: side == 0),
          effect.p <= alpha / Double(max(1, reading.series.count))
        else { return nil }
        let change = "\(Int(((effect.ratio - 1) * 100).rounded())) %"
        return
          "the order matters to '\(series.benchmark)' (\(side == 0 ? "base" : "head")): as the "
          + "second of a pair it took \(change) of its time more; something is left over between "
          + "launches, which `setup` may put in order"
      }
    }
  }
}
