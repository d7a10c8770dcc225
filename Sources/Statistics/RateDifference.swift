/// The difference between the rates at which two sides solve tasks, new − old, with its interval.
///
/// The rate of a side is the mean over the tasks, so a task counts once, however often it was
/// attempted. The interval is Newcombe's, made of Wilson's intervals of the two rates ("Interval
/// estimation for the difference between independent proportions", and "Improved confidence intervals
/// for the difference between binomial proportions based on paired data", both 1998):
///
/// - With one attempt a side and task it is his paired one, method 10.
/// - With several it is the unpaired one, method 10 of the former paper, with *effective* attempts: so
///   many as would have the variance that the tasks have within themselves. A task that is always
///   solved, or never, adds nothing to that.
package struct RateDifference: Hashable, Sendable {
  package let old: Side
  package let new: Side
  /// In −1...1; an end of the interval is never beyond.
  package let interval: ClosedRange<Double>
  /// The variance of the estimate.
  private let variance: Double

  /// One side, over all tasks.
  package struct Side: Hashable, Sendable {
    /// The mean over the tasks, in 0...1.
    package let rate: Double
    /// The attempts at all tasks.
    package let attempts: Int
    /// The number of independent attempts that would have the variance of the rate.
    package let effective: Double
    /// The variance of the rate, p(1 − p) / effective, with p away from 0 and 1.
    fileprivate let variance: Double
  }

  /// The new rate less the old one, in −1...1.
  package var estimate: Double { new.rate - old.rate }

  /// - Returns: nil if there are no tasks.
  package init?(_ tasks: [TaskAttempts], confidence: Double = UsualLevel.confidence) {
    guard !tasks.isEmpty else { return nil }
    (old, new) = (Side(tasks.map(\.old)), Side(tasks.map(\.new)))
    let pairs = Pairs(tasks)
    let (below, above) = (old.reach(confidence), new.reach(confidence))
    let correlation = pairs?.correlation ?? 0
    func distance(_ a: Double, _ b: Double) -> Double {
      max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
    }
    let estimate = new.rate - old.rate
    interval =
      max(
        -1, estimate - distance(above.down, below.up))...min(
        1, estimate + distance(above.up, below.down))
    variance = pairs?.variance ?? old.variance + new.variance
  }
}

extension RateDifference {
  /// The squared sum of the quantiles of a two-sided level of 5 % and a power of 80 %; for two sides
  /// of equal variance that is the factor 15.7 of the variance of one.
  private static let spread = 7.849

  /// The smaller number of attempts of the two sides.
  private var attempts: Int { min(old.attempts, new.attempts) }

  /// Returns the number of attempts a side that would exclude a drop of the given size four times out
  /// of five, if nothing changed.
  ///
  /// - Parameter margin: Above 0: 0.1 for ten points.
  /// - Returns: nil if it is more than a million.
  package func attemptsNeeded(margin: Double) -> Int? {
    let need = (Self.spread * variance * Double(attempts) / (margin * margin)).rounded(.up)
    return need <= 1e6 ? max(Int(need), attempts + 1) : nil
  }

  /// The smallest drop that these attempts would exclude four times out of five, if nothing changed.
  package var excludableMargin: Double { min(1, (Self.spread * variance).squareRoot()) }
}

extension RateDifference.Side {
  fileprivate init(_ tasks: [TaskAttempts.Side]) {
    let count = Double(tasks.count)
    let attempts = tasks.reduce(0) { $0 + $1.attempts }
    let all = Double(attempts)
    rate = tasks.reduce(0) { $0 + $1.rate } / count
    self.attempts = attempts
    // A rate of 0 or 1 is known no better than half an attempt allows.
    let inner = min(max(rate, 0.5 / all), 1 - 0.5 / all)
    let independent = inner * (1 - inner) / all
    variance = min(
      max(Self.variance(tasks).map { $0 / (count * count) } ?? independent, 3 / (all * all)),
      independent)
    effective = inner * (1 - inner) / variance
  }

  /// The sum over the tasks of the variance of a task's rate, s² / a with
  /// s² = r(1 − r)·a / (a − 1). A task of one attempt has the mean s² of the others; nil if no task
  /// has two.
  private static func variance(_ tasks: [TaskAttempts.Side]) -> Double? {
    let known = tasks.filter { $0.attempts > 1 }.map(\.spread)
    guard !known.isEmpty else { return nil }
    let mean = known.reduce(0, +) / Double(known.count)
    return tasks.reduce(0) { $0 + ($1.attempts > 1 ? $1.spread : mean) / Double($1.attempts) }
  }

  /// Returns Wilson's interval of the rate, by the effective attempts.
  package func interval(confidence: Double = UsualLevel.confidence) -> ClosedRange<Double> {
    WilsonInterval.of(rate: rate, in: effective, confidence: confidence)
  }

  /// The distances from the rate to the ends of its interval.
  fileprivate func reach(_ confidence: Double) -> (down: Double, up: Double) {
    let interval = interval(confidence: confidence)
    return (rate - interval.lowerBound, interval.upperBound - rate)
  }
}

extension TaskAttempts.Side {
  /// The variance of one attempt, r(1 − r)·a / (a − 1).
  fileprivate var spread: Double {
    rate * (1 - rate) * Double(attempts) / Double(attempts - 1)
  }
}

/// Tasks that each side attempted once, as a table of four fields.
private struct Pairs {
  private var both = 0.0
  private var oldOnly = 0.0
  private var newOnly = 0.0
  private var neither = 0.0

  /// - Returns: nil if a side attempted a task more than once.
  init?(_ tasks: [TaskAttempts]) {
    for task in tasks {
      guard task.old.attempts == 1, task.new.attempts == 1 else { return nil }
      switch (task.old.solved == 1, task.new.solved == 1) {
      case (true, true): both += 1
      case (true, false): oldOnly += 1
      case (false, true): newOnly += 1
      case (false, false): neither += 1
      }
    }
  }

  private var count: Double { both + oldOnly + newOnly + neither }

  /// Newcombe's φ: half the number of tasks is taken off a positive ad − bc, down to 0, and φ is 0 if
  /// all or none are on one side of a margin.
  var correlation: Double {
    let margins =
      (both + oldOnly) * (newOnly + neither) * (both + newOnly) * (oldOnly + neither)
    guard margins > 0 else { return 0 }
    let excess = both * neither - oldOnly * newOnly
    return (excess > 0 ? max(0, excess - count / 2) : excess) / margins.squareRoot()
  }

  /// The variance of the difference, ((b + c) − (b − c)² / n) / n². Few discordant tasks are known no
  /// better than three are.
  var variance: Double {
    let discordant = oldOnly + newOnly
    let difference = newOnly - oldOnly
    return max(3, discordant - difference * difference / count) / (count * count)
  }
}
