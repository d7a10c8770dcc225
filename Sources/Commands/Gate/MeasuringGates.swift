import Measurements
import Reports
import Verdicts

/// `perf-gate --measure` of one suite after another, each judged by itself.
struct MeasuringGates {
  let gate: Gate
  let workspace: Workspace

  /// What came of a suite.
  struct Outcome {
    let suite: String
    let report: Result<Report, Complaint>
  }

  /// Those that nobody has made optional, or the one that is asked for.
  var suites: [String] {
    if let typed = gate.call.settings.comparing.suite { return [typed] }
    let configuration = workspace.configuration
    let names = configuration.suites.filter {
      !$0.value.commands.isEmpty && $0.value.required != false
    }.keys.sorted()
    return names.isEmpty ? [gate.call.suite(configuration)] : names
  }

  /// One report for each suite.
  ///
  /// - Throws: The first complaint of a suite that has none; ``outcomes()`` has those of the others.
  func reports() throws -> [Report] { try outcomes().map { try $0.report.get() } }

  /// Measures each suite, whatever came of those before; they share the time that there is.
  func outcomes() throws -> [Outcome] {
    let (suites, start) = (suites, SuspendingClock.now)
    return suites.enumerated().map { index, suite in
      let left = gate.call.settings.budget.map { limit in
        max(.milliseconds(1), limit - (SuspendingClock.now - start)) / (suites.count - index)
      }
      // Of a single suite it is what was typed.
      let limit = suites.count == 1 ? gate.call.settings.budget : left
      let own = MeasuringGate(
        gate: Gate(call: gate.call.narrowed(to: suite)), workspace: workspace, suite: suite,
        limit: limit)
      return Outcome(
        suite: suite, report: Result { try own.report() }.mapError { Complaint($0) })
    }
  }
}

extension Call where Settings == GateSettings {
  /// The same for one suite.
  fileprivate func narrowed(to suite: String) -> Call {
    var settings = settings
    settings.comparing.suite = suite
    return Call(
      settings: settings, operands: operands, command: command, invocation: invocation, tool: tool)
  }
}
