import Git
import History
import Intake
import Measurements
import Reports

/// One side of a comparison, with its numbers in hand.
struct Contender {
  let party: Party
  let series: [Series]
  /// What failed when it was measured.
  let failures: [Failure]
  /// What is wrong with the jobs that were to record a part of it each.
  var shardFailures: [Failure] = []
  /// What a reader should know about how it was read.
  let warnings: [String]
}

extension Contender {
  /// - Parameter commit: nil for numbers that belong to none, such as those of changed files.
  private init(
    _ pool: Pool, name: String, commit: Commit?, warnings: [String] = []
  ) {
    party = Party(
      name: name, commit: commit?.id.description, tree: commit?.tree.description,
      runs: pool.runs.map(\.id.description), environment: pool.environment)
    series = pool.series
    failures = pool.failures
    shardFailures = pool.runs.map(\.run).shardFailures
    self.warnings = warnings
  }

  /// A side that nothing is known of.
  static let none = Contender(
    party: Party(name: "none", commit: nil, tree: nil, runs: [], environment: nil), series: [],
    failures: [], warnings: [])

  init(_ run: StoredRun, name: String, commit: Commit) {
    self.init(Pool([run]), name: name, commit: commit)
  }

  init(_ selection: Selection, name: String) {
    self.init(selection.pool, name: name, commit: selection.commit)
  }

  /// - Parameter home: What its runs belong to, where that is not its commit.
  init(
    _ candidate: Candidate, name: String, home: Commit? = nil, warnings: [String] = []
  ) {
    self.init(
      candidate.selection.pool, name: name,
      commit: candidate.isCommitted ? home ?? candidate.commit : nil, warnings: warnings)
  }

  /// Of a file's runs those of one suite and machine.
  ///
  /// - Parameter machine: The key of the machine that is wanted, where the file has runs of several.
  init(_ file: ReadFile, suite: String, machine: String?) throws {
    let chosen = file.runs.chosen(suite: suite, machine: machine)
    guard !chosen.isEmpty else {
      let suites = Set(file.runs.map(\.run.suite)).sorted().joined(separator: ", ")
      throw Complaint(
        .nothingToCompare, "'\(file.name)' has no run of suite '\(suite)', only of \(suites)",
        hint: "name the suite with `--suite <name>`")
    }
    let commits = Set(chosen.compactMap(\.run.commit))
    guard commits.count < 2 else {
      throw Complaint(
        .usage, "'\(file.name)' has runs of \(commits.count) commits, which are not one side",
        hint: "store them with `perf-record --import`, and name a revision")
    }
    self.init(
      Pool(chosen), name: file.name, commit: nil,
      warnings: file.warnings + file.leftOut(besides: chosen.count))
  }
}

/// A file and all that was found in it.
struct ReadFile {
  let name: String
  /// Of this project's own files; of other tools' one that holds all their numbers.
  let runs: [StoredRun]
  let warnings: [String]

  /// - Parameters:
  ///   - suite: What numbers without a suite are taken for.
  ///   - prices: For the cost of what another tool counted.
  /// - Throws: For a file that does not parse.
  init(
    path: String, typed name: String, suite: String, prices: Prices, tool: String
  ) throws {
    let input = try Input(path: path, name: name)
    let reading = prices.applied(to: try Self.format(of: input).read(input))
    self.name = name
    let own = try reading.records.map { try StoredRun($0) }
    let foreign =
      try reading.series.isEmpty && reading.failures.isEmpty
      ? [] : [StoredRun(Run(of: reading, suite: suite, tool: tool))]
    runs = own + foreign
    warnings = reading.remarks.filter { $0.weight == .warning }.map(\.description)
  }
}

extension ReadFile {
  /// A sentence about runs that are not compared, where there are any.
  func leftOut(besides chosen: Int) -> [String] {
    let others = runs.count - chosen
    return others > 0 ? ["'\(name)' has runs of other machines or suites, left out: \(others)"] : []
  }

  private static func format(of input: Input) throws -> Format {
    guard input.directory == nil else {
      throw Complaint(.usage, "'\(input.name)' is a directory", hint: "name a file or a revision")
    }
    do {
      return try Format.detect(input)
    } catch {
      throw Complaint(
        .unusable, error.description,
        hint: "name its format to `perf-record --format <name> --import <file> --output run.json`")
    }
  }
}

extension Run {
  /// Numbers of which nothing is known but themselves.
  fileprivate init(of reading: Reading, suite: String, tool: String) {
    self.init(
      commit: nil, tree: nil, recordedAt: nil, session: nil, suite: suite, tool: tool,
      environment: nil, series: reading.series, failures: reading.failures)
  }
}
