import CommandLine
import Configuration
import Formats
import Measurements
import Runner
import System

/// The ways in which the output of a launch becomes numbers.
extension Plan {
  /// A reader that adds the cost of printed numbers of tokens.
  func priced(_ read: @escaping BenchmarkJob.Reader) -> BenchmarkJob.Reader {
    { [prices] result throws(InputError) in prices.applied(to: try read(result)) }
  }

  /// A reader that adds printed numbers to the usage of language models. Where the calls of a launch
  /// are summed, both are of the benchmark with the labels of the sum, such as the model.
  func with(
    _ numbers: BenchmarkJob.Reader?, besides calls: @escaping BenchmarkJob.Reader
  ) -> BenchmarkJob.Reader {
    guard let numbers else { return calls }
    return { [sumsCalls = definition.sumsCalls] result throws(InputError) in
      let usage = try calls(result)
      let printed = try numbers(result)
      let own = sumsCalls ? usage.series.first?.benchmark : nil
      return usage.adding(printed.series.map { series in own.map(series.of) ?? series })
    }
  }

  /// Reads what a launch printed or wrote into a file. Times and memory of the launch stand in place
  /// of those that the format has.
  func reader(
    of benchmark: Benchmark, in directory: String
  ) -> BenchmarkJob.Reader? {
    guard !isTimed else { return nil }
    let format = definition.format
    let reader = ResultReader(
      prices: prices, isPerCall: definition.per == .call, isLaunch: true, name: benchmark.name,
      labels: benchmark.labels)
    let isTimed = definition.recordsLaunches
    let path = definition.output.map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
    return { result throws(InputError) in
      var input = Input(name: "output of a round", bytes: result.output)
      if let path {
        // The next launch must write the file anew.
        defer { OutputFile.remove(path) }
        input = try Input(path: path, name: path)
      }
      let found = if let format { format } else { try Format.detect(input) }
      let results = try reader.read(input, as: found)
      return isTimed && !found.namesBenchmarks
        ? results.without(metrics: Set(Metric.ofCommands.map(\.name))) : results
    }
  }
}

extension [PrintedNumber] {
  /// Reads the numbers that a timed launch printed; nil if no metric asks for any.
  func reader(
    of benchmark: Benchmark, within limit: Duration
  ) -> BenchmarkJob.Reader? {
    guard !isEmpty else { return nil }
    return { result throws(InputError) in
      var series: [Series] = []
      for number in self {
        series.append(try number.series(of: benchmark, in: result.output, within: limit))
      }
      return ParsedResults(series: series)
    }
  }
}
