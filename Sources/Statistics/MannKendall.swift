/// The test of Mann and Kendall for a tendency of values to rise, or to fall, in the order in which
/// they were measured.
///
/// Mann, "Nonparametric Tests Against Trend", 1945; Kendall, "Rank Correlation Methods", 1948. The
/// test uses only the order of values, so neither outliers nor the distribution of the noise
/// mislead it, and a trend need not be a straight line. Neighbours must be independent of each
/// other if there is no drift. The test is exact, ties included, up to ``mostExactValues``; beyond
/// that it is a normal approximation with tie and continuity correction.
package struct MannKendall: Hashable, Sendable {
  /// The number of values up to which orders are counted. Counting takes a millisecond for this
  /// many, and there the normal curve gives 5 % more than p = .01; for 10 values it gives a third
  /// more.
  package static let mostExactValues = 50

  /// The number of pairs in which the later value is larger, minus the number in which it is
  /// smaller: 0 if nothing changes, positive if values rise.
  package let s: Int
  /// The probability of an S at least this far from 0, to either side, if every order of these
  /// values is equally likely; 1 if all values are equal.
  package let twoSided: Double
  /// True if the probability is counted, not approximated.
  package let isExact: Bool
}

extension MannKendall {
  /// Tests the values of a sample in the order of measuring.
  ///
  /// - Complexity: O(n log n), above ``mostExactValues``.
  package init(_ sample: Sample) {
    let ties = sample.tieSizes
    let untied = Self.pairs(sample.count) - ties.reduce(0) { $0 + Self.pairs($1) }
    let falling = Self.falling(sample.values)
    s = untied - 2 * falling
    isExact = sample.count <= Self.mostExactValues
    twoSided =
      isExact
      ? Self.counted(fewest: min(falling, untied - falling), ties)
      : Self.approximated(s, count: sample.count, ties)
  }

  /// Tests a sample by the normal approximation, whatever its size; for comparison with the exact
  /// test.
  package static func approximated(_ sample: Sample) -> MannKendall {
    let s = MannKendall(sample).s
    return MannKendall(
      s: s, twoSided: approximated(s, count: sample.count, sample.tieSizes), isExact: false)
  }

  private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  /// The number of pairs in which the later value is smaller, counted during a merge sort.
  private static func falling(_ values: [Double]) -> Int {
    var (runs, merged) = (values, values)
    var falling = 0
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = min(start + width, values.count)
        let end = min(start + 2 * width, values.count)
        falling += merge(runs[start..<middle], runs[middle..<end], into: &merged)
      }
      swap(&runs, &merged)
      width *= 2
    }
    return falling
  }

  /// Merges two sorted runs in ascending order.
  ///
  /// - Returns: The number of pairs in which the value of the later run is smaller.
  private static func merge(
    _ earlier: ArraySlice<Double>, _ later: ArraySlice<Double>, into merged: inout [Double]
  ) -> Int {
    var (earlier, later) = (earlier, later)
    var falling = 0
    for place in earlier.startIndex..<later.endIndex {
      if let value = earlier.first, value <= later.first ?? .infinity {
        merged[place] = value
        earlier.removeFirst()
      } else {
        merged[place] = later.removeFirst()
        falling += earlier.count
      }
    }
    return falling
  }
}

extension MannKendall {
  /// Twice the probability of at most `fewest` falling pairs, and at most 1.
  ///
  /// Values are inserted from the smallest to the largest. A group of t equal values falls among
  /// the m smaller ones in any way, and its falling pairs are those of Mann and Whitney's U for t
  /// and m, independent of all earlier groups. The number of all falling pairs is therefore a sum
  /// of independent U. It is symmetrical, so either tail may be requested.
  private static func counted(fewest: Int, _ ties: [Int]) -> Double {
    var chances = [1.0]
    var smaller = 0
    for size in ties {
      let u = UDistribution(old: smaller, new: size)
      var next = Array(repeating: 0.0, count: chances.count + u.pairs)
      for value in 0...u.pairs {
        let chance = u.atMost(value) - u.atMost(value - 1)
        for (before, other) in chances.enumerated() { next[before + value] += other * chance }
      }
      chances = next
      smaller += size
    }
    return min(1, 2 * chances[0...fewest].reduce(0, +))
  }

  /// Uses Kendall's variance of S under ties. S changes in steps of 2, so its tail begins 1 further
  /// in.
  private static func approximated(_ s: Int, count: Int, _ ties: [Int]) -> Double {
    func term(_ size: Int) -> Double {
      let t = Double(size)
      return t * (t - 1) * (2 * t + 5)
    }
    let variance = (term(count) - ties.reduce(0) { $0 + term($1) }) / 18
    guard variance > 0, s != 0 else { return 1 }
    let distance = Double(abs(s) - 1) / variance.squareRoot()
    return min(1, NormalCurve.outside(distance))
  }
}

extension Sample {
  /// The sizes of the groups of equal values, from the smallest value to the largest.
  fileprivate var tieSizes: [Int] {
    var sizes: [Int] = []
    var last: Double?
    for value in sorted {
      if value == last { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
      last = value
    }
    return sizes
  }
}
