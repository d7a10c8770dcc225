#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension BisectionEvidence {
  /// Computes the likelihood from outcomes: launches before the culprit solve with one rate, the
  /// others with another one.
  ///
  /// Both rates are integrated out, with Jeffreys' prior Beta(½, ½). On each side s of n launches
  /// solved, and
  ///
  ///     log L(k) = Σ over both sides of ln B(s + ½, n − s + ½)
  ///
  /// - Parameter launches: The launches of both ends at least, in any order. A value above 0 is
  ///   solved.
  package init(outcomes launches: [BisectionLaunch]) {
    let positions = launches.positions
    let at = Dictionary(grouping: launches, by: \.position).mapValues(Rate.init)
    let counts = positions.map { at[$0, default: Rate()] }
    let all = counts.reduce(Rate(), +)
    var old = Rate()
    var intervals: [Interval] = []
    for (end, before) in zip(positions.dropFirst(), counts) {
      old = old + before
      intervals.append(
        Interval(end: end, logLikelihood: old.logLikelihood + (all - old).logLikelihood))
    }
    self.init(
      launches, intervals: intervals,
      separation: counts[0].separation(from: counts[counts.count - 1]))
  }
}

/// The launches of some positions, and how many of them solved.
private struct Rate {
  var solved = 0.0
  var count = 0.0

  init() {}

  init(_ launches: [BisectionLaunch]) {
    solved = Double(launches.count { $0.value > 0 })
    count = Double(launches.count)
  }

  static func + (a: Rate, b: Rate) -> Rate {
    var sum = a
    sum.solved += b.solved
    sum.count += b.count
    return sum
  }

  static func - (a: Rate, b: Rate) -> Rate {
    var difference = a
    difference.solved -= b.solved
    difference.count -= b.count
    return difference
  }

  /// ln B(s + ½, n − s + ½).
  var logLikelihood: Double {
    lgamma(solved + 0.5) + lgamma(count - solved + 0.5) - lgamma(count + 1)
  }

  /// The mean of the rate's distribution with Jeffreys' prior, never 0 nor 1.
  private var mean: Double { (solved + 0.5) / (count + 1) }

  /// The difference of two rates, divided by the standard deviation of one launch.
  func separation(from other: Rate) -> Double {
    let middle = (mean + other.mean) / 2
    return (mean - other.mean).magnitude / (middle * (1 - middle)).squareRoot()
  }
}
