import Measurements

extension Format {
  /// Text that Catch2's console reporter prints.
  ///
  /// Fixtures: Catch2 2.13.10 and 3.7.1, and an output from Bencher's tests.
  package static let catch2Console = Format(
    name: "catch2-console", summary: "text that Catch2 benchmarks print",
    carries: .summary, recognizes: recognizesCatch2Console, read: readCatch2Console)
}

@Sendable
private func recognizesCatch2Console(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return input.hasLine(with: CatchColumns.name) { CatchColumns($0) != nil }
}

@Sendable
private func readCatch2Console(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = Catch2ConsoleReader(ResultBuilder(input, as: "catch2-console"))
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

/// The layout of a table. The name of a benchmark is left of the numbers; a long name takes
/// several lines.
struct CatchColumns {
  /// The offset of the numbers in bytes, as Catch2 counts.
  let start: Int
  /// True if a row has three lines, with the mean in the second. With `--benchmark-no-analysis` a
  /// row has one line, with the mean at its end.
  let isAnalysed: Bool

  static let name = "benchmark name"

  /// Reads the heading of a table.
  ///
  /// - Returns: nil for any other line.
  init?(_ text: Substring) {
    let name = Self.name
    guard text.hasPrefix(name) else { return nil }
    let fields = text.words.joined(separator: " ")
    switch fields {
    case "benchmark name samples iterations estimated",
      "benchmark name samples iterations est run time":
      isAnalysed = true
    case "benchmark name samples iterations mean": isAnalysed = false
    default: return nil
    }
    start = name.utf8.count + text.utf8.dropFirst(name.utf8.count).prefix { $0 == 32 }.count
  }

  func split(_ line: Line) -> (name: String, numbers: String) {
    let bytes = line.text.utf8
    return (
      String(decoding: bytes.prefix(start), as: UTF8.self).trimmed,
      String(decoding: bytes.dropFirst(start), as: UTF8.self).trimmed
    )
  }
}

/// Reads the lines: the names of a test case and its sections between two rules, then a table.
private struct Catch2ConsoleReader {
  private var builder: ResultBuilder
  private var grouper = SampleGrouper()
  private var names = CatchNames()
  private var state = State.between
  private var columns: CatchColumns?
  /// The lines of a name that were read before its numbers.
  private var nameParts: [String] = []
  /// The benchmark whose row has begun; nil before and after a row.
  private var open: (name: String, line: Line)?

  /// True after the rule above the totals, which are at the end.
  private var hasEnd = false

  private enum State {
    case between
    case heading([Substring])
    /// The line with the names of the columns was read.
    case columns
    /// The rows of a table. `lines` is the number of lines with numbers that the current row
    /// has had.
    case table(lines: Int)
  }

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    if let columns = CatchColumns(line.text) {
      self.columns = columns
      state = .columns
      return
    }
    if line.isRule("-") { return try readRule() }
    if line.isRule("=") { hasEnd = true }
    switch state {
    case .heading(let lines): state = .heading(lines + [line.text])
    case .table where line.isRule("=") || line.isRule("."):
      try close()
      state = .between
    case .table(let lines): try readRow(line, after: lines)
    case .between: readSummary(line)
    case .columns: return
    }
  }

  /// Reads a rule. Rules end the heading of a table, end a table, and enclose the names.
  private mutating func readRule() throws(InputError) {
    switch state {
    case .columns: state = .table(lines: 0)
    case .heading(let lines):
      names.enter(Self.path(lines))
      state = .between
    case .between, .table:
      try close()
      state = .heading([])
    }
  }

  /// The names of a test case and its sections. Sections are indented; a long name continues on
  /// another line.
  private static func path(_ lines: [Substring]) -> [String] {
    let test = lines.filter { $0.first != " " }.map { String($0).trimmed }.joined(separator: " ")
    return [test] + lines.filter { $0.first == " " }.map { String($0).trimmed }
  }

  private mutating func readRow(_ line: Line, after lines: Int) throws(InputError) {
    guard let columns else { return }
    if readFailure(line) { return }
    let (name, numbers) = columns.split(line)
    guard !numbers.isEmpty else {
      if !name.isEmpty { nameParts.append(name) }
      return
    }
    try readNumbers(numbers, name, on: line, after: lines, columns)
  }

  /// Reads a failure, such as `throws     Benchmark failed (no such file)`, which is not always in
  /// the columns.
  private mutating func readFailure(_ line: Line) -> Bool {
    guard let mark = line.text.ranges(of: "Benchmark failed (").first else { return false }
    let name = nameParts + [String(line.text[..<mark.lowerBound]).trimmed]
    let reason = String(line.text[mark.upperBound...]).trimmed
    builder.fail(
      names.benchmark(name.filter { !$0.isEmpty }.joined(separator: " ")),
      reason.hasSuffix(")") ? String(reason.dropLast()) : reason)
    nameParts = []
    return true
  }

  private mutating func readNumbers(
    _ numbers: String, _ name: String, on line: Line, after lines: Int, _ columns: CatchColumns
  ) throws(InputError) {
    let fields = Line(number: line.number, text: numbers[...]).fields
    if lines == 0 {
      open = ((nameParts + [name]).filter { !$0.isEmpty }.joined(separator: " "), line)
      nameParts = []
    }
    let expected = lines == 0 ? 4 : 6
    guard let open, !open.name.isEmpty, fields.count == expected,
      lines == 0 ? fields[..<2].allSatisfy({ $0.finiteDecimal != nil }) : name.isEmpty
    else {
      return try builder.reject("looks like a result and is not understood", at: .line(line))
    }
    let meanLine = columns.isAnalysed ? 1 : 0
    if lines == meanLine {
      try add(fields[columns.isAnalysed ? 0..<2 : 2..<4], to: open.name, on: line)
    }
    let isLast = lines == (columns.isAnalysed ? 2 : 0)
    if isLast { self.open = nil }
    state = .table(lines: isLast ? 0 : lines + 1)
  }

  private mutating func add(
    _ mean: ArraySlice<Substring>, to name: String, on line: Line
  ) throws(InputError) {
    let benchmark = names.benchmark(name)
    guard let number = mean.first?.finiteDecimal, number >= 0, let unit = mean.last,
      UnitConversion(from: String(unit)).unit == .nanoseconds
    else {
      return try builder.reject("the mean of '\(benchmark)' is no time", at: .line(line))
    }
    guard names.admits(benchmark) else {
      return try builder.reject(
        "'\(benchmark)' stands for two benchmarks", at: .line(line), hint: CatchNames.hint)
    }
    builder.warnOfNothing(number, of: benchmark, at: ResultBuilder.Place(line: line.number))
    try grouper.add(
      number, to: benchmark, "wall_time", in: String(unit), isSummary: true, of: builder,
      at: .line(line))
  }

  private mutating func close() throws(InputError) {
    guard let unfinished = open else { return }
    open = nil
    try builder.reject("'\(unfinished.name)' breaks off", at: .line(unfinished.line))
  }

  /// Reads the totals at the end, such as `test cases: 2 | 1 passed | 1 failed`.
  private mutating func readSummary(_ line: Line) {
    guard line.text.hasPrefix("test cases:") else { return }
    let parts = line.text.split(separator: "|").map { String($0).trimmed }
    if let failed = parts.first(where: { $0.hasSuffix(" failed") }) {
      builder.fail(nil, "test cases: \(failed)")
    }
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    try close()
    if !hasEnd { builder.fail(nil, "the output breaks off: there are no totals at its end") }
    try grouper.finish(into: &builder)
    return builder.reading()
  }
}

extension Line {
  /// True if the line is a rule of the given character.
  fileprivate func isRule(_ character: Character) -> Bool {
    text.utf8.count >= 40 && text.allSatisfy { $0 == character }
  }
}
