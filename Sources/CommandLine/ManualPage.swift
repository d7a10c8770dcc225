/// A page of the manual that a program prints besides its own: `perf-gate --manual config`.
package struct ManualPage: Sendable {
  /// The word after `--manual`.
  package let topic: String
  /// The word after `man`.
  package let name: String
  /// The section of the manual; 5 is the one of file formats.
  package let section: Int
  /// The subject of the page in one sentence, without a full stop.
  package let abstract: String
  /// Creates the blocks of the page. It is called when the page is printed.
  let blocks: @Sendable () -> [Block]

  package init(
    topic: String, name: String, section: Int, abstract: String,
    blocks: @escaping @Sendable () -> [Block]
  ) {
    self.topic = topic
    self.name = name
    self.section = section
    self.abstract = abstract
    self.blocks = blocks
  }

  /// A part of a page. Backticks in its text enclose what a user types.
  package enum Block: Sendable {
    case heading(String)
    case subheading(String)
    /// Lines that are not joined, as in a synopsis.
    case lines([String])
    case paragraph(String)
    /// A key, the kind of value that it takes, and what it means.
    case entry(String, value: String, String)
  }

  /// The title by which other pages refer to this one: `perfconfig(5)`.
  package var title: String { "\(name)(\(section))" }
}

extension ManualPage {
  /// Returns the page in the macros of man(7).
  ///
  /// - Parameter version: Name and version of the program.
  func roff(version: String) -> String {
    let head = [
      ".TH \(name.uppercased().roff) \(section) \"\" \"\(version.roff)\" \"perf-gate\"",
      ".SH NAME", "\(name.roff) \\- \(abstract.roff)",
    ]
    return (head + blocks().flatMap(\.roff)).joined(separator: "\n") + "\n"
  }
}

extension ManualPage.Block {
  fileprivate var roff: [String] {
    switch self {
    case .heading(let text): [".SH \(text.uppercased().roff)"]
    case .subheading(let text): [".SS \(text.roff)"]
    case .lines(let lines): Array(lines.flatMap { [".br", $0.typeset] }.dropFirst())
    case .paragraph(let text): [".PP", text.typeset]
    case .entry(let key, let value, let text):
      [".TP", "\\fB\(key.roff)\\fR = \\fI\(value.roff)\\fR", text.typeset]
    }
  }
}

extension String {
  /// The text for roff, with the parts between backticks in bold.
  fileprivate var typeset: String {
    split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, part in
      place.isMultiple(of: 2) ? String(part).roff : "\\fB\(String(part).roff)\\fR"
    }.joined()
  }
}
