import Measurements

extension Format {
  /// JSON of `cargo bench -- -Z unstable-options --format json`.
  ///
  /// Fixtures: rustc 1.95.0.
  package static let libtestJSON = Format(
    name: "libtest-json", summary: "JSON of `cargo bench -- --format json`",
    carries: .summary, recognizes: recognizesLibtestJSON, read: readLibtestJSON)
}

@Sendable
private func recognizesLibtestJSON(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return outline.has("type", "name", "median", "deviation")
    || outline.has("type", "event", "test_count")
}

/// Reads one object per line, as libtest writes with `-Z unstable-options`.
@Sendable
private func readLibtestJSON(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = LibtestJSONReader(ResultBuilder(input, as: "libtest-json"))
  try reader.read(all: input.filledLines())
  return reader.finish()
}

private struct LibtestJSONReader: RowReader {
  var builder: ResultBuilder
  private var failures = 0
  private var openSuites = 0

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    let node = try builder.input.jsonNode(on: line)
    switch try node.member("type").string() {
    case "bench": try readResult(node)
    case "test": try readTest(node)
    case "suite": try readSuite(node)
    case let type:
      try builder.reject("type '\(type)' is not known", at: node.member("type").place)
    }
  }

  /// Reads a result. `mib_per_second` counts millions of bytes, despite its name: it is the number
  /// that the text form prints as `MB/s`.
  private mutating func readResult(_ node: JSONNode) throws(InputError) {
    let name = try node.member("name")
    let benchmark = Benchmark(name: try name.string())
    guard try builder.isFirst(benchmark, at: name.place) else { return }
    let median = try node.member("median")
    try builder.add(
      [median.amount()], to: benchmark, "wall_time", in: "ns", isSummary: true, at: median.place)
    guard let speed = node["mib_per_second"] else { return }
    try builder.add(
      [speed.number()], to: benchmark, "throughput", in: "MB/s", isSummary: true, at: speed.place)
  }

  private mutating func readTest(_ node: JSONNode) throws(InputError) {
    let event = try node.member("event")
    switch try event.string() {
    case "started": return
    case "ok": builder.skip("test that is no benchmark", at: event.place)
    case "ignored": builder.skip("ignored test", at: event.place)
    case "failed", "timeout":
      failures += 1
      let said = try node["stdout"]?.string()
      let name = try node.member("name").string()
      builder.fail(Benchmark(name: name), said.flatMap(Self.panic) ?? "it failed")
    case let other: try builder.reject("event '\(other)' is not known", at: event.place)
    }
  }

  private mutating func readSuite(_ node: JSONNode) throws(InputError) {
    let event = try node.member("event")
    switch try event.string() {
    case "started": openSuites += 1
    case "ok": openSuites -= 1
    case "failed":
      openSuites -= 1
      if failures == 0 { builder.fail(nil, "libtest reports a failure") }
    case let other: try builder.reject("event '\(other)' is not known", at: event.place)
    }
  }

  /// The message of a panic in the output of a test, on one line.
  private static func panic(_ output: String) -> String? {
    let lines = output.split(separator: "\n").filter { !$0.hasPrefix("note: ") }
    guard let start = lines.firstIndex(where: { $0.contains("panicked at") }) else { return nil }
    return lines[start...].joined(separator: " ").shortened(to: 200)
  }

  consuming func finish() -> ParsedResults {
    if openSuites > 0 { builder.fail(nil, "the output breaks off: a suite has no end") }
    return builder.reading()
  }
}
