import Intake
import Verdicts

/// Whether here and now is fit for measuring a command.
struct Fitness {
  let call: Call<RecordSettings>
  let configuration: Configuration

  /// Warns of what speaks against it, before anything is measured.
  ///
  /// - Throws: ``Complaint``, where `measure.unfit` wants that.
  func check() throws {
    guard let words = call.command, configuration.unfit != .ignore else { return }
    let concerns = call.invocation.conditions().concerns + build(words)
    let warnings = concerns.filter { $0.severity == .warning }
    guard configuration.unfit != .fail || warnings.isEmpty else {
      throw Complaint(
        .unusable, "not fit for measuring",
        hint: "change that, or set `measure.unfit = warn` to measure all the same",
        details: warnings.map(\.description))
    }
    for warning in warnings { call.warn(warning.description) }
    guard call.settings.common.verbosity == .verbose else { return }
    for note in concerns where note.severity == .note { call.err.line("note: \(note)") }
  }

  private func build(_ words: [String]) -> [Concern] {
    let command = Command(words[0], Array(words.dropFirst()))
    let surroundings = Surroundings(
      directory: call.directory, environment: call.invocation.environment)
    return DebugBuild(command, in: surroundings).map { [$0.concern] } ?? []
  }
}
