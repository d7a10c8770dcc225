import Formats
import Measurements
import Runner
import System

/// Launches the benchmarks of a plan at one commit, a round at a time.
struct CommitLauncher {
  /// The number of warm-ups before the first round of a build.
  let warmups: Int

  /// The numbers of a round.
  struct Round {
    /// The series of each job.
    let series: [[Series]]
    /// The failure of each job; nil if it was measured, or not wanted.
    let failures: [Unmeasurable?]
    let load: Double?
  }

  /// Launches each wanted job once.
  ///
  /// - Parameter wanted: The indices of the jobs; nil for all.
  /// - Throws: ``LaunchError`` if this process was asked to stop, and if nothing can be launched any
  ///   more.
  func round(of build: CommitBuild, only wanted: Set<Int>?) throws -> Round {
    var runner = BenchmarkRunner(
      sides: [build.jobs], warmups: build.isWarm ? 0 : warmups,
      generator: SystemRandomNumberGenerator())
    try runner.advance(to: 1, only: wanted)
    build.isWarm = true
    let readings = zip(runner.logs[0], build.jobs).map { results, job in
      results.reading(of: job.benchmark, areSums: job.sumsCalls).defined(by: job.define)
    }
    return Round(
      series: readings.map(\.series),
      failures: zip(zip(runner.logs[0], readings), build.jobs.indices).map { pair, place in
        guard wanted?.contains(place) ?? true else { return nil }
        return Self.failure(of: pair.0, pair.1, build.jobs[place])
      }, load: runner.loads.last)
  }

  private static func failure(
    of results: JobResults, _ reading: ParsedResults, _ job: BenchmarkJob
  ) -> Unmeasurable? {
    if let error = results.failure {
      let lines = (error as? LaunchError)?.messages.split(separator: "\n").suffix(20)
      return Unmeasurable(reason: error.description, details: (lines ?? []).map(String.init))
    }
    if let failure = reading.failures.first { return Unmeasurable(reason: failure.reason) }
    guard reading.series.isEmpty else { return nil }
    return Unmeasurable(reason: "'\(job.benchmark)' has no numbers")
  }
}
