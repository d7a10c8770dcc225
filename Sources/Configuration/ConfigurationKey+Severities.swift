import CommandLine
import Verdicts

extension ConfigurationKey {
  /// `gate.regression`, `benchmark.regression`, `metric.regression`, and the same of improvements.
  static let severities = ChangeState.allCases.flatMap { state in
    let looser = Looseness.words(
      Response.allCases.map(\.rawValue), unset: state == .regression ? "fail" : "ignore")
    return [
      ConfigurationKey(
        name: "gate.\(state.rawValue)", takesPattern: false, role: .judging, looser: looser
      ) {
        $0.policy.severities.common[state] = try Argument<Response>.word().parse($1.value)
      },
      ConfigurationKey(
        name: "benchmark.\(state.rawValue)", takesPattern: true, role: .judging, looser: looser
      ) {
        try $0.policy.severities.benchmarks[state, default: []].append(rule($1))
      },
      ConfigurationKey(
        name: "metric.\(state.rawValue)", takesPattern: true, role: .judging, looser: looser
      ) {
        try $0.policy.severities.metrics[state, default: []].append(rule($1))
      },
    ]
  }

  private static func rule(_ setting: Setting) throws(UsageError) -> Policy.Rule<Response> {
    Policy.Rule(
      pattern: setting.pattern, value: try Argument<Response>.word().parse(setting.value),
      place: setting.place)
  }
}
