import Measurements
import System

extension Format {
  /// Text of `cargo bench` with libtest, Rust's own harness.
  ///
  /// Fixtures: rustc 1.95.0, libtest's form that criterion 0.3.6 prints, and outputs from the tests
  /// of Bencher and of github-action-benchmark.
  package static let libtest = Format(
    name: "libtest", summary: "text of `cargo bench`, Rust's own harness",
    carries: .summary, recognizes: recognizesLibtest, read: readLibtest)
}

@Sendable
private func recognizesLibtest(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return input.hasLine(with: " ... ") { line in
    switch LibtestLine(line) {
    case .result, .test(_, .failed): true
    default: false
    }
  }
}

/// Reads the results. The median is the only number; the number after `+/-` is the range, not
/// an error.
@Sendable
private func readLibtest(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = LibtestReader(ResultBuilder(input, as: "libtest"))
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

/// A line of libtest's text.
enum LibtestLine {
  /// The line `running 4 tests`.
  case running(Int)
  /// The line `test NAME ... bench:  1,234 ns/iter (+/- 5) = 8 MB/s`, with all text after
  /// the colon.
  case result(name: Substring, Substring)
  case test(name: Substring, Outcome)
  /// The line `test result: ok. 0 passed; 0 failed; …`.
  case end(isGood: Bool)
  /// The line `error: bench failed, …` of cargo.
  case error
  /// A part of a result without the name.
  case torn
  /// The outcome of a line such as `test NAME ... FAILED`.
  enum Outcome { case passed, ignored, failed }

  init?(_ text: Substring) {
    let text = text.drop { $0 == " " }
    if let name = text.between("test ", " ... bench:") {
      self = .result(name: name.name, name.rest)
    } else if text.hasPrefix("test result:") {
      self = .end(isGood: text.hasPrefix("test result: ok"))
    } else if let test = text.between("test ", " ... "), let outcome = Outcome(test.rest) {
      self = .test(name: test.name, outcome)
    } else if text.hasPrefix("running "), text.hasSuffix(" tests") || text.hasSuffix(" test"),
      let count = Int(text.split(separator: " ")[1])
    {
      self = .running(count)
    } else if text.hasPrefix("error: "), text.contains("bench failed") {
      self = .error
    } else if text.holds("/iter (+/-") {
      self = .torn
    } else {
      return nil
    }
  }
}

extension LibtestLine {
  var isError: Bool { if case .error = self { true } else { false } }
}

extension LibtestLine.Outcome {
  /// Reads an outcome.
  ///
  /// - Parameter text: `ignored, <why>`, or a single word.
  fileprivate init?(_ text: Substring) {
    switch text.prefix(while: { $0 != "," && $0 != " " }) {
    case "ok": self = .passed
    case "ignored": self = .ignored
    case "FAILED", "failed": self = .failed
    default: return nil
    }
  }
}

extension Substring {
  /// The text between a beginning and the last occurrence of a separator, and the text after that.
  fileprivate func between(
    _ start: String, _ separator: String
  ) -> (name: Substring, rest: Substring)? {
    guard hasPrefix(start) else { return nil }
    let rest = dropFirst(start.count)
    guard let found = rest.ranges(of: separator).last else { return nil }
    let name = rest[..<found.lowerBound]
    return (Substring(String(name).trimmed), rest[found.upperBound...])
  }
}

private struct LibtestReader {
  private var builder: ResultBuilder
  private var failures = 0
  /// The number of tests that a harness announced. ``done`` is the number of those that had
  /// an outcome.
  private var announced: Int?
  private var done = 0

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    if CriterionLine.isResult(line.text) {
      return builder.skip("result of criterion: name format criterion-text", at: .line(line))
    }
    switch LibtestLine(line.text) {
    case .running(let count):
      checkAllDone()
      (announced, done) = (count, 0)
    case .result(let name, let numbers):
      done += 1
      try readResult(String(name), numbers, on: line)
    case .test(let name, let outcome):
      done += 1
      note(String(name), outcome, on: line)
    case .end(let isGood):
      announced = nil
      if !isGood, failures == 0 { fail(nil, "libtest reports a failure") }
    case .error: if failures == 0 { fail(nil, "cargo says: \(String(line.text).trimmed)") }
    case .torn:
      try builder.reject("a result without a benchmark's name", at: .line(line))
    case nil: return
    }
  }

  private mutating func note(_ name: String, _ outcome: LibtestLine.Outcome, on line: Line) {
    switch outcome {
    case .passed: builder.skip("test that is no benchmark", at: .line(line))
    case .ignored: builder.skip("ignored test", at: .line(line))
    case .failed: fail(Benchmark(name: name), "FAILED")
    }
  }

  private mutating func fail(_ benchmark: Benchmark?, _ reason: String) {
    failures += 1
    builder.fail(benchmark, reason)
  }

  private mutating func readResult(
    _ name: String, _ numbers: Substring, on line: Line
  ) throws(InputError) {
    guard let result = LibtestNumbers(numbers) else {
      return try builder.reject("looks like a result and is not understood", at: .line(line))
    }
    let benchmark = Benchmark(name: name)
    guard try builder.isFirst(benchmark, at: .line(line)) else { return }
    try builder.checkNotNegative([result.value], at: .line(line))
    try builder.add(
      [result.value], to: benchmark, metricName(in: result.unit), in: result.unit,
      isSummary: true, at: .line(line))
    guard let speed = result.megabytesPerSecond else { return }
    try builder.add(
      [speed], to: benchmark, "throughput", in: "MB/s", isSummary: true, at: .line(line))
  }

  /// Adds a failure if tests have no outcome. A harness that crashed does not report these tests.
  private mutating func checkAllDone() {
    guard let count = announced, done < count else { return }
    fail(nil, "only \(done) of \(count) tests have an outcome: the harness did not finish")
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    checkAllDone()
    return builder.reading()
  }
}

/// Numbers such as `1,234.56 ns/iter (+/- 5.1) = 8 MB/s`.
private struct LibtestNumbers {
  let value: Double
  /// The unit without `/iter`.
  let unit: String
  let megabytesPerSecond: Double?

  init?(_ text: Substring) {
    let fields = text.words
    guard fields.count == 4 || fields.count == 7, let value = fields[0].finiteGrouped,
      fields[2] == "(+/-", fields[3].last == ")", fields[3].dropLast().finiteGrouped != nil
    else { return nil }
    self.value = value
    let unit = fields[1].hasSuffix("/iter") ? fields[1].dropLast("/iter".count) : fields[1]
    self.unit = String(unit)
    guard fields.count == 7 else {
      megabytesPerSecond = nil
      return
    }
    guard fields[4] == "=", fields[6] == "MB/s", let speed = fields[5].finiteGrouped else {
      return nil
    }
    megabytesPerSecond = speed
  }
}
