/// The detection of values that are too far from the others to be chance.
///
/// Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993. The measure is the distance
/// from the median in deviations that outliers cannot inflate: up to half of the values may be
/// outliers before they affect the median deviation.
package enum Outliers {
  /// The modified z-score beyond which the authors call a value an outlier, from their simulations
  /// of normal samples of 10 to 40 values.
  ///
  /// Among ten normal values, one is beyond it in 13 of 100 samples; among five, in 20. A report of
  /// outliers should therefore also require a distance that matters.
  package static let limit = 3.5
}

extension Sample {
  /// The distance of each value from the median, 0.6745 · (value - median) / MAD, in the order of
  /// the values.
  ///
  /// MAD is the median of the distances from the median. For normal values MAD is 0.6745 standard
  /// deviations, so the score can be read like a z-score. If MAD is 0, because more than half of
  /// the values are equal, the mean distance replaces it, with √(π/2) = 1.2533 for the same reason
  /// (as in IBM SPSS): one different value of ten is an outlier then, three are not. If all values
  /// are equal, all scores are 0.
  package var modifiedZScores: [Double] {
    let median = median
    let middle = medianDistance(from: median)
    let mean = middle > 0 ? 0 : values.reduce(0) { $0 + ($1 - median).magnitude / Double(count) }
    let deviation = middle > 0 ? middle / 0.6745 : mean * 1.2533
    return values.map { deviation > 0 ? ($0 - median) / deviation : 0 }
  }
}

extension Sample {
  /// The median of the distances from a value.
  ///
  /// Below the value the distances descend in the sorted values, above it they ascend: the two are
  /// merged up to the middle, instead of sorted.
  private func medianDistance(from center: Double) -> Double {
    var above = sorted.partitioningIndex { $0 >= center }
    var below = above - 1
    func next() -> Double {
      let low = below >= 0 ? center - sorted[below] : .infinity
      let high = above < count ? sorted[above] - center : .infinity
      if low < high {
        below -= 1
        return low
      }
      above += 1
      return high
    }
    var (last, distance) = (0.0, 0.0)
    for _ in 0...count / 2 { (last, distance) = (distance, next()) }
    return count.isMultiple(of: 2) ? last / 2 + distance / 2 : distance
  }
}

extension [Double] {
  /// The index of the first element of a sorted array for which a condition holds; the count if it
  /// holds for none.
  fileprivate func partitioningIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
