import Measurements

extension Format {
  package static let swiftTesting = Format(
    name: "swift-testing", summary: "times of tests that Swift Testing prints",
    carries: .summary, recognizes: recognizesSwiftTesting, read: readSwiftTesting)
}

/// What XCTest prints may have that of Swift Testing behind it, and is read with it.
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

/// A line of Swift Testing about one test or a run, `✔ Test "a name" passed after 0.001 seconds.`
///
/// The sign at its beginning differs between platforms.
struct SwiftTestingLine {
  let subject: TestedThing
  let event: Event

  enum TestedThing {
    /// A function, `plain()`, or a display name without its quotation marks.
    case test(String)
    /// One of the arguments of a test, which has a line of its own.
    case argument
    case run
  }

  enum Event {
    case started
    case passed(seconds: Double?)
    case failed
    case skipped
    /// With what it says.
    case issue(String)
  }

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

  /// What follows the sign and `Test`; where a program left its last line open, the sign stands
  /// behind what it printed.
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

  /// `parameters(n:) with 2 test cases` is `parameters(n:)`.
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
  /// Without what tells a terminal to change its colour.
  fileprivate var withoutColours: Substring {
    guard contains("\u{1B}") else { return self }
    let parts = split(separator: "\u{1B}", omittingEmptySubsequences: false)
    let rest = parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
    return Substring(([parts[0]] + rest).joined())
  }
}
