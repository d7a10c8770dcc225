import Measurements

extension Format {
  /// Text that Swift Testing prints, with the time of each test.
  ///
  /// Fixtures: Swift 6.3.1 on Linux.
  package static let swiftTesting = Format(
    name: "swift-testing", summary: "times of tests that Swift Testing prints",
    carries: .summary, recognizes: recognizesSwiftTesting, read: readSwiftTesting)
}

/// True if a line is of a test of Swift Testing. Output of XCTest may be followed by that of Swift
/// Testing; the format of XCTest reads both.
@Sendable
private func recognizesSwiftTesting(_ input: Input) -> Bool {
  guard input.outline == nil, !recognizesXCTest(input) else { return false }
  return input.hasLine(with: " Test ") { line in
    if case .test = SwiftTestingLine(line)?.subject { true } else { false }
  }
}

@Sendable
private func readSwiftTesting(_ input: Input) throws(InputError) -> ParsedResults {
  try TestOutput(input, as: "swift-testing").reading()
}

/// A line of Swift Testing about one test or a run, such as
/// `✔ Test "a name" passed after 0.001 seconds.`
///
/// The sign at its beginning differs between platforms.
struct SwiftTestingLine {
  let subject: TestedThing
  let event: Event

  enum TestedThing {
    /// A function, such as `plain()`, or a display name without its quotation marks.
    case test(String)
    /// An argument of a test, which has a line of its own.
    case argument
    case run
  }

  enum Event {
    case started
    case passed(seconds: Double?)
    case failed
    case skipped
    /// An issue with its text.
    case issue(String)
  }

  /// Reads a line.
  ///
  /// - Returns: nil for any other line.
  init?(_ text: Substring) {
    guard let words = Self.words(of: text), let (name, event) = Self.parts(of: words) else {
      return nil
    }
    self.event = event
    if name == "run" || name.hasPrefix("run with ") {
      subject = .run
    } else if name.hasPrefix("case passing ") {
      subject = .argument
    } else {
      guard let test = Self.test(name) else { return nil }
      subject = .test(test)
    }
  }

  /// The text after the sign and `Test`. If a program did not end its last line, its output
  /// precedes the sign.
  private static func words(of text: Substring) -> Substring? {
    let line = text.withoutColours.drop(while: \.isWhitespace)
    guard let sign = line.first, !sign.isLetter, !sign.isNumber,
      line.dropFirst().first?.isWhitespace == true
    else {
      let marks = ["✔", "✘", "◇", "➜"].compactMap {
        line.ranges(of: "\($0) Test ").last?.upperBound
      }
      return marks.max().map { line[$0...] }
    }
    let words = line.dropFirst().drop(while: \.isWhitespace)
    return words.hasPrefix("Test ") ? words.dropFirst("Test ".count) : nil
  }

  private static func parts(of text: Substring) -> (name: Substring, event: Event)? {
    if let issue = text.firstRange(of: " recorded an issue") {
      let words = String(text[issue.upperBound...]).trimmed
      let reason = words.hasPrefix("at ") ? String(words.dropFirst("at ".count)) : words
      return (text[..<issue.lowerBound], .issue(reason))
    }
    for (mark, isPass) in [(" passed after ", true), (" failed after ", false)] {
      guard let range = text.ranges(of: mark).last else { continue }
      let words = text[range.upperBound...].split(separator: " ")
      guard words.count > 1, words[1].hasPrefix("second") else { continue }
      return (text[..<range.lowerBound], isPass ? .passed(seconds: words[0].decimal) : .failed)
    }
    if text.hasSuffix(" started.") { return (text.dropLast(" started.".count), .started) }
    guard let range = text.firstRange(of: " skipped") else { return nil }
    return (text[..<range.lowerBound], .skipped)
  }

  /// The name of a test, such as `parameters(n:)` in `parameters(n:) with 2 test cases`.
  private static func test(_ text: Substring) -> String? {
    var name = text
    if let range = name.ranges(of: " with ").last,
      name.hasSuffix("test cases") || name.hasSuffix("test case")
    {
      name = name[..<range.lowerBound]
    }
    if name.first == "\"", name.last == "\"", name.count > 1 {
      return String(name.dropFirst().dropLast())
    }
    return name.last == ")" || name.last == "`" ? String(name) : nil
  }
}

extension Substring {
  /// The text without the sequences that change the colour of a terminal.
  fileprivate var withoutColours: Substring {
    guard contains("\u{1B}") else { return self }
    let parts = split(separator: "\u{1B}", omittingEmptySubsequences: false)
    let rest = parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
    return Substring(([parts[0]] + rest).joined())
  }
}
