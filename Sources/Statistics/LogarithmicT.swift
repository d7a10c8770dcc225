#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The t test on logarithms, for samples so small that no order of their values is rare.
package enum LogarithmicT {
  /// The two-sided p of Student's test. For unequal sizes it is the larger of Student's and
  /// Welch's, because the smaller sample may have the larger spread.
  ///
  /// - Returns: nil if a value has no logarithm or a side has only one value. Without any spread,
  ///   0, or 1 if the sides are equal.
  package static func twoSided(old: Sample, new: Sample) -> Double? {
    guard old.minimum > 0, new.minimum > 0, old.count > 1, new.count > 1 else { return nil }
    let (a, b) = (Moments(old), Moments(new))
    let difference = (b.mean - a.mean).magnitude
    guard a.squares + b.squares > 0 else { return difference > 0 ? 0 : 1 }
    let student = student(a, b, difference)
    return old.count == new.count ? student : max(student, welch(a, b, difference))
  }

  private struct Moments {
    let count: Double
    let mean: Double
    /// The sum of squared deviations from the mean.
    let squares: Double

    init(_ sample: Sample) {
      let values = sample.sorted.map { log($0) }
      let mean = values.reduce(0, +) / Double(values.count)
      (count, self.mean) = (Double(values.count), mean)
      squares =
        sample.minimum == sample.maximum
        ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// The square of the mean's standard error.
    var error: Double { squares / (count - 1) / count }
  }

  private static func student(_ a: Moments, _ b: Moments, _ difference: Double) -> Double {
    let degrees = a.count + b.count - 2
    let variance = (a.squares + b.squares) / degrees
    let error = (variance * (1 / a.count + 1 / b.count)).squareRoot()
    return StudentT.outside(difference / error, degrees: degrees)
  }

  /// The two-sided p of Welch's test, with the degrees of freedom of Welch and Satterthwaite.
  private static func welch(_ a: Moments, _ b: Moments, _ difference: Double) -> Double {
    let error = a.error + b.error
    let degrees =
      error * error
      / (a.error * a.error / (a.count - 1) + b.error * b.error / (b.count - 1))
    return StudentT.outside(difference / error.squareRoot(), degrees: degrees)
  }
}
