import Measurements
import Verdicts

/// A report that contradicts itself is none: whoever changes the outcome, or leaves rows out of the
/// counts, does not have a reviewer read it as the gate's word.
extension ReportObject {
  /// nil where nobody is judged.
  ///
  /// - Throws: Where the status is not that of the outcome.
  func outcome() throws(JSONError) -> Outcome? {
    let outcome = try OutcomeField.outcome.read(self)
    let status = OutcomeField.status.key
    guard has(status) || outcome != nil else { return nil }
    try member(status) { (reader) throws(JSONError) in
      let status = try reader.integer()
      guard let outcome else { throw reader.error("\(status), and there is no outcome") }
      guard status == Int64(outcome.status) else {
        throw reader.error("\(status), and the outcome '\(outcome.rawValue)' is \(outcome.status)")
      }
    }
    return outcome
  }

  /// That there are as many rows of each kind as are counted.
  func checkCounts(_ rows: [Verdict.Kind]) throws(JSONError) {
    let counts = rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    try member(FamilyField.counts.key) { (reader) throws(JSONError) in
      let object = try ReportObject(from: &reader)
      for kind in Verdict.Kind.allCases {
        let told = try object.present(kind.rawValue, JSONCodec.count.read) ?? 0
        let number = counts[kind] ?? 0
        guard told == number else {
          throw reader.error("\(told) of '\(kind.rawValue)', and there are \(number) such rows")
        }
      }
    }
  }

  /// That an outcome is that of the worst of these rows; only what can be compared with nothing says so
  /// of no row.
  func check(_ outcome: Outcome?, against rows: RowOutcomes) throws(JSONError) {
    guard let outcome else { return }
    let all = Set((rows.series + rows.anchored + rows.budgets).map(\.outcome))
    let worst = Outcome.byUrgency.first { all.contains($0) && $0.status != 0 }
    guard let problem = outcome.contradiction(worst) else { return }
    throw try error(at: OutcomeField.outcome.key, problem)
  }

  /// That what is said of the whole is what the parts say.
  func check(_ outcome: Outcome?, against parts: [SuiteReport]) throws(JSONError) {
    let all = parts.compactMap(\.outcome)
    let either = [all, all.filter { $0 != .incomparable }].map { all in
      Outcome.byUrgency.first(where: all.contains)
    }
    guard !either.contains(outcome) else { return }
    let key = OutcomeField.outcome.key
    throw try error(at: has(key) ? key : ReportField.suites.key, "not what its suites say")
  }

  /// What is wrong with a member.
  func error(at key: String, _ problem: String) throws(JSONError) -> JSONError {
    try member(key) { (reader) throws(JSONError) in reader.error(problem) }.inside(.key(key))
  }
}

extension Outcome {
  /// Why it cannot be that of rows of which this is the worst; nil where it can.
  fileprivate func contradiction(_ worst: Outcome?) -> String? {
    guard self != worst else { return nil }
    if let worst, rank > worst.rank {
      return "'\(rawValue)', and a row or budget says '\(worst.rawValue)'"
    }
    // Nothing may be there that could be compared with; and of what is incomplete or undecided older
    // versions do not say which rows.
    guard self == .regression || self == .overBudget else { return nil }
    return "'\(rawValue)', and no row or budget says so"
  }

  private var rank: Int { Self.byUrgency.firstIndex(of: self) ?? 0 }
}
