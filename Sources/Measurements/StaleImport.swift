/// The detection of imported numbers that belong to another commit, because no tool has written the
/// file anew.
package enum StaleImport {
  /// The run of another content that has the same times, each in the same order; nil if there is
  /// none.
  ///
  /// Only series of times with five or more distinct values are evidence. Times are no evidence if
  /// they are multiples of a clock tick, or of a step of which the largest time has fewer than
  /// 1,000. Such times repeat by chance, as memory, counts and outcomes do. If no series is
  /// evidence, the result is nil.
  ///
  /// - Parameters:
  ///   - run: The imported run; the result is nil for any other.
  ///   - others: The runs to compare with; only those of another commit and another tree count.
  package static func source(of run: Run, among others: [Run]) -> Run? {
    guard run.imported != nil else { return nil }
    return others.first { other in
      guard other.commit != nil, other.commit != run.commit, other.tree != run.tree else {
        return false
      }
      let known = Dictionary(other.series.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
      // The equality of the numbers is checked first: this costs less than the check for evidence.
      var repeated: [Series] = []
      for series in run.series {
        let same = known[series.id].map {
          $0.metric.unit == series.metric.unit && $0.rounds == series.rounds
        }
        if same == true { repeated.append(series) } else if series.speaks { return false }
      }
      return repeated.contains(where: \.speaks)
    }
  }
}

extension Series {
  /// True if two launches hardly give the same values of this series.
  fileprivate var speaks: Bool {
    guard metric.unit == .nanoseconds else { return false }
    let values = Set(rounds.flatMap(\.samples))
    guard values.count >= 5, let largest = values.max(), largest > 0 else { return false }
    guard let step = Self.step(of: values) else { return true }
    return largest / step >= 1000 && !Self.isTick(step)
  }

  /// The largest step, in nanoseconds, of which all values are multiples; nil if it is less than a
  /// millionth.
  private static func step(of values: Set<Double>) -> Double? {
    for scale in [1.0, 1e3, 1e6] {
      let scaled = values.map { $0 * scale }
      let isWhole = scaled.allSatisfy { value in
        value < 9e15 && abs(value - value.rounded()) <= max(1e-6, value * 1e-12)
      }
      guard isWhole else { continue }
      let divisor = scaled.map { UInt64(abs($0).rounded()) }.reduce(0, greatestCommonDivisor)
      return divisor == 0 ? nil : Double(divisor) / scale
    }
    return nil
  }

  private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// True for multiples of a tick of 250 or 100 per second, in which the system counts processor
  /// time.
  private static func isTick(_ step: Double) -> Bool {
    [4e6, 1e7].contains { step >= $0 && step.truncatingRemainder(dividingBy: $0) == 0 }
  }
}
