import Measurements
import Verdicts

/// One judgement in the words and numbers of a table.
struct Row {
  let kind: Verdict.Kind
  let benchmark: String
  let metric: String
  let old: String
  let new: String
  /// With the interval, where there is one.
  let change: String
  /// Corrected over the family.
  let p: String
  let verdict: String

  init(_ judgement: Judgement) {
    kind = judgement.verdict.kind
    benchmark = judgement.id.benchmark.description
    metric = judgement.id.metric
    verdict = judgement.verdict.words + Self.remark(judgement)
    p = judgement.pCorrected.map(probability) ?? "-"
    guard let comparison = judgement.comparison else {
      (old, new, change) = ("-", "-", "-")
      return
    }
    let medians = (comparison.old.median, comparison.new.median)
    let scale = Scale(judgement.metric.unit, for: [medians.0, medians.1])
    old = scale.text(medians.0)
    new = scale.text(medians.1)
    change = Self.change(comparison.effect, judgement.metric.unit)
  }

  private static func change(_ effect: Effect, _ unit: Unit) -> String {
    switch effect {
    case .ratio(let ratio, let interval):
      percent(ratio - 1)
        + (interval == nil ? "" : effect.interval.map { " " + percentRange($0) } ?? "")
    case .fromZero(let difference, _):
      difference == 0 ? "0" : "from 0 by \(Scale(unit, for: [difference]).text(difference))"
    }
  }

  private static func remark(_ judgement: Judgement) -> String {
    judgement.comparison?.evidence == .samples ? " (within one process)" : ""
  }
}

extension Report {
  /// The rows of some kinds, worst first.
  func rows(_ kinds: Set<Verdict.Kind>) -> [Row] {
    assessment.judgements.filter { kinds.contains($0.verdict.kind) }
      .sorted { $0.isMoreUrgent(than: $1) }.map(Row.init)
  }
}

extension Judgement {
  /// By kind, then by the size of the change in the worse direction.
  fileprivate func isMoreUrgent(than other: Judgement) -> Bool {
    let kinds = Verdict.Kind.allCases
    let (rank, otherRank) = (
      kinds.firstIndex(of: verdict.kind) ?? 0, kinds.firstIndex(of: other.verdict.kind) ?? 0
    )
    if rank != otherRank { return rank < otherRank }
    return (worsening, other.id) > (other.worsening, id)
  }

  /// How much worse, as a relative change; a metric that was zero is worst of all.
  private var worsening: Double {
    guard let effect = comparison?.effect else { return 0 }
    let change = effect.change ?? .infinity
    return metric.better == .lower ? change : -change
  }
}
