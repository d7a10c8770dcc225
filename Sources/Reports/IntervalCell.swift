/// An interval in a table.
struct IntervalCell {
  /// Empty where there is none.
  let text: String
  /// 0.95 for 95 %.
  let confidence: Double
}

extension [IntervalCell] {
  /// What stands over a column of them: `95 % interval`, or `97.44–99.04 % interval` where they were
  /// judged at several looks.
  var title: String {
    let shown = filter { !$0.text.isEmpty }
    let confidences = (shown.isEmpty ? self : shown).map(\.confidence)
    guard let least = confidences.min(), let most = confidences.max() else { return "interval" }
    let range = least == most ? "" : threshold(least).replacing(" %", with: "–")
    return range + threshold(most) + " interval"
  }
}
