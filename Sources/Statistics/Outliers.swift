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
    let distances = values.map { ($0 - median).magnitude }
    let middle = distances.median ?? 0
    let mean = distances.reduce(0) { $0 + $1 / Double(count) }
    let deviation = middle > 0 ? middle / 0.6745 : mean * 1.2533
    return values.map { deviation > 0 ? ($0 - median) / deviation : 0 }
  }
}
