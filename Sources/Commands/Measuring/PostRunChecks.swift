import CommandLine
import Formats
import Measurements
import Reports
import Verdicts

/// What the rounds of a recording tell of how they were measured, for the person who waited.
struct PostRunChecks<Settings: CommonSettings> {
  let call: CommandContext<Settings>

  /// Says it on standard error: hints on how to measure, and warnings where the machine was moody.
  ///
  /// Of each kind the worst few are told.
  ///
  /// - Parameter side: Whose rounds they are, where there are two.
  func tell(of reading: ParsedResults, on side: Side? = nil) {
    let observations = reading.measured.observations(areLaunches: reading.isTimed)
    for kind in MeasurementIssue.Kind.allCases {
      let alike = observations.filter { $0.issue.kind == kind }
        .sorted { $0.issue.weight > $1.issue.weight }
      guard kind.isWarning || call.settings.common.verbosity != .quiet else { continue }
      for (index, observation) in alike.prefix(most).enumerated() {
        let hidden = index == most - 1 ? alike.count - most : 0
        tell(observation, on: side, andMore: hidden)
      }
    }
  }

  private var most: Int { 3 }

  private func tell(_ observation: ObservedIssue, on side: Side?, andMore hidden: Int) {
    let words =
      (side.map { "\($0): " } ?? "") + observation.words
      + (hidden > 0 ? ", and \(hidden) more like it" : "")
    let advice = observation.issue.advice
    if observation.issue.kind.isWarning {
      call.say(Diagnostic(.success, words, hint: advice), as: .warning)
    } else {
      call.err.line("hint: \(words): \(advice)")
    }
  }
}

extension ParsedResults {
  /// Whether its times are those of launches, rather than what a harness printed.
  fileprivate var isTimed: Bool {
    series.contains { $0.metric == .wallTime && $0.source == "perf-record" }
  }
}

extension Pairing {
  /// Says what the rounds of both sides tell, on standard error.
  func tell(of readings: [ParsedResults], _ call: CommandContext<some CommonSettings>) {
    warn(of: readings, call)
    for (reading, side) in zip(readings, sides) {
      PostRunChecks(call: call).tell(of: reading, on: side)
    }
    OrderEffects.found(in: readings).forEach(call.warn)
  }
}
