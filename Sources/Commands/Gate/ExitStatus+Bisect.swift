import CommandLine

extension ExitStatus {
  /// The exit status of `perf-gate --bisect`, with a line that says what it tells `git bisect run`.
  ///
  /// The option is looked for among the arguments, so that a mistake in them stops the bisection: git
  /// would take status 2 for a bad commit.
  @Sendable
  static func toldToBisect(_ status: ExitStatus, _ process: ProcessContext) -> ExitStatus {
    guard process.arguments.contains("--bisect") else { return status }
    let told = status.forBisecting
    process.err.line("perf-gate: for git bisect: \(told.rawValue), \(told.bisectWords)")
    return told
  }

  private var bisectWords: String {
    switch self {
    case .success: "good"
    case .regression: "bad"
    case .skipped: "skip this commit"
    default: "stop"
    }
  }
}
