import CommandLine
import Runner
import System

extension CommandContext {
  /// Shows the last output of at most three failed launches. Results and reports say only how the
  /// launches ended.
  func showLastWords(in runner: BenchmarkRunner) {
    let failures = runner.logs.joined().compactMap { $0.failure as? LaunchError }
      .filter { !$0.messages.isEmpty }
    for failure in failures.prefix(3) { say(Diagnostic(failure), as: .warning) }
  }
}
