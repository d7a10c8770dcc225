import Formats
import Measurements
import Statistics
import Verdicts

/// Launches that were slower or faster for being the second of a pair.
enum OrderEffects {
  /// So seldom by chance that healthy sessions stay silent.
  private static let alpha = 0.01

  /// - Parameter readings: Of base and head, which took turns.
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
