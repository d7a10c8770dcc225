/// Whether imported numbers are those of another commit: a file that no tool has written anew.
package enum StaleImport {
  /// The run of another content that has the same times, each in the same order.
  ///
  /// Only times speak, of five or more distinct values; not those that are whole numbers of a clock's
  /// ticks, nor of a unit of which the largest has fewer than 1,000: such repeat by chance, as memory,
  /// counts and outcomes do. Where no series speaks, nothing can be said.
  ///
  /// - Parameters:
  ///   - run: Imported; of any other nothing is said.
  ///   - others: Of which those of another commit and another tree count.
  package static func source(of run: Run, among others: [Run]) -> Run? {
    guard run.imported != nil else { return nil }
    return others.first { other in
      guard other.commit != nil, other.commit != run.commit, other.tree != run.tree else {
        return false
      }
      let known = Dictionary(other.series.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
      // Whether two numbers are the same is asked first: it costs less than whether they speak.
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
  /// Whether two launches hardly give the same of it.
  fileprivate var speaks: Bool {
    guard metric.unit == .nanoseconds else { return false }
    let values = Set(rounds.flatMap(\.samples))
    guard values.count >= 5, let largest = values.max(), largest > 0 else { return false }
    guard let step = Self.step(of: values) else { return true }
    return largest / step >= 1000 && !Self.isTick(step)
  }

  /// What all values are whole numbers of, in nanoseconds; nil where that is less than a millionth.
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

  /// Those of 250 and 100 a second, in which the system counts processor time.
  private static func isTick(_ step: Double) -> Bool {
    [4e6, 1e7].contains { step >= $0 && step.truncatingRemainder(dividingBy: $0) == 0 }
  }
}
