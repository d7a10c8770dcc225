/// The relative change that counts, as a number: 0.1 for ±10 %.
package enum Threshold {
  /// Returns the part of itself by which a value must fall to be as far away as one that rose by
  /// the threshold.
  ///
  /// Below 100 % that is the threshold itself: ±10 % is a ratio above 1.1 or below 0.9. No value
  /// above zero falls by 100 % of itself or more, so a rate could fall to nothing without notice.
  /// From there on a fall is measured as the rise back: below 1 / (1 + t), half for 100 %, a
  /// quarter for 300 %.
  static func fall(_ threshold: Double) -> Double {
    threshold < 1 ? threshold : threshold / (1 + threshold)
  }

  /// True if a threshold lets a change pass in either direction that another does not.
  ///
  /// A larger threshold does. A threshold just below 100 % may do so too if it takes the place of
  /// one above: a fall to a twentieth is beyond 100 %, and within 99 %.
  package static func isLooser(_ new: Double, than old: Double) -> Bool {
    new > old || fall(new) > fall(old)
  }
}
