/// An interval as a cell of a table.
struct IntervalCell {
  /// The interval; empty if there is none.
  let text: String
  /// The confidence, 0.95 for 95 %.
  let confidence: Double
}

extension [IntervalCell] {
  /// The heading of a column of intervals: `95 % interval`. Looks at rounds that are still coming
  /// in each have a confidence of their own, which is no round number; the explanation of a row has
  /// it.
  var title: String {
    let shown = filter { !$0.text.isEmpty }
    let confidences = Set((shown.isEmpty ? self : shown).map(\.confidence))
    guard confidences.count == 1, let only = confidences.first,
      (only * 100 - (only * 100).rounded()).magnitude < 1e-9
    else { return "interval" }
    return "\(threshold(only)) interval"
  }
}
