import Measurements
import System

extension Format {
  /// Text that criterion prints.
  ///
  /// Fixtures: criterion 0.3.6, and outputs from Bencher's tests.
  package static let criterionText = Format(
    name: "criterion-text", summary: "text that criterion prints",
    carries: .summary, recognizes: recognizesCriterionText, read: readCriterionText)
}

@Sendable
private func recognizesCriterionText(_ input: Input) -> Bool {
  input.outline == nil && input.hasLine(with: "time:", where: CriterionLine.isResult)
}

/// Reads the estimates. An estimate is the middle one of three numbers; the others are its
/// confidence interval.
@Sendable
private func readCriterionText(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = CriterionTextReader(ResultBuilder(input, as: "criterion-text"))
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

/// A result line, such as `fib 10                  time:   [281.26 ns 373.74 ns 495.23 ns]`.
struct CriterionLine {
  /// The name; empty if it was too long and is on the line above.
  let name: String
  let estimate: Double
  let unit: String

  init?(_ text: Substring) {
    guard text.utf8.last == UInt8(ascii: "]"), let found = text.ranges(of: "time:").last else {
      return nil
    }
    let numbers = text[found.upperBound...].words
    guard numbers.count == 6, numbers[0].first == "[", numbers[5].last == "]",
      numbers[0].dropFirst().finiteDecimal != nil, let estimate = numbers[2].finiteDecimal,
      numbers[4].finiteDecimal != nil
    else { return nil }
    name = String(text[..<found.lowerBound]).trimmed
    self.estimate = estimate
    unit = String(numbers[3])
  }

  static func isResult(_ text: Substring) -> Bool { CriterionLine(text) != nil }

  /// True if a line may be a result, understood or not. A line with `change:` has three
  /// percentages instead.
  static func isCandidate(_ text: Substring) -> Bool {
    guard text.holds("time:"), let found = text.ranges(of: "time:").last
    else { return false }
    let rest = text[found.upperBound...].drop(while: \.isWhitespace)
    return rest.first == "[" && !rest.contains("%")
  }
}

private struct CriterionTextReader {
  private var builder: ResultBuilder
  /// The previous line.
  private var above: Substring = ""
  /// The benchmark that criterion announced and whose result has not been read.
  private var announced: String?
  private var hasFailed = false

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    defer { above = line.text }
    if CriterionLine.isCandidate(line.text) { return try readResult(line) }
    if line.text.hasPrefix("Benchmarking ") { return announce(line.text) }
    if line.text.hasPrefix("thread "), line.text.contains(" panicked at ") {
      return fail(String(line.text))
    }
    switch LibtestLine(line.text) {
    case .result: builder.skip("result of libtest: name format libtest", at: .line(line))
    case .test(_, .ignored): builder.skip("ignored test", at: .line(line))
    case .test(_, .passed): builder.skip("test that is no benchmark", at: .line(line))
    case .test(let name, .failed):
      hasFailed = true
      builder.fail(Benchmark(name: String(name)), "FAILED")
    case .error where !hasFailed: fail(String(line.text))
    default: return
    }
  }

  private mutating func readResult(_ line: Line) throws(InputError) {
    guard let result = CriterionLine(line.text) else {
      return try builder.reject("looks like a result and is not understood", at: .line(line))
    }
    let name = result.name.isEmpty ? nameAbove() : result.name
    guard !name.isEmpty else {
      return try builder.reject("a result without a benchmark's name", at: .line(line))
    }
    announced = nil
    let benchmark = Benchmark(name: name)
    let metric = metricName(in: result.unit)
    try builder.checkNotNegative([result.estimate], at: .line(line))
    guard
      try builder.isFirst(benchmark, metric, at: .line(line), hint: ResultBuilder.oneRunAFile)
    else { return }
    try builder.add(
      [result.estimate], to: benchmark, metric, in: result.unit, isSummary: true,
      at: .line(line))
  }

  /// The name on the line above. If the output of a terminal was kept, the last announcement
  /// has it.
  private func nameAbove() -> String {
    guard let name = above.first, !name.isWhitespace else { return announced ?? "" }
    return above.hasPrefix("Benchmarking ") ? announced ?? "" : String(above).trimmed
  }

  /// Reads an announcement, such as `Benchmarking fib 10: Warming up for 3.0000 s`, or
  /// `Benchmarking fib 10` before it.
  private mutating func announce(_ text: Substring) {
    let phases = [": Warming up for ", ": Collecting ", ": Analyzing"]
    let name = text.dropFirst("Benchmarking ".count)
    let ends = phases.compactMap { name.ranges(of: $0).last?.lowerBound }
    announced = String(name[..<(ends.first ?? name.endIndex)]).trimmed
  }

  private mutating func fail(_ reason: String) {
    guard !hasFailed else { return }
    hasFailed = true
    builder.fail(announced.map { Benchmark(name: $0) }, reason.trimmed)
    announced = nil
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    if let name = announced { builder.fail(Benchmark(name: name), "has no result") }
    return builder.reading()
  }
}
