/// The ratio new / old of two sums over tasks, or of two quotients of sums such as the cost per solved
/// attempt, with an interval by bootstrap over the tasks.
///
/// The tasks are drawn again with replacement, both sides of a task together, and the interval is
/// made of the percentiles of the ratios (Efron, "Bootstrap methods", 1979). The seed is fixed, so the
/// same numbers have the same interval.
package struct RatioOfSums: Hashable, Sendable {
  /// The value of each side: a sum, or a quotient of sums; nil for a quotient whose divisor is 0.
  package let old: Double?
  package let new: Double?
  /// The interval of the ratio; nil for too few tasks, or if an end is not a finite number: some of
  /// the drawn tasks have a divisor of 0.
  package let interval: ClosedRange<Double>?

  /// What one task adds to the sums of a side.
  package struct Part: Hashable, Sendable {
    package let amount: Double
    /// What the sum of the amounts is divided by, such as the solved attempts.
    package let divisor: Double

    /// - Parameter divisor: nil for sums that are not divided.
    package init(_ amount: Double, per divisor: Double? = nil) {
      self.amount = amount
      self.divisor = divisor ?? .nan
    }
  }

  /// The fewest tasks that have an interval: with four, all draws of three of 256 are of one task.
  package static let fewestTasks = 5

  private static let draws = 2000

  /// - Parameters:
  ///   - old: The parts of the tasks.
  ///   - new: The parts of the same tasks in the same order; with divisors if the old ones have them.
  ///   - confidence: In 0..<1.
  /// - Complexity: O(n), 2,000 draws of n tasks.
  package init(
    old: [Part], new: [Part], confidence: Double = UsualLevel.confidence, seed: UInt64 = 1
  ) {
    self.old = Sums(old).value
    self.new = Sums(new).value
    interval =
      old.count < Self.fewestTasks
      ? nil : Self.interval(Array(zip(old, new)), confidence, SeededGenerator(seed: seed))
  }

  /// The ratio; nil if there is none.
  package var estimate: Double? {
    guard let old, let new, old > 0 else { return nil }
    return (new / old).isFinite ? new / old : nil
  }

  private static func interval(
    _ tasks: [(old: Part, new: Part)], _ confidence: Double, _ generator: SeededGenerator
  ) -> ClosedRange<Double>? {
    var generator = generator
    var ratios: [Double] = []
    ratios.reserveCapacity(draws)
    for _ in 0..<draws {
      var (old, new) = (Sums(), Sums())
      for _ in tasks.indices {
        let task = tasks[generator.index(below: tasks.count)]
        old.add(task.old)
        new.add(task.new)
      }
      // A draw in which the old side has nothing says nothing.
      guard let base = old.value, base > 0 else { continue }
      ratios.append(new.value.map { $0 / base } ?? .infinity)
    }
    ratios.sort()
    let tail = (1 - confidence) / 2 * Double(ratios.count)
    let (first, last) = (Int(tail.rounded(.down)), ratios.count - 1 - Int(tail.rounded(.down)))
    guard ratios.count > draws / 2, first <= last, ratios[last].isFinite else { return nil }
    return ratios[first]...ratios[last]
  }
}

/// The sums of a side.
private struct Sums {
  private var amount = 0.0
  private var divisor = 0.0

  init() {}

  init(_ parts: [RatioOfSums.Part]) { for part in parts { add(part) } }

  mutating func add(_ part: RatioOfSums.Part) {
    amount += part.amount
    divisor += part.divisor
  }

  var value: Double? {
    if divisor.isNaN { return amount }
    return divisor > 0 ? amount / divisor : nil
  }
}

extension SeededGenerator {
  /// Returns a whole number below a count, by the upper bits of a product (Lemire, 2019): what it
  /// lacks in evenness is below 2⁻⁵⁰ for every count of tasks.
  fileprivate mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
