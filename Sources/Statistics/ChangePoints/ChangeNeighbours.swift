/// The neighbours of a possible change: at most a hundred values of each of its two levels.
struct ChangeNeighbours {
  let old: Range<Int>
  let new: Range<Int>

  /// - Parameters:
  ///   - start: The first place of the old level.
  ///   - end: The place after the new level.
  init(from start: Int, changingAt place: Int, to end: Int) {
    old = max(start, place - ChangePoints.mostNeighbours)..<place
    new = place..<min(end, place + ChangePoints.mostNeighbours)
  }

  /// Welch's t of the two levels: their distance in standard errors, at least 0.
  ///
  /// Welch, "The Generalization of ‘Student's’ Problem when Several Different Population Variances
  /// are Involved", 1947.
  ///
  /// - Parameter leastDeviation: The deviation of single values that is assumed at the least, above
  ///   0. Three values agree by chance, and values that depend on each other agree for a while.
  func t(_ values: [Double], leastDeviation: Double) -> Double {
    let least = leastDeviation * leastDeviation
    let (before, after) = (Moments(values[old]), Moments(values[new]))
    let error = before.squaredError(least: least) + after.squaredError(least: least)
    return (after.mean - before.mean).magnitude / error.squareRoot()
  }
}

/// The mean and the unbiased variance of at least two values.
private struct Moments {
  let mean: Double
  private let count: Double
  private let variance: Double

  init(_ values: ArraySlice<Double>) {
    count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  }

  /// The squared standard error of the mean, for a variance of at least the given one.
  func squaredError(least: Double) -> Double { max(variance, least) / count }
}
