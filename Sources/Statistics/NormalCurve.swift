#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The standard normal distribution.
enum NormalCurve {
  /// P(Z ≥ z), with full relative precision for large z.
  static func above(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// P(Z ≤ -z or Z ≥ z).
  static func outside(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) }

  /// The z for which P(Z ≥ z) is the given probability, in -40...40.
  static func exceeded(by probability: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if above(middle) > probability { low = middle } else { high = middle }
    }
    return high
  }

  static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}
