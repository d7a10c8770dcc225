import Measurements

/// The order in which a reader should see rows; the lesser is seen first.
///
/// Rows that fail the gate come before those that do not, and regressions before all. Then the kind
/// of the verdict decides, then the size of the change in the worse direction.
package struct Urgency: Comparable, Sendable {
  private let rank: Int
  private let worsening: Double

  package init(_ seriesResult: SeriesResult, _ outcome: RowOutcome) {
    let kinds = Verdict.Kind.allCases
    let kind = kinds.firstIndex(of: seriesResult.verdict.kind) ?? 0
    rank = outcome.fails ? kind : kinds.count + kind
    worsening = seriesResult.worsening
  }

  package static func < (a: Urgency, b: Urgency) -> Bool {
    a.rank == b.rank ? a.worsening > b.worsening : a.rank < b.rank
  }
}

extension SeriesResult {
  /// The change for the worse, as a relative change; a metric that was zero is worst of all.
  fileprivate var worsening: Double {
    guard let effect = comparison?.effect else { return 0 }
    let change = effect.change ?? .infinity
    return metric.better == .lower ? change : -change
  }
}
