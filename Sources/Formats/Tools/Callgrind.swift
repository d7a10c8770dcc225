import Measurements

extension Format {
  /// Files `callgrind.out` of valgrind's callgrind.
  ///
  /// Definition: https://valgrind.org/docs/manual/cl-format.html
  ///
  /// Fixtures: valgrind 3.19.0.
  package static let callgrind = Format(
    name: "callgrind", summary: "`callgrind.out` of valgrind's callgrind",
    carries: .rounds, of: .command, recognizes: recognizesCallgrind, read: readCallgrind)
}

@Sendable
private func recognizesCallgrind(_ input: Input) -> Bool {
  guard input.outline == nil, let text = input.file?.text else { return false }
  return Lines(text: text).prefix(20).contains { $0.text.hasPrefix("creator: callgrind") }
}

/// Reads the exact counts of one process, added up over the parts of a profile.
@Sendable
private func readCallgrind(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = CallgrindReader(ResultBuilder(input, as: "callgrind"))
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

private struct CallgrindReader {
  private var builder: ResultBuilder
  private var command: String?
  private var events: [String] = []
  private var counts: [Double] = []
  private var parts = 0
  private var firstSummary: Line?
  private var hasEnd = false

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    guard let colon = line.text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = line.text[colon...].dropFirst()
    switch line.text[..<colon] {
    case "cmd": command = String(value).trimmed
    // Each part has its own totals.
    case "part": hasEnd = false
    case "events": try readEvents(value, on: line)
    case "summary": try readSummary(value, on: line)
    case "totals": hasEnd = true
    default: return
    }
  }

  private mutating func readEvents(_ value: Substring, on line: Line) throws(InputError) {
    let names = value.split(separator: " ").map(String.init)
    guard events.isEmpty || events == names else {
      throw builder.error("the parts count different events", at: .line(line))
    }
    events = names
  }

  /// Reads the counts of a part. Zeros at the end of the line may be missing.
  private mutating func readSummary(_ value: Substring, on line: Line) throws(InputError) {
    let numbers = value.split(separator: " ").map { Int64($0) }
    guard numbers.count <= events.count, numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
      throw builder.error("expected counts of \(events.count) events", at: .line(line))
    }
    if counts.isEmpty { counts = Array(repeating: 0, count: events.count) }
    for (index, number) in numbers.enumerated() { counts[index] += Double(number ?? 0) }
    firstSummary = firstSummary ?? line
    hasEnd = false
    parts += 1
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    guard let command, let line = firstSummary else {
      throw builder.error(
        "has no command and summary", at: ResultBuilder.Place(),
        hint: "see whether it was cut off: the summary is near the beginning")
    }
    guard hasEnd else {
      throw builder.error(
        "breaks off before 'totals:'", at: ResultBuilder.Place(),
        hint: "see whether the program still ran when the file was copied")
    }
    for (event, count) in zip(events, counts) {
      try builder.add(
        [count], to: Benchmark(name: command), event == "Ir" ? "instructions" : event, in: "1",
        better: .cost(by: "valgrind"), isExact: true, at: .line(line))
    }
    if parts > 1 { builder.parseNote("\(parts) parts of the profile added up") }
    return builder.reading()
  }
}
