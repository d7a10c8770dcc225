#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How much a series differs from one recording to the next where nothing changed, which no number of
/// rounds of one recording shows.
///
/// A machine has moods: with 2 % noise between rounds and 5 % between sessions, ten rounds a side call 9 %
/// of unchanged series a regression of more than 10 %. One value a session, the median on this machine, is
/// what differs independently.
package struct SessionSwing: Hashable, Sendable {
  /// The medians of the sessions, the newest first, each above 0; the old side's among them.
  package let medians: [Double]
  /// The standard deviation of their logarithms, about the part by which they differ.
  package let deviation: Double
  /// What is expected of the next one: the median of the newest ten.
  package let level: Double

  /// Fewer say nothing of how much they swing.
  package static let fewest = 5
  /// Older ones are of another time.
  package static let most = 20

  /// - Parameter medians: The newest first; of more than ``most`` the newest.
  /// - Returns: nil for fewer than ``fewest``, for one that has no logarithm, and for what differs without
  ///   measure.
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

  /// What differs by its own size and more from one recording to the next is no number that swings: one
  /// absurd recording must not hide every change.
  private static let mostDeviation = 1.0

  private static let recent = 10

  private var degrees: Double { Double(medians.count - 1) }

  /// Of the difference between a new session's logarithm and that of ``level``; the median of k has a
  /// variance of π/2 that of their mean.
  private func error(sessions: Int) -> Double {
    let recent = Double(min(Self.recent, medians.count))
    return deviation * (1 / Double(sessions) + 1.57 / recent).squareRoot()
  }

  /// The two-sided p of a new median, if nothing had changed: Student's t with a degree less than there are
  /// sessions. Without any swing 0, or 1 for the level itself.
  ///
  /// - Parameter sessions: How many the new median is that of.
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
    // Neither zero nor infinite, whatever is so far apart.
    let centre = log(median) - log(level)
    return exp(max(-700, centre - width))...exp(min(700, centre + width))
  }
}
