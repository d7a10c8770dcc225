import Formats
import Measurements

/// The ends of the rounds of a task.
struct TaskResults: Sendable {
  /// 1 for each round that was solved, else 0.
  private var outcomes: [Int] = []
  /// The number of launches of each round that is a measurement.
  private(set) var attempts: [Int] = []
  private var infrastructureFailures = 0
  private var failures = 0
  private var repeated = 0
  /// The reason of the first infrastructure failure, and of the first other failure.
  private var firstReason: String?
  private var firstFailure: String?
  private var isRepeatable = false
  private var knowsInfrastructure = false

  var hasOutcomes: Bool { !outcomes.isEmpty }

  mutating func note(_ round: RoundResult, of job: BenchmarkJob) {
    isRepeatable = job.retries > 0
    knowsInfrastructure = !job.infrastructure.isEmpty
    repeated += round.attempts - 1
    switch round.end {
    case .measured, .solved, .unsolved:
      attempts.append(round.attempts)
      if round.end != .measured { outcomes.append(round.end == .solved ? 1 : 0) }
    case .infrastructure:
      infrastructureFailures += 1
      firstReason = firstReason ?? round.reason
    case .failed:
      failures += 1
      firstFailure = firstFailure ?? round.reason
    }
  }

  private var rounds: Int { attempts.count + infrastructureFailures + failures }

  /// The outcomes, and the numbers of launches and of infrastructure failures.
  func series(of benchmark: Benchmark) -> [Series] {
    func series(_ metric: Metric, _ values: [Int]) -> [Series] {
      let rounds = values.compactMap { try? Round([Double($0)]) }
      return rounds.isEmpty
        ? []
        : [Series(benchmark: benchmark, metric: metric, rounds: rounds, source: "perf-record")]
    }
    let lost =
      [Int](repeating: 0, count: attempts.count)
      + [Int](repeating: 1, count: infrastructureFailures)
    return series(.success, outcomes)
      + (isRepeatable ? series(.attempts, attempts) : [])
      + (knowsInfrastructure ? series(.infrastructureFailures, lost) : [])
  }

  /// The reason why the task has failed; nil if it has not. A task that was never measured has no
  /// numbers that could be compared.
  var failure: String? {
    if failures > 0 {
      return "\(failures) of \(rounds) rounds failed: \(firstFailure ?? "")"
    }
    guard infrastructureFailures > 0, attempts.isEmpty else { return nil }
    return "all \(rounds) rounds were infrastructure failures: \(firstReason ?? "")"
  }

  func parseNotes(on benchmark: Benchmark) -> [ParseNote] {
    var notes: [ParseNote] = []
    if repeated > 0 {
      let times = repeated == 1 ? "once" : "\(repeated) times"
      notes.append(ParseNote(.warning, "'\(benchmark)' failed and was tried again \(times)"))
    }
    if infrastructureFailures > 0, !attempts.isEmpty {
      notes.append(
        ParseNote(
          .warning,
          "\(infrastructureFailures) of \(rounds) rounds of '\(benchmark)' were infrastructure "
            + "failures, which do not count: \(firstReason ?? "")"))
    }
    return notes
  }
}
