import Measurements

extension Format {
  /// Text that Benchmark.js prints.
  ///
  /// Fixtures: Benchmark.js 2.1.4, and outputs from the tests of Bencher and
  /// of github-action-benchmark.
  package static let benchmarkjs = Format(
    name: "benchmarkjs", summary: "text that Benchmark.js prints",
    carries: .summary, recognizes: recognizesBenchmarkJS, read: readBenchmarkJS)
}

@Sendable
private func recognizesBenchmarkJS(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return input.hasLine(with: " ops/sec") { BenchmarkJSLine($0) != nil }
}

/// Reads all result lines. Other text is skipped, but a line with `ops/sec` that is not understood
/// is an error. A line with a name, a colon and a space, and nothing else, is a benchmark that
/// threw an error.
@Sendable
private func readBenchmarkJS(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "benchmarkjs")
  for line in try input.lines() {
    guard !line.text.utf8.contains(UInt8(ascii: "\r")) else {
      try builder.reject(
        "several lines in one, as a terminal writes over them", at: .line(line),
        hint: "let the tool write into a file, or put line breaks for carriage returns")
      continue
    }
    if line.text.hasSuffix(": "), line.text.count > 2 {
      builder.fail(Benchmark(name: String(line.text.dropLast(2))), "threw an error")
    }
    guard line.text.contains("ops/sec") else { continue }
    guard let result = BenchmarkJSLine(line.text) else {
      try builder.reject(
        "looks like a result of Benchmark.js and is not understood", at: .line(line))
      continue
    }
    let benchmark = Benchmark(name: result.name)
    guard try builder.isFirst(benchmark, "operations", at: .line(line)) else { continue }
    try builder.add(
      [result.operations], to: benchmark, "operations", in: "1/s", isSummary: true, at: .line(line))
  }
  return builder.reading()
}

/// A result line, such as `fib(10) x 1,431,759 ops/sec ±0.74% (93 runs sampled)`.
private struct BenchmarkJSLine {
  let name: String
  let operations: Double

  init?(_ text: Substring) {
    // Names may also contain these marks, so the last ones count.
    guard let mark = text.ranges(of: " ops/sec").last,
      let cross = text[..<mark.lowerBound].ranges(of: " x ").last,
      let operations = text[cross.upperBound..<mark.lowerBound].grouped, operations.isFinite,
      operations >= 0, Self.isError(text[mark.upperBound...])
    else { return nil }
    name = String(text[..<cross.lowerBound]).trimmed
    self.operations = operations
    if name.isEmpty { return nil }
  }

  /// True for the end of a result line, such as ` ±0.74% (93 runs sampled)`; `+-` may stand
  /// for `±`.
  private static func isError(_ text: Substring) -> Bool {
    let fields = text.split(separator: " ")
    guard fields.count == 4, fields[0].hasSuffix("%"), fields[1].hasPrefix("(") else {
      return false
    }
    return fields[2].hasPrefix("run") && fields[3] == "sampled)"
  }
}
