import CommandLine
import Configuration
import Formats
import History
import Measurements
import Reports

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
      reading.series.isEmpty && reading.failures.isEmpty
      ? [] : [StoredRun(Run(of: reading, suite: suite, tool: tool), ofFile: path)]
    runs = own + foreign
    warnings = reading.parseNotes.filter { $0.weight == .warning }.map(\.description)
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
      throw Diagnostic(.usage, "'\(input.name)' is a directory", hint: "name a file or a revision")
    }
    do {
      return try Format.detect(input)
    } catch {
      throw Diagnostic(
        .unusable, error.description,
        hint: "name its format to `perf-record --format <name> --import <file> --output run.json`")
    }
  }
}

extension Run {
  /// Numbers of which nothing is known but themselves.
  fileprivate init(of reading: ParsedResults, suite: String, tool: String) {
    self.init(
      commit: nil, tree: nil, recordedAt: nil, session: nil, suite: suite, tool: tool,
      environment: nil, series: reading.series, failures: reading.failures)
  }
}
