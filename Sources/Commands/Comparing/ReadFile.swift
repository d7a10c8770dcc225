import CommandLine
import Configuration
import Formats
import History
import Measurements
import Reports

/// A file with the runs that were read from it.
struct ReadFile {
  let name: String
  /// The runs of the file. A file of this project can have several; of any other tool's file, all
  /// numbers form one run.
  let runs: [StoredRun]
  let warnings: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - suite: The suite of numbers that name none.
  ///   - prices: The prices that give the cost of counted tokens.
  /// - Throws: ``InputError`` or ``Diagnostic`` if the file cannot be read or parsed.
  init(
    path: String, typed name: String, suite: String, prices: Prices, tool: String
  ) throws {
    try self.init(
      Input(path: path, name: name), from: path, suite: suite, prices: prices, tool: tool)
  }

  /// Reads the bytes of a file that need not be checked out.
  init(bytes: [UInt8], name: String, suite: String, prices: Prices, tool: String) throws {
    try self.init(
      Input(name: name, bytes: bytes), from: name, suite: suite, prices: prices, tool: tool)
  }

  private init(
    _ input: Input, from path: String, suite: String, prices: Prices, tool: String
  ) throws {
    let reading = try ResultReader(prices: prices).read(input, as: Self.format(of: input))
    name = input.name
    let own = try reading.records.map { try StoredRun($0) }
    let foreign =
      reading.series.isEmpty && reading.failures.isEmpty
      ? [] : [StoredRun(Run(of: reading, suite: suite, tool: tool), ofFile: path)]
    runs = own + foreign
    warnings = reading.parseNotes.filter { $0.weight == .warning }.map(\.description)
  }
}

extension ReadFile {
  /// A sentence about the runs of the file that are not compared; empty if all are.
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
  /// A run that has nothing but the numbers: no commit, time or machine.
  fileprivate init(of reading: ParsedResults, suite: String, tool: String) {
    self.init(
      commit: nil, tree: nil, recordedAt: nil, session: nil, suite: suite, tool: tool,
      environment: nil, series: reading.series, failures: reading.failures)
  }
}
