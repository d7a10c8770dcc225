package import Measurements

/// Sentences about regressions that may have another cause, and about recordings that do not agree.
extension Sentence {
  /// Returns the reason behind the verdict of a row whose baseline lies before the merge-base:
  /// `regression, perhaps not yours: …`.
  ///
  /// - Parameters:
  ///   - commits: The number of commits of the base that were never measured.
  ///   - baseline: The commit before them.
  ///   - last: The last of them.
  package static func perhapsNotYours(
    commits: Int, of base: String, after baseline: String, to last: String
  ) -> String {
    "perhaps not yours: \(count(commits, "commit")) of \(base.asName) after the baseline "
      + "(\(baseline.asName)..\(last.asName)) \(commits == 1 ? "was" : "were") never measured. "
      + "Decide it in pairs: perf-gate --measure"
  }

  /// Both sides were measured in turns that favour one.
  package static let sameSideFirst =
    "one side was launched first in every round, so that its place may be what differs: launch them as "
    + "ABBA, as perf-record --paired does"

  /// Returns the sentence about a regression that the marked merge-base already has.
  ///
  /// - Parameters:
  ///   - worse: The part by which the base is worse than before the mark: 0.3 for 30 % more.
  ///   - commit: The marked commit.
  ///   - adds: The change of the candidate against it.
  ///   - fails: True if `gate.inherited` refuses it all the same.
  package static func inherited(
    _ name: String, _ metric: Metric, worse: Double, on base: String, since commit: String,
    adds: Double?, interval: ClosedRange<Double>?, fails: Bool = false
  ) -> String {
    let own = [adds.map { percent($0) }, interval.map { percentRange($0) }].compactMap(\.self)
    let adds = own.isEmpty ? "nothing that is known" : own.joined(separator: " ")
    return "inherited: \(name.asName) is \(wholePercent(worse.magnitude, signed: false)) "
      + "\(metric.adjective(isMore: worse > 0)) on \(base.asName) since \(commit.asName) (marked). This change adds "
      + "\(adds) to it. "
      + (fails ? "Refused, as gate.inherited says." : "Not refused here; \(base.asName) is.")
  }

  /// Returns the sentence that the machine was busier for one side; nil if the sides do not differ.
  package static func differentConditions(
    base: PeakConditions, head: PeakConditions, cores: Int
  ) -> String? {
    let all = Condition.different(base: base, head: head, cores: cores).compactMap { condition in
      condition.value(in: base).flatMap { old in
        condition.value(in: head).map { "base at \(condition.rawValue) \(old), head at \($0)" }
      }
    }
    guard !all.isEmpty else { return nil }
    return "\(all.joined(separator: "; ")): what differs may be the machine's. "
      + "Both at once: perf-gate --measure"
  }

  /// One of several recordings of a commit.
  package struct Recording: Hashable, Sendable {
    let change: Double
    let time: String
    let load: Double?

    /// - Parameters:
    ///   - change: The change of the candidate by this recording alone, 0.25 for +25 %.
    ///   - time: The time of the day, `18:02`.
    ///   - load: The load of the machine, if it is known.
    package init(change: Double, time: String, load: Double? = nil) {
      self.change = change
      self.time = time
      self.load = load
    }

    fileprivate var words: String {
      let load = load.map { ", load \(fixed($0, 1))" } ?? ""
      return "\(wholePercent(change)) (\(time.asName)\(load))"
    }
  }

  /// Returns the sentence about recordings of one commit that do not agree.
  ///
  /// - Parameters:
  ///   - limit: The time that pairs would take, `3m`.
  ///   - run: The id of a run that may be wrong.
  package static func disagreement(
    _ recordings: [Recording], pairsTake limit: String, wrong run: String
  ) -> String {
    let all = recordings.count == 2 ? ("Both", "both") : ("All", "all")
    return "\(count(recordings.count, "recording")) of this commit disagree: "
      + "\(recordings.map(\.words).joined(separator: ", ")). \(all.0) count. "
      + "Pairs decide over \(all.1): perf-gate --measure --time-limit \(limit.asName). "
      + "A wrong one is taken away by: perf-sync remove \(run.asName) --reason <why>"
  }

  /// Returns the sentence about numbers of a series that do not decide, because others do.
  ///
  /// - Parameters:
  ///   - change: The change of the candidate by these numbers alone, 0.25 for +25 %.
  ///   - isPaired: True if pairs decide; else numbers of the base's own work do.
  package static func notCounted(
    _ name: String, _ metric: String, rounds: Int, change: Double, isPaired: Bool
  ) -> String {
    let (who, what) =
      isPaired ? ("pairs decide", "without a pair") : ("the base's work decides", "of other work")
    return "\(name.asName) \(metric.asName): \(who); \(count(rounds, "round")) \(what) "
      + "(\(wholePercent(change))) \(rounds == 1 ? "is" : "are") not counted"
  }

  /// Returns the sentence about a failure that a later recording answers.
  ///
  /// - Parameters:
  ///   - reason: The reason of the failure: `ended by signal 9`.
  ///   - launches: The number of launches of the later one, which all succeeded.
  package static func failureAnswered(
    _ name: String, at time: String, reason: String, launches: Int, later: String
  ) -> String {
    "\(name.asName) failed at \(time.asName) (\(reason.visible(limit: 200))), then \(launches) of "
      + "\(launches) launches succeeded at \(later.asName): judged by these"
  }

  /// Returns the sentence about a time limit that was too short.
  ///
  /// - Parameters:
  ///   - limit: The limit that there was, `5m`.
  ///   - least: The fewest rounds that are judged at all.
  ///   - deciding: The number of rounds that decide.
  ///   - enough: A limit that would be enough, `13m`.
  package static func tooShort(
    _ limit: String, rounds: Int, benchmarks: Int, least: Int, deciding: Int, enough: String
  ) -> String {
    "\(limit.asName) were enough for \(count(rounds, "round")) of "
      + "\(count(benchmarks, "benchmark")); \(least) are the least, \(deciding) decide: "
      + "--time-limit \(enough.asName), or a suite of less"
  }
}

/// Returns a change in per cent, as in `+25 %` and `+0.4 %`: whole per cents if there are some.
func wholePercent(_ change: Double, signed isSigned: Bool = true) -> String {
  let percent = change * 100
  let text = fixed(percent.magnitude, percent.magnitude < 1 ? 1 : 0)
  let sign = percent < 0 ? "-" : "+"
  return "\(isSigned ? sign : "")\(text) %"
}
