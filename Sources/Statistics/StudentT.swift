#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Student's t distribution.
package enum StudentT {
  /// P(T ≤ -t or T ≥ t).
  ///
  /// - Parameter degrees: The degrees of freedom, above 0, not necessarily whole.
  /// - Returns: 1 for t = 0, 0 for an infinite t.
  package static func outside(_ t: Double, degrees: Double) -> Double {
    guard t.isFinite else { return 0 }
    guard t != 0 else { return 1 }
    return regularizedBeta(degrees / 2, 0.5, at: degrees / (degrees + t * t))
  }

  /// The t for which ``outside(_:degrees:)`` is the given probability, up to 1e6.
  package static func exceeded(by probability: Double, degrees: Double) -> Double {
    var (low, high) = (0.0, 1e6)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if outside(middle, degrees: degrees) > probability { low = middle } else { high = middle }
    }
    return high
  }

  /// I_x(a, b), by the continued fraction of DLMF 8.17.22, which converges fast on the side of the
  /// mean where it is used.
  private static func regularizedBeta(_ a: Double, _ b: Double, at x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front = exp(
      lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b
  }

  /// The continued fraction by Lentz's method, modified so that no divisor is zero.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    func apart(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
    var d = 1 / apart(1 - (a + b) * x / (a + 1))
    var c = 1.0
    var value = d
    for step in 1...300 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      for coefficient in [even, odd] {
        d = 1 / apart(1 + coefficient * d)
        c = apart(1 + coefficient / c)
        value *= c * d
      }
      if (c * d - 1).magnitude < 1e-15 { break }
    }
    return value
  }
}
