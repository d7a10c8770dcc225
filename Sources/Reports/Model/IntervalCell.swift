/// An interval in a table.
struct IntervalCell {
  /// Empty where there is none.
  let text: String
  /// 0.95 for 95 %.
  let confidence: Double
}

extension [IntervalCell] {
  /// What stands over a column of them: `95 % interval`. Looks at rounds that came in have each a
  /// confidence of its own, which is no round number; the explanation of a row has it.
  var title: String {
    let shown = filter { !$0.text.isEmpty }
    let confidences = Set((shown.isEmpty ? self : shown).map(\.confidence))
    guard confidences.count == 1, let only = confidences.first,
      (only * 100 - (only * 100).rounded()).magnitude < 1e-9
    else { return "interval" }
    return "\(threshold(only)) interval"
  }
}
