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
package struct SessionSwing: Hashable, Sendable {
  /// The medians of the sessions, newest first, each above 0; they include the one of the old side.
  package let medians: [Double]
  /// The standard deviation of their logarithms, about the fraction by which they differ.
  package let deviation: Double
  /// The expected median of the next session: the median of the newest ten.
  package let level: Double

  /// The fewest sessions that show the variation.
  package static let fewest = 5
  /// The most sessions that count; older ones may differ for other reasons.
  package static let most = 20

  /// Computes the variation of sessions.
  ///
  /// - Parameter medians: The medians, newest first; only the newest ``most`` count.
  /// - Returns: nil for fewer than ``fewest``, for a median that has no logarithm, and for a
  ///   deviation above the limit.
  package init?(medians: [Double]) {
    let medians = Array(medians.prefix(Self.most))
    guard medians.count >= Self.fewest, medians.allSatisfy({ $0 > 0 && $0.isFinite }),
      let level = medians.prefix(Self.recent).map({ log($0) }).median
    else { return nil }
    self.medians = medians
    self.level = exp(level)
    let logarithms = medians.map { log($0) }
    let mean = logarithms.reduce(0, +) / Double(medians.count)
    let squares = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let isConstant = medians.allSatisfy { $0 == medians[0] }
    deviation = isConstant ? 0 : (squares / Double(medians.count - 1)).squareRoot()
    guard deviation <= Self.mostDeviation else { return nil }
  }

  /// The largest deviation that counts as a variation between sessions. A series that varies by its
  /// own size or more does not qualify: one absurd session must not hide every change.
  private static let mostDeviation = 1.0

  private static let recent = 10

  private var degrees: Double { Double(medians.count - 1) }

  /// The standard error of the difference between the logarithms of a new session and of ``level``.
  /// The variance of a median of k values is π/2 that of their mean.
  private func error(sessions: Int) -> Double {
    let recent = Double(min(Self.recent, medians.count))
    return deviation * (1 / Double(sessions) + 1.57 / recent).squareRoot()
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
