/// Which values are too far from the others to be chance.
///
/// Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993: the distance from the median in
/// deviations that outliers cannot inflate, since up to half of the values may be outliers before
/// the median deviation notices.
package enum Outliers {
  /// The modified z-score beyond which the authors call a value an outlier, from their simulations
  /// of normal samples of 10 to 40 values.
  ///
  /// Of ten normal values one is beyond it in 13 of 100 samples, of five in 20: whoever says so aloud
  /// should ask for a distance that matters, too.
  package static let limit = 3.5
}

extension Sample {
  /// How far each value is from the median, 0.6745 · (value - median) / MAD, in their order.
  ///
  /// MAD is the median of the distances from the median; for normal values 0.6745 of it are a
  /// standard deviation, so that the score reads like a z-score. Where it is 0, because more than
  /// half of the values are equal, the mean distance takes its place, with √(π/2) = 1.2533 for the
  /// same reason (as in IBM SPSS): a single value of ten that differs is an outlier then, three are
  /// not. Where all are equal, all scores are 0.
  package var modifiedZScores: [Double] {
    let distances = values.map { ($0 - median).magnitude }
    let middle = distances.median ?? 0
    let mean = distances.reduce(0) { $0 + $1 / Double(count) }
    let deviation = middle > 0 ? middle / 0.6745 : mean * 1.2533
    return values.map { deviation > 0 ? ($0 - median) / deviation : 0 }
  }
}
