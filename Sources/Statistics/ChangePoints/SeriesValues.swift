#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The values of a series on the scale on which levels are compared.
///
/// Values that are not finite are gaps: they are left out.
struct SeriesValues {
  /// The finite values.
  let measured: [Double]
  /// The index of each of them in the series.
  let indices: [Int]
  /// The logarithms, if all values are positive; otherwise the values themselves. Both are relative
  /// to a power of two near the median magnitude: a series in another unit that is a power of two
  /// apart has exactly the same ones, and none is too large to be squared.
  let scaled: [Double]
  /// A ratio if ``scaled`` are logarithms.
  let comparison: PairwiseComparison
  /// The power of two that a scaled value of 1 has, if they are differences.
  private let exponent: Int

  /// - Returns: nil if no value is finite.
  init?(_ series: [Double]) {
    indices = series.indices.filter { series[$0].isFinite }
    measured = indices.map { series[$0] }
    guard let smallest = measured.min() else { return nil }
    // One of the values: the mean of two of the smallest numbers is 0, which has no exponent.
    let sizes = measured.map(\.magnitude).filter { $0 > 0 }.ascending()
    exponent = sizes.isEmpty ? 0 : Int(sizes[sizes.count / 2].exponent)
    if smallest > 0 {
      comparison = .ratio
      scaled = measured.map { [exponent] in
        log($0.significand) + Double(Int($0.exponent) - exponent) * Self.logarithmOfTwo
      }
    } else {
      comparison = .difference
      scaled = measured.map { [exponent] in
        min(max(scalbn($0, -exponent), -Self.most), Self.most)
      }
    }
  }

  /// The deviation that a scaled one stands for: a part of the level for logarithms.
  func unscaled(_ deviation: Double) -> Double {
    switch comparison {
    case .ratio: deviation
    case .difference: scalbn(deviation, exponent)
    }
  }

  private static let logarithmOfTwo = log(2.0)
  /// The largest scaled value: its square and the sum of many such squares are finite.
  private static let most = 1e100
}
