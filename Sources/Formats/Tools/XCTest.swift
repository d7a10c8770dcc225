import Measurements

extension Format {
  /// Text that XCTest prints, with results of `measure` or times.
  ///
  /// Fixtures: Swift 6.3.1 on Linux, and output of macOS from SoundBlaster/SpecificationKit.
  package static let xctest = Format(
    name: "xctest", summary: "text that XCTest prints, with `measure` or times",
    carries: .samples, recognizes: recognizesXCTest, read: readXCTest)
}

@Sendable
func recognizesXCTest(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return XCTestLine.marks.contains { input.hasLine(with: $0) { XCTestLine($0) != nil } }
}

@Sendable
private func readXCTest(_ input: Input) throws(InputError) -> ParsedResults {
  try TestOutput(input, as: "xctest").reading()
}

/// A line of XCTest about one test case.
///
/// Linux prints `Test Case 'PerfTests.testFib'`, macOS `Test Case '-[Module.PerfTests testFib]'`,
/// and newer versions of xcodebuild `Test case 'PerfTests.testFib()'`.
struct XCTestLine {
  /// The text between the quotation marks.
  let name: String
  let event: Event

  enum Event {
    case started
    /// The test measured something. The value is the text after `measured`.
    case measured(Substring)
    /// The test passed. The time is nil if its text is no number.
    case passed(seconds: Double?)
    case failed
    case skipped
  }

  static let marks = ["Test Case '", "Test case '"]

  /// Reads a line.
  ///
  /// - Returns: nil for any other line, such as prose that mentions a test case.
  init?(_ text: Substring) {
    guard
      let start = Self.marks.lazy
        .compactMap({ text.firstRange(of: $0)?.upperBound }).first,
      let end = text[start...].firstRange(of: "' ")
    else { return nil }
    let rest = text[end.upperBound...]
    name = String(text[start..<end.lowerBound])
    if rest.hasPrefix("measured [") {
      event = .measured(rest.dropFirst("measured ".count))
    } else if rest.hasPrefix("started") {
      event = .started
    } else if let ending = Self.ending(rest) {
      event = ending
    } else {
      return nil
    }
  }

  /// The end of a test case, such as `passed (0.123 seconds)` or
  /// `passed on 'My Mac - App (123)' (0.123 seconds)`.
  private static func ending(_ rest: Substring) -> Event? {
    let word = rest.prefix { $0 != " " }
    guard rest.last == ")" || rest.hasSuffix(")."), let open = rest.lastIndex(of: "(") else {
      return nil
    }
    let words = rest[rest.index(after: open)...].split(separator: " ")
    guard words.count == 2, words[1].hasPrefix("seconds)") else { return nil }
    return switch word {
    case "passed": .passed(seconds: words[0].decimal)
    case "failed": .failed
    case "skipped": .skipped
    default: nil
    }
  }
}

/// The measurement of a test, such as `[CPU Cycles, kC] average: …, values: [48915.661000, …], …`.
struct XCTestMeasurement {
  let metric: String
  let unit: String
  let values: [Double]
  let better: DirectionSource?

  /// Reads a measurement.
  ///
  /// - Returns: nil if a part is missing or no number.
  init?(_ text: Substring) {
    guard let head = Self.list(text, after: "["), let comma = head.lastIndex(of: ","),
      let values = Self.list(text, after: "values: [")
    else { return nil }
    let numbers = values.split(separator: ",").map { String($0).trimmed.decimal }
    guard !numbers.isEmpty, !numbers.contains(nil) else { return nil }
    let metric = String(head[..<comma]).trimmed
    let written = String(head[head.index(after: comma)...]).trimmed
    let (unit, factor) = Self.thousands[written] ?? (written.unitSymbol, 1)
    self.metric = Self.names[metric] ?? metric
    self.unit = unit
    // Thousands are printed with decimals, so the product is rounded to whole instructions
    // or cycles.
    self.values = numbers.compactMap { $0 }.map { factor == 1 ? $0 : ($0 * factor).rounded() }
    better = Self.polarity(of: text)
  }

  var isTime: Bool { metric.hasSuffix("_time") }

  private static let names = [
    "Time": "wall_time", "Clock Monotonic Time": "wall_time", "CPU Time": "cpu_time",
    "CPU Instructions Retired": "instructions", "CPU Cycles": "cycles",
  ]

  /// The units for thousands of cycles and of instructions.
  private static let thousands: [String: (String, Double)] = ["kC": ("1", 1000), "kI": ("1", 1000)]

  private static func list(_ text: Substring, after mark: String) -> Substring? {
    guard let start = text.firstRange(of: mark)?.upperBound else { return nil }
    guard let end = text[start...].firstIndex(of: "]") else { return nil }
    return text[start..<end]
  }

  private static func polarity(of text: Substring) -> DirectionSource? {
    if text.contains("polarity: prefers larger") {
      return DirectionSource(.higher, by: "polarity prefers larger")
    }
    return text.contains("polarity: prefers smaller")
      ? DirectionSource(.lower, by: "polarity prefers smaller") : nil
  }
}
