import Measurements
import Verdicts

/// Checks that a report does not contradict itself. If somebody changes the outcome, or leaves rows
/// out of the counts, a reviewer must not read it as the gate's result.
extension ReportObject {
  /// Returns the outcome; nil if nobody is judged.
  ///
  /// - Throws: An error if the status is not that of the outcome.
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

  /// Checks that there are as many rows of each kind as are counted.
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

  /// Checks that an outcome is that of the worst of these rows. Only an outcome that has nothing to
  /// compare need not be that of a row.
  func check(_ outcome: Outcome?, against rows: RowOutcomes) throws(JSONError) {
    guard let outcome else { return }
    let all = rows.all
    let worst = Outcome.byUrgency.first { all.contains($0) && $0.status != 0 }
    guard let problem = outcome.contradiction(worst) else { return }
    throw try error(at: OutcomeField.outcome.key, problem)
  }

  /// Checks that the outcome of the whole is the one that the parts give.
  func check(_ outcome: Outcome?, against parts: [SuiteReport]) throws(JSONError) {
    let all = parts.compactMap(\.outcome)
    let either = [all, all.filter { $0 != .incomparable }].map { all in
      Outcome.byUrgency.first(where: all.contains)
    }
    guard !either.contains(outcome) else { return }
    let key = OutcomeField.outcome.key
    throw try error(at: has(key) ? key : ReportField.suites.key, "not what its suites say")
  }

  /// Returns the error of a member.
  func error(at key: String, _ problem: String) throws(JSONError) -> JSONError {
    try member(key) { (reader) throws(JSONError) in reader.error(problem) }.inside(.key(key))
  }
}

extension Outcome {
  /// Returns the reason why the outcome cannot be that of rows of which this is the worst; nil if
  /// it can.
  fileprivate func contradiction(_ worst: Outcome?) -> String? {
    guard self != worst else { return nil }
    if let worst, rank > worst.rank {
      return "'\(rawValue)', and a row, budget or goal says '\(worst.rawValue)'"
    }
    // There may be nothing to compare with; and older versions do not say which rows are incomplete
    // or undecided.
    guard [.regression, .overBudget, .goalNotMet].contains(self) else { return nil }
    return "'\(rawValue)', and no row, budget or goal says so"
  }

  private var rank: Int { Self.byUrgency.firstIndex(of: self) ?? 0 }
}
