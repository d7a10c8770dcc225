import Measurements

extension Format {
  /// Text that `go test -bench` prints.
  ///
  /// Definition: https://golang.org/design/14313-benchmark-format
  ///
  /// Fixtures include files from the tests of benchstat, https://github.com/golang/perf.
  package static let go = Format(
    name: "go", summary: "text that `go test -bench` prints",
    carries: .samples, recognizes: recognizesGo, read: readGo)
}

/// True if a line shows that the text is of `go test`. Lines after that are not read.
@Sendable
private func recognizesGo(_ input: Input) -> Bool {
  guard input.outline == nil, let text = input.file?.text else { return false }
  return Lines(text: text).contains { line in
    line.text.hasPrefix("goos: ") || line.text.contains("--- FAIL: Benchmark")
      || (GoResult.isName(line.text) && GoResult.isComplete(line.fields))
  }
}

@Sendable
private func readGo(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = GoReader(input)
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

/// One result line, such as `BenchmarkNew/size=1K-8  295  4052123 ns/op  24.68 MB/s`.
///
/// Definition: https://golang.org/design/14313-benchmark-format
struct GoResult {
  /// The name without `Benchmark`.
  let name: Substring
  let values: [Value]

  struct Value {
    let number: Double
    /// The index of the unit in ``GoUnits``.
    let unit: Int
  }

  /// True if a line starts as a result does. `Benchmarking …` is prose, as for `go test`.
  static func isName(_ text: Substring) -> Bool {
    guard text.utf8.starts(with: prefix) else { return false }
    let rest = text.utf8.dropFirst(prefix.count)
    guard let first = rest.first, first >= 0x80 else {
      return rest.first.map { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? true
    }
    return Substring(rest).first?.isLowercase != true
  }

  /// True if the fields begin with a name, a count, a number and a unit.
  static func isComplete(_ fields: [Substring]) -> Bool {
    fields.count >= 4 && isCount(fields[1]) && number(fields[2]) != nil
  }

  static func isCount(_ field: Substring) -> Bool {
    !field.isEmpty && field.utf8.allSatisfy(\.isDigit)
  }

  /// A decimal number; nil for `0x10`, `1,000` and words. `1e400` is infinite, and `NaN` is NaN.
  static func number(_ field: Substring) -> Double? {
    if let short = Double(shortDecimal: field.utf8) { return short }
    if field.utf8.allSatisfy({ $0.isDigit || isMark($0) }) { return Double(field) }
    return ["nan", "inf", "+inf", "-inf"].contains(field.lowercased()) ? Double(field) : nil
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static let prefix = Array("Benchmark".utf8)
}

extension GoResult {
  /// Reads the fields that follow the name: the count, then pairs of value and unit.
  init(
    name: Substring, _ fields: ArraySlice<Substring>, in units: inout GoUnits, on line: Line,
    of input: Input
  ) throws(InputError) {
    func fail(_ problem: String) -> InputError {
      input.error(problem, line: line.number, text: String(line.text))
    }
    guard let count = fields.first, Self.isCount(count) else {
      throw fail("no iteration count after the name")
    }
    guard fields.count > 1 else { throw fail("no value after the iteration count") }
    var values: [Value] = []
    for index in stride(from: fields.startIndex + 1, to: fields.endIndex, by: 2) {
      guard let number = Self.number(fields[index]) else {
        throw fail("expected a number, found '\(fields[index].shortened(to: 30))'")
      }
      guard number.isFinite else { throw fail("not a finite number: \(fields[index])") }
      guard index + 1 < fields.endIndex else { throw fail("no unit after the last value") }
      let symbol = fields[index + 1]
      let unit = units.place(of: symbol, after: values.last?.unit)
      guard number >= 0 || GoUnits.isSigned(symbol) else { throw fail("negative \(symbol)") }
      guard !values.contains(where: { $0.unit == unit }) else {
        throw fail("two values in '\(symbol)'")
      }
      values.append(Value(number: number, unit: unit))
    }
    self.name = name
    self.values = values
  }
}
