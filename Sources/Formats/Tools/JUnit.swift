import Measurements

extension Format {
  /// JUnit XML: the time of each test.
  ///
  /// Fixtures: pytest 9.0.3, and XCTest and Swift Testing of Swift 6.3.1.
  package static let junit = Format(
    name: "junit", summary: "JUnit XML: the time of each test",
    carries: .summary, recognizes: recognizesJUnit, read: readJUnit)
}

/// True if the first element is one of JUnit's. The rest of the XML is not read.
@Sendable
private func recognizesJUnit(_ input: Input) -> Bool {
  guard input.outline == nil, input.file?.text != nil,
    input.bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "<"),
    var reader = try? XMLReader(input), case .start(let name, _) = try? reader.next()
  else { return false }
  return name == "testsuites" || name == "testsuite"
}

@Sendable
private func readJUnit(_ input: Input) throws(InputError) -> ParsedResults {
  var report = try JUnitReport(input)
  return try report.read()
}

/// Reads test cases in the order of the file. Their output and their nesting are ignored.
private struct JUnitReport {
  private var reader: XMLReader
  private var builder: ResultBuilder
  private var test: Test?
  private var suite = ""

  private struct Test {
    let attributes: [String: String]
    let line: Int
    var outcome = Outcome.passed
    /// True while the text of a failure without a message is expected.
    var isReasonOpen = false
  }

  private enum Outcome {
    case passed, skipped
    case failed(String)
  }

  init(_ input: Input) throws(InputError) {
    reader = try XMLReader(input)
    builder = ResultBuilder(input, as: "junit")
  }

  mutating func read() throws(InputError) -> ParsedResults {
    while let event = try reader.next() {
      switch event {
      case .start("testcase", let attributes):
        test = Test(attributes: attributes, line: reader.line)
      case .end("testcase"): try finish()
      case .start("testsuite", let attributes): suite = attributes["name"] ?? ""
      case .start(let name, let attributes): note(name, attributes)
      case .end: test?.isReasonOpen = false
      case .text(let text): note(text)
      }
    }
    return builder.reading()
  }

  private mutating func note(_ element: String, _ attributes: [String: String]) {
    let reason = attributes["message"] ?? attributes["type"] ?? ""
    switch element {
    case "failure", "error":
      guard test != nil else {
        return builder.fail(nil, "suite '\(suite)': \(reason.isEmpty ? element : reason)")
      }
      if case .failed = test?.outcome { return }
      test?.outcome = .failed(reason.shortened(to: 200))
      test?.isReasonOpen = reason.isEmpty
    case "skipped":
      if case .passed = test?.outcome { test?.outcome = .skipped }
    case "flakyFailure", "flakyError":
      builder.parseNote(
        "passed only when it was repeated", at: ResultBuilder.Place(line: reader.line))
    default: return
    }
  }

  private mutating func note(_ text: String) {
    guard test?.isReasonOpen == true else { return }
    test?.outcome = .failed(text.shortened(to: 200))
    test?.isReasonOpen = false
  }
}

extension JUnitReport {
  private mutating func finish() throws(InputError) {
    guard let test else { return }
    self.test = nil
    let place = ResultBuilder.Place(line: test.line)
    guard let benchmark = Benchmark(junit: test.attributes) else {
      return try builder.reject("a test case without a name", at: place)
    }
    let wasRun = !["notrun", "disabled", "skipped"].contains(test.attributes["status"] ?? "")
    switch test.outcome {
    case .failed(let reason): builder.fail(benchmark, reason.isEmpty ? "failed" : reason)
    case .passed where wasRun: try add(benchmark, test.attributes["time"], at: place)
    case .passed, .skipped: builder.skip("skipped test", at: place)
    }
  }

  private mutating func add(
    _ benchmark: Benchmark, _ time: String?, at place: ResultBuilder.Place
  ) throws(InputError) {
    guard let time else { return builder.skip("test without a time", at: place) }
    guard let seconds = time.trimmed.grouped, seconds.isFinite, seconds >= 0 else {
      return try builder.reject("'\(benchmark)' has no time in seconds: '\(time)'", at: place)
    }
    guard try builder.isFirst(benchmark, "wall_time", at: place) else { return }
    try builder.add([seconds], to: benchmark, "wall_time", in: "s", isSummary: true, at: place)
  }
}

extension Benchmark {
  /// Takes `classname.name` as the name. It is only the name if there is no class, or if both
  /// are equal.
  fileprivate init?(junit attributes: [String: String]) {
    guard let name = attributes["name"], !name.isEmpty else { return nil }
    let group = attributes["classname"] ?? ""
    self.init(name: group.isEmpty || group == name ? name : "\(group).\(name)")
  }
}
