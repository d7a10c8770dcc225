#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The negative log-likelihood of numbers of solved attempts, if all have one rate.
///
/// The level is θ = ln(p / (1 − p)) for a rate p: then the cost of s of a attempts is
/// a·ln(1 + exp θ) − s·θ, which is convex. The binomial coefficients are left out: they are the same
/// for every division of a series.
struct BinomialDeviance: SegmentCost {
  private var solved = 0.0
  private var failed = 0.0
  private let offset: Double

  /// All rates that matter: those of 0 and 1 are at infinity, but for a billion attempts they are not
  /// told from the ends of this interval.
  static let levels = LevelInterval(-30, 30)

  init(offset: Double) { self.offset = offset }

  mutating func add(_ datum: TaskAttempts.Side) {
    solved += Double(datum.solved)
    failed += Double(datum.attempts - datum.solved)
  }

  var least: Double {
    func term(_ part: Double) -> Double { part > 0 ? -part * log(part / (solved + failed)) : 0 }
    return offset + term(solved) + term(failed)
  }

  func part(of levels: LevelInterval, below shorter: BinomialDeviance) -> LevelInterval? {
    let difference = Difference(
      solved: solved - shorter.solved, failed: failed - shorter.failed,
      offset: offset - shorter.offset)
    let (low, high) = (difference(levels.low), difference(levels.high))
    if low <= 0, high <= 0 { return levels }
    let lowest = min(max(difference.lowest, levels.low), levels.high)
    guard difference(lowest) < 0 else { return nil }
    return LevelInterval(
      low <= 0 ? levels.low : difference.root(from: levels.low, towards: lowest),
      high <= 0 ? levels.high : difference.root(from: levels.high, towards: lowest))
  }
}

/// The cost of the data by which a stretch is longer than another one, as a function of the level.
private struct Difference {
  let solved: Double
  let failed: Double
  let offset: Double

  func callAsFunction(_ level: Double) -> Double {
    let softplus = max(level, 0) + log1p(exp(-level.magnitude))
    return offset - solved * level + (solved + failed) * softplus
  }

  private func slope(_ level: Double) -> Double {
    (solved + failed) / (1 + exp(-level)) - solved
  }

  /// The level where it is least; infinite if there are only solved or only failed attempts.
  var lowest: Double { log(solved / failed) }

  /// Where it is 0, between a level where it is above 0 and one where it is below.
  ///
  /// Newton's method comes from the side where a convex function is above 0, so it approaches the
  /// root from there and never passes it.
  func root(from start: Double, towards end: Double) -> Double {
    var level = start
    for _ in 0..<50 {
      let step = self(level) / slope(level)
      level -= step
      guard step.magnitude > 1e-12 * max(1, level.magnitude) else { break }
    }
    return start < end ? min(level, end) : max(level, end)
  }
}
