import Measurements

extension Format {
  package static let benchmarkjs = Format(
    name: "benchmarkjs", summary: "text that Benchmark.js prints",
    carries: .summary, recognizes: recognizesBenchmarkJS, read: readBenchmarkJS)
}

@Sendable
private func recognizesBenchmarkJS(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return input.hasLine(with: " ops/sec") { BenchmarkJSLine($0) != nil }
}

/// Prose around the results is passed over, but no line that speaks of `ops/sec`, and none that a
/// benchmark has which threw an error: its name, a colon, a space, and nothing behind it.
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

/// `fib(10) x 1,431,759 ops/sec ±0.74% (93 runs sampled)`
private struct BenchmarkJSLine {
  let name: String
  let operations: Double

  init?(_ text: Substring) {
    // Names may hold the marks too, so the last ones count.
    guard let mark = text.ranges(of: " ops/sec").last,
      let cross = text[..<mark.lowerBound].ranges(of: " x ").last,
      let operations = text[cross.upperBound..<mark.lowerBound].grouped, operations.isFinite,
      operations >= 0, Self.isError(text[mark.upperBound...])
    else { return nil }
    name = String(text[..<cross.lowerBound]).trimmed
    self.operations = operations
    if name.isEmpty { return nil }
  }

  /// ` ±0.74% (93 runs sampled)`, also with `+-`.
  private static func isError(_ text: Substring) -> Bool {
    let fields = text.split(separator: " ")
    guard fields.count == 4, fields[0].hasSuffix("%"), fields[1].hasPrefix("(") else {
      return false
    }
    return fields[2].hasPrefix("run") && fields[3] == "sampled)"
  }
}
