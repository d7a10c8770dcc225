import Configuration
import Git
import History
import Measurements
import Runner

/// Tells which commits have the numbers of this machine that would be measured.
struct RecordedCommits {
  private let store: RunStore
  private let suite: String
  private let machine: String
  /// The reason why a recording is a part of the suite; nil for the whole suite.
  private let part: String?
  /// The benchmarks that would be measured; empty if they are known only after a launch.
  private let benchmarks: Set<Benchmark>
  private let metrics: [String]
  /// The definition of what a typed command of unknown benchmarks measures, for one of its series.
  private let define: BenchmarkJob.Definer?

  /// The reason why a run is a part of the suite if some benchmarks failed on its commit.
  static let partOfFailed = "--backfill, without what failed"

  /// Reads the runs as they are stored now.
  init(
    of plan: Plan, suite: String, in workspace: Workspace, _ call: CommandContext<RecordSettings>
  ) throws {
    store = try workspace.store()
    self.suite = suite
    machine = workspace.machine.key
    part = call.part
    benchmarks = plan.namesBenchmarks ? plan.benchmarks : []
    metrics = call.settings.metrics.map(\.metric.name)
    let jobs = call.part != nil && benchmarks.isEmpty ? try? plan.jobs(in: call.directory) : nil
    define = jobs?.first?.define
  }

  /// True if a commit, or another one with the same content, has the numbers.
  ///
  /// A recording of the whole suite counts, whatever the suite was then. So does an earlier backfill
  /// that some benchmarks failed in, so that they do not fail again each time.
  func have(_ commit: Commit) throws -> Bool {
    var found: Set<Benchmark> = []
    for line in try store.lines(of: commit) {
      guard let header = line.knownHeader, header.version <= Run.version, header.suite == suite,
        header.environment?.key == machine, let run = try? Run(line.bytes), !run.series.isEmpty
      else { continue }
      if isWhole(run) { return true }
      let names = Set(run.series.map(\.metric.name))
      if metrics.allSatisfy(names.contains) { found.formUnion(run.series.map(\.benchmark)) }
    }
    return !benchmarks.isEmpty && found.isSuperset(of: benchmarks)
  }

  /// True if a run has all that can be asked for, whatever its benchmarks are called. For a typed
  /// command that is a run of the same command.
  private func isWhole(_ run: Run) -> Bool {
    guard part != nil else { return run.part == nil || run.part == Self.partOfFailed }
    guard let define else { return false }
    return run.part == part
      && run.series.contains { series in
        define(series).map { $0.digest == series.definition?.digest } ?? false
      }
  }
}
