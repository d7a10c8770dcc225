import CommandLine
import Formats
import Measurements
import Reports
import Verdicts

/// Checks how the rounds of a recording were measured, and tells the user.
struct PostRunChecks<Settings: CommonSettings> {
  let call: CommandContext<Settings>

  /// Prints the results on standard error: hints on how to measure, and warnings of an
  /// unsteady machine.
  ///
  /// The worst three of each kind are printed.
  ///
  /// - Parameter side: The side of the rounds; nil if there is only one.
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
  /// True if the times are those of launches, rather than numbers that a harness printed.
  fileprivate var isTimed: Bool {
    series.contains { $0.metric == .wallTime && $0.source == "perf-record" }
  }
}

extension Pairing {
  /// Prints warnings, checks and order effects of the rounds of both sides on standard error.
  func tell(of readings: [ParsedResults], _ call: CommandContext<some CommonSettings>) {
    warn(of: readings, call)
    for (reading, side) in zip(readings, sides) {
      PostRunChecks(call: call).tell(of: reading, on: side)
    }
    OrderEffects.found(in: readings).forEach(call.warn)
  }
}
