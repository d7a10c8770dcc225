import CommandLine
import Runner
import System

extension CommandContext {
  /// Shows what launches wrote last that failed, of a few: results and reports have only how they ended.
  func showLastWords(in runner: BenchmarkRunner) {
    let failures = runner.logs.joined().compactMap { $0.failure as? LaunchError }
      .filter { !$0.messages.isEmpty }
    for failure in failures.prefix(3) { say(Diagnostic(failure), as: .warning) }
  }
}
