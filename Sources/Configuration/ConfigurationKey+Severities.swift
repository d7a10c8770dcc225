import CommandLine
import Verdicts

extension ConfigurationKey {
  /// The keys `gate.regression`, `benchmark.regression` and `metric.regression`, and the same keys
  /// for improvements.
  static let severities = ChangeState.allCases.flatMap { state in
    let name = state.rawValue
    let looser = Looseness.words(
      Response.allCases.map(\.rawValue), unset: state == .regression ? "fail" : "ignore")
    return [
      ConfigurationKey(
        name: "gate.\(name)", .word(), takesPattern: false,
        default: .value(state == .regression ? "fail" : "warn"),
        meaning: "The response to \(state.words); a failure has status 1.", role: .judging,
        looser: looser
      ) { (configuration, response: Response, _) in
        configuration.policy.severities.common[state] = response
      },
      ConfigurationKey(
        name: "benchmark.\(name)", .word(), takesPattern: true,
        default: .words("that of the metric, else `gate.\(name)`"),
        meaning: "The response to \(state.words) of these benchmarks.", role: .judging,
        looser: looser
      ) {
        $0.policy.severities.benchmarks[state, default: []].append(rule($1, $2))
      },
      ConfigurationKey(
        name: "metric.\(name)", .word(), takesPattern: true,
        default: .words("that of `gate.\(name)`"),
        meaning: "The response to \(state.words) of these metrics.", role: .judging,
        looser: looser
      ) {
        $0.policy.severities.metrics[state, default: []].append(rule($1, $2))
      },
    ]
  }

  private static func rule(_ response: Response, _ setting: Setting) -> Policy.Rule<Response> {
    Policy.Rule(pattern: setting.pattern, value: response, place: setting.place)
  }
}

extension ChangeState {
  fileprivate var words: String {
    switch self {
    case .regression: "a regression"
    case .improvement: "an improvement"
    }
  }
}
