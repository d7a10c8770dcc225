import CommandLine
import Configuration
import Measurements
import Reports
import Runner

/// The answer to `perf-record --environment`.
struct EnvironmentAnswer {
  let call: CommandContext<RecordSettings>

  func run() throws -> ExitStatus {
    guard call.command == nil, call.settings.imports.isEmpty else {
      throw UsageError("--environment records nothing", hint: "leave the rest out, or leave it out")
    }
    let workspace = try Workspace.ifAny(call)
    let configuration = workspace?.configuration ?? ProjectConfiguration()
    let machine = workspace?.machine ?? Machine.environment()
    let conditions = call.process.conditions()
    let explanation = EnvironmentExplanation(
      machine, key: configuration.origin("environment.key"),
      labels: configuration.origin("environment.labels"), origin: Machine.origin,
      sights: conditions.sights.map { sight in
        EnvironmentExplanation.ConditionReading(topic: sight.topic, value: sight.value)
      },
      concerns: conditions.concerns.map { "\($0.severity.rawValue): \($0)" })
    call.out(explanation.text)
    return .success
  }
}

extension ProjectConfiguration {
  /// The place where a value was set, such as `environment.key in .perfconfig:3`; nil if nobody
  /// set it.
  fileprivate func origin(_ name: String) -> String? {
    places[name].map { "\(name) in \($0)" }
  }
}
