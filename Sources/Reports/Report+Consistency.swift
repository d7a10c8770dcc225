import Measurements
import Verdicts

/// A report that contradicts itself is none: whoever changes the outcome, or leaves rows out of the
/// counts, does not have a reviewer read it as the gate's word.
///
/// What depends on a policy that a report does not have is not worked out again: an outcome may be worse
/// than its rows, and never better.
extension ReportObject {
  /// - Parameter report: What was read of this object.
  func checkConsistency(of report: Report) throws(JSONError) {
    try checkStatus(report.outcome)
    try checkCounts(report.counts)
    guard let outcome = report.outcome else { return }
    try member("outcome") { (reader) throws(JSONError) in
      if let problem = report.contradiction(of: outcome) { throw reader.error(problem) }
    }
  }

  private func checkStatus(_ outcome: Outcome?) throws(JSONError) {
    guard has("status") || outcome != nil else { return }
    try member("status") { (reader) throws(JSONError) in
      let status = try reader.integer()
      guard let outcome else { throw reader.error("\(status), and there is no outcome") }
      guard status == Int64(outcome.status) else {
        throw reader.error("\(status), and the outcome '\(outcome.rawValue)' is \(outcome.status)")
      }
    }
  }

  private func checkCounts(_ rows: [Verdict.Kind: Int]) throws(JSONError) {
    try member("counts") { (reader) throws(JSONError) in
      let counts = try ReportObject(from: &reader)
      for kind in Verdict.Kind.allCases {
        let told = counts.has(kind.rawValue) ? try counts.count(kind.rawValue) : 0
        let there = rows[kind, default: 0]
        guard told == there else {
          throw reader.error("\(told) of '\(kind.rawValue)', and there are \(there) such rows")
        }
      }
    }
  }
}

extension Report {
  /// Why an outcome cannot be that of these rows and budgets; nil where it can.
  fileprivate func contradiction(of outcome: Outcome) -> String? {
    let outcomes = parts.flatMap(\.outcomes)
    let failing = Self.worstFirst.first(where: outcomes.contains)
    if let failing, Self.rank(outcome) > Self.rank(failing) {
      return "'\(outcome.rawValue)', and a row or budget says '\(failing.rawValue)'"
    }
    guard outcome == .regression || outcome == .overBudget, !outcomes.contains(outcome) else {
      return nil
    }
    return "'\(outcome.rawValue)', and no row or budget says so"
  }

  /// The outcomes that one row or budget brings about, whatever the others say.
  private static let worstFirst: [Outcome] = [.regression, .overBudget, .incomplete]

  private static func rank(_ outcome: Outcome) -> Int {
    worstFirst.firstIndex(of: outcome) ?? worstFirst.count
  }
}

extension SuiteReport {
  /// What its rows and budgets come to.
  fileprivate var outcomes: [Outcome] {
    let rows = assessment.judgements + (decision.anchored?.judgements ?? [])
    return rows.map { $0.outcome(under: policy) }
      + decision.budgets.map { $0.outcome(under: policy) }
  }
}
