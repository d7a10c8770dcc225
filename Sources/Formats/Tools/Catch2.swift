import Measurements

extension Format {
  /// XML of Catch2's `--reporter xml`.
  ///
  /// Fixtures: Catch2 2.13.10 and 3.7.1.
  package static let catch2 = Format(
    name: "catch2", summary: "XML of Catch2's `--reporter xml`",
    carries: .summary, recognizes: recognizesCatch2, read: readCatch2)
}

/// True if the outermost element is Catch2's. Version 3 calls it `Catch2TestRun`, version
/// 2 `Catch`.
@Sendable
private func recognizesCatch2(_ input: Input) -> Bool {
  guard let start = input.file?.text?.utf8.prefix(1000), let head = Substring(start).asXMLHead
  else { return false }
  return head.hasPrefix("<Catch2TestRun") || head.hasPrefix("<Catch ")
}

extension Substring {
  /// The text from the outermost element on; nil if it is not XML.
  fileprivate var asXMLHead: Substring? {
    var rest = drop(while: \.isWhitespace)
    while rest.hasPrefix("<?") || rest.hasPrefix("<!--") {
      guard let end = rest.firstIndex(of: ">") else { return nil }
      rest = rest[rest.index(after: end)...].drop(while: \.isWhitespace)
    }
    return rest.first == "<" ? rest : nil
  }
}

@Sendable
private func readCatch2(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = Catch2Reader(ResultBuilder(input, as: "catch2"))
  var xml = try XMLReader(input)
  while let event = try xml.next() { try reader.read(event, at: xml.place) }
  return try reader.finish()
}

/// Reads the benchmarks. Each has one number, the mean; its samples are not in the file.
private struct Catch2Reader {
  private var builder: ResultBuilder
  private var grouper = SampleGrouper()
  private var names = CatchNames()
  private var test = ""
  /// The benchmark whose results are being read.
  private var open: Open?

  private struct Open {
    let benchmark: Benchmark
    let place: ResultBuilder.Place
    var hasResult = false
  }

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(
    _ event: XMLReader.Event, at place: ResultBuilder.Place
  ) throws(InputError) {
    switch event {
    case .start("TestCase", let attributes):
      test = attributes["name"] ?? ""
      names.enter([test])
    case .start("Section", let attributes): names.enter(attributes["name"] ?? "")
    case .end("TestCase"), .end("Section"): names.leave()
    case .start("BenchmarkResults", let attributes):
      guard let name = attributes["name"] else {
        return try builder.reject("a benchmark without a name", at: place)
      }
      open = Open(benchmark: names.benchmark(name), place: place)
    case .start("mean", let attributes): try readMean(attributes, at: place)
    case .start("failed", let attributes): fail(attributes["message"] ?? "no message")
    case .end("BenchmarkResults"): try close()
    case .start("OverallResult", let attributes) where attributes["success"] == "false":
      builder.fail(nil, "test case '\(test)' failed")
    default: return
    }
  }

  private mutating func readMean(
    _ attributes: [String: String], at place: ResultBuilder.Place
  ) throws(InputError) {
    guard let benchmark = open?.benchmark else { return }
    open?.hasResult = true
    let text = attributes["value"] ?? ""
    guard let mean = text.finiteDecimal else {
      return try builder.reject("the mean of '\(benchmark)' is no number: '\(text)'", at: place)
    }
    try builder.checkNotNegative([mean], at: place)
    guard names.admits(benchmark) else {
      return try builder.reject(
        "'\(benchmark)' stands for two benchmarks", at: place, hint: CatchNames.hint)
    }
    builder.warnOfNothing(mean, of: benchmark, at: place)
    try grouper.add(
      mean, to: benchmark, "wall_time", in: "ns", isSummary: true, of: builder, at: place)
  }

  private mutating func fail(_ reason: String) {
    guard let benchmark = open?.benchmark else { return }
    open?.hasResult = true
    builder.fail(benchmark, reason)
  }

  private mutating func close() throws(InputError) {
    guard let closed = open else { return }
    open = nil
    if !closed.hasResult {
      try builder.reject("'\(closed.benchmark)' has no mean", at: closed.place)
    }
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    try grouper.finish(into: &builder)
    return builder.reading()
  }
}
