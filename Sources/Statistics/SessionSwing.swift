#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The variation of a series from one session to the next without any change of the code. The
/// rounds of a single session cannot show it, however many they are.
///
/// The state of a machine varies between sessions: with 2 % noise between rounds and 5 % between
/// sessions, ten rounds per side report 9 % of unchanged series as a regression of more than 10 %.
/// One value per session, the median on this machine, varies independently.
///
/// A step of the code is no variation. Where the sessions have one, those since the last step count;
/// where these are too few, all count, each as it differs from the mean of its own level.
package struct SessionSwing: Hashable, Sendable {
  /// The medians of the sessions that count, newest first, each above 0; they include the one of the
  /// old side.
  package let medians: [Double]
  /// The standard deviation of their logarithms, about the fraction by which they differ.
  package let deviation: Double
  /// The expected median of the next session: the median of the newest ten.
  package let level: Double

  /// The fewest sessions that show the variation.
  package static let fewest = 5
  /// The most sessions that count; older ones may differ for other reasons.
  package static let most = 20

  /// The degrees of freedom of ``deviation``.
  private let degrees: Double
  /// The number of medians that ``level`` is the median of.
  private let ofLevel: Double

  /// Computes the variation of sessions.
  ///
  /// - Parameter medians: The medians, newest first; only the newest ``most`` count.
  /// - Returns: nil for fewer than ``fewest``, for a median that has no logarithm, and for a
  ///   deviation above the limit.
  package init?(medians: [Double]) {
    let all = Array(medians.prefix(Self.most))
    guard all.count >= Self.fewest, all.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let levels = Self.levels(all)
    let isEnough = levels[0].count >= Self.fewest
    let counting = isEnough ? [levels[0]] : levels
    let recent = levels[0].prefix(Self.recent).map { log($0) }
    guard let level = recent.median else { return nil }
    self.medians = counting.flatMap(\.self)
    self.level = exp(level)
    ofLevel = Double(recent.count)
    degrees = Double(self.medians.count - counting.count)
    let isConstant = counting.allSatisfy { level in level.allSatisfy { $0 == level[0] } }
    let squares = counting.reduce(0) { $0 + Self.squares($1.map { log($0) }) }
    deviation = isConstant ? 0 : (squares / degrees).squareRoot()
    guard deviation <= Self.mostDeviation else { return nil }
  }

  /// The medians of each level, the newest level first, and the newest median of it first.
  private static func levels(_ medians: [Double]) -> [[Double]] {
    var tables = UDistributions()
    let values = Array(medians.reversed())
    return ChangePoints(in: values, tables: &tables).levels.reversed().map {
      values[$0.range].reversed()
    }
  }

  /// The sum of the squared differences from the mean.
  private static func squares(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// The largest deviation that counts as a variation between sessions. A series that varies by its
  /// own size or more does not qualify: one absurd session must not hide every change.
  private static let mostDeviation = 1.0

  private static let recent = 10

  /// The standard error of the difference between the logarithms of a new session and of ``level``.
  /// The variance of a median of k values is π/2 that of their mean.
  private func error(sessions: Int) -> Double {
    deviation * (1 / Double(sessions) + 1.57 / ofLevel).squareRoot()
  }

  /// The two-sided p of a new median if nothing had changed: Student's t with one degree less than
  /// there are sessions. Without any variation it is 0, or 1 if the median equals the level.
  ///
  /// - Parameter sessions: The number of sessions that the new median covers.
  package func p(of median: Double, sessions: Int = 1) -> Double {
    let difference = (log(median) - log(level)).magnitude
    let error = error(sessions: sessions)
    guard error > 0 else { return difference == 0 ? 1 : 0 }
    return StudentT.outside(difference / error, degrees: degrees)
  }

  /// The interval of the true change, new / ``level``.
  package func interval(
    of median: Double, sessions: Int = 1, confidence: Double
  ) -> ClosedRange<Double> {
    let width =
      StudentT.exceeded(by: 1 - confidence, degrees: degrees) * error(sessions: sessions)
    // The bounds stay neither zero nor infinite, however large the difference is.
    let centre = log(median) - log(level)
    return exp(max(-700, centre - width))...exp(min(700, centre + width))
  }
}
