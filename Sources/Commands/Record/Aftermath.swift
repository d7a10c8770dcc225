import Intake
import Measurements
import Reports
import Verdicts

/// What the rounds of a recording tell of how they were measured, for the person who waited.
struct Aftermath {
  let call: Call<RecordSettings>

  /// Says it on standard error: hints on how to measure, and warnings where the machine was moody.
  ///
  /// Of each kind the worst few are told; files are as they are.
  func tell(of reading: Reading) {
    guard call.measures else { return }
    let observations = reading.measured.observations(areLaunches: call.settings.format == nil)
    for kind in Symptom.Kind.allCases {
      let alike = observations.filter { $0.symptom.kind == kind }
        .sorted { $0.symptom.weight > $1.symptom.weight }
      guard kind.isWarning || call.settings.common.verbosity != .quiet else { continue }
      for (index, observation) in alike.prefix(Self.most).enumerated() {
        let hidden = index == Self.most - 1 ? alike.count - Self.most : 0
        tell(observation, andMore: hidden)
      }
    }
  }

  private static let most = 3

  private func tell(_ observation: Observation, andMore hidden: Int) {
    let words = observation.words + (hidden > 0 ? ", and \(hidden) more like it" : "")
    let advice = observation.symptom.advice
    if observation.symptom.kind.isWarning {
      call.say(Complaint(.success, words, hint: advice), as: .warning)
    } else {
      call.err.line("hint: \(words): \(advice)")
    }
  }
}
