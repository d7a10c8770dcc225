import Measurements
import Testing

@testable import Reports

struct VisibleCase: CustomTestStringConvertible {
  let text: String
  let limit: Int
  let visible: String

  init(_ text: String, limit: Int = 120, _ visible: String) {
    (self.text, self.limit, self.visible) = (text, limit, visible)
  }

  var testDescription: String { visible }

  static let all: [VisibleCase] = [
    VisibleCase("", ""), VisibleCase("parse/large", "parse/large"),
    VisibleCase("größer 漢字 🚀 👩‍🔬 ❤️", "größer 漢字 🚀 👩‍🔬 ❤️"),
    VisibleCase("a\nb\r\tc", #"a\nb\r\tc"#), VisibleCase("a\r\nb", #"a\r\nb"#),
    VisibleCase("\u{1B}[31m", #"\u{1B}[31m"#), VisibleCase("\u{9B}31m", #"\u{9B}31m"#),
    VisibleCase("\0\u{7F}", #"\u{0}\u{7F}"#), VisibleCase("\u{202E}x", #"\u{202E}x"#),
    VisibleCase("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
    VisibleCase("a\u{200B}\u{FEFF}\u{AD}b", #"a\u{200B}\u{FEFF}\u{AD}b"#),
    VisibleCase("\u{3164}", #"\u{3164}"#), VisibleCase("\u{E0041}", #"\u{E0041}"#),
    VisibleCase("abcdefghij", limit: 10, "abcdefghij"),
    VisibleCase("abcdefghijk", limit: 10, "abcde…hijk"),
    VisibleCase("abc\u{1B}", limit: 6, "abc…B}"),
    VisibleCase("e" + String(repeating: "\u{301}", count: 9), limit: 4, "e\u{301}…\u{301}"),
  ]
}

@Test(
  "a text is shown on one line, by what a terminal can do no harm with", arguments: VisibleCase.all)
func visible(_ example: VisibleCase) {
  let visible = example.text.visible(limit: example.limit)
  #expect(Array(visible.unicodeScalars) == Array(example.visible.unicodeScalars))
}

@Test(
  "text is as wide as a terminal shows it",
  arguments: [
    ("", 0), ("abc", 3), ("größer", 6), ("e\u{301}", 1), ("漢字", 4), ("かな", 4), ("한글", 4),
    ("ＡＢ", 4), ("🚀", 2), ("👩‍🔬", 2), ("❤️", 2), ("✗", 1), ("µ±…", 3), ("解析/大きい", 11),
  ])
func displayWidth(_ text: String, _ width: Int) {
  #expect(text.displayWidth == width)
}
