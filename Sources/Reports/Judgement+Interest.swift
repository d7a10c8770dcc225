import Verdicts

/// Where a judgement stands in a report for people.
extension Judgement {
  /// Open to everybody: what somebody may have to act on, and what to be glad of.
  var isUrgent: Bool {
    switch verdict.kind {
    case .regression, .incomparable, .improvement: true
    case .failed, .renamed, .collapsed, .inherited: response != .ignore
    case .missing, .notMeasured, .new, .inconclusive, .waived, .unchanged: response == .fail
    }
  }

  /// In no place of its own, but only among all rows.
  var isOrdinary: Bool { !isUrgent && (verdict.kind == .unchanged || response == .ignore) }

  /// Whether it fails a gate, as far as it says so itself.
  var fails: Bool {
    switch verdict.kind {
    case .regression: response ?? .fail == .fail
    case .incomparable: true
    default: response == .fail || redefinition?.response == .fail
    }
  }
}
