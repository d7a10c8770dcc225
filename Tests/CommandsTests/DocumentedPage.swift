import Foundation
import TestSupport
import Testing

/// A page of the documentation, the README or one of the manual.
struct DocumentedPage: CustomTestStringConvertible {
  /// From the top of the package.
  let path: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Programs.packageRoot.appending(path: path), encoding: .utf8)
  }

  var testDescription: String { path }

  static let manual = "Sources/Documentation.docc"

  static func readme() throws -> DocumentedPage { try DocumentedPage("README.md") }

  static func manual(_ name: String) throws -> DocumentedPage {
    try DocumentedPage("\(manual)/\(name).md")
  }

  /// All pages of the manual, in the order of the root page.
  static func wholeManual() throws -> [DocumentedPage] {
    let root = try manual("Documentation")
    let names = root.text.matches(of: /\]\((\w+)\.md\)/).map { String($0.output.1) }
    return try [root] + names.map(manual)
  }

  /// The contents of the fenced blocks of a kind, in order.
  func blocks(_ kind: String) -> [String] {
    text.components(separatedBy: "```\(kind)\n").dropFirst()
      .map { String($0.components(separatedBy: "```")[0]) }
  }

  /// The same page with another text after a line, up to the next line that is a comment.
  func replacing(after line: String, with text: String) throws -> String {
    let parts = self.text.components(separatedBy: "\(line)\n")
    try #require(parts.count == 2)
    let end = try #require(parts[1].range(of: "<!-- "))
    return "\(parts[0])\(line)\n\(text)\(parts[1][end.lowerBound...])"
  }

  /// The rows of the tables that begin with one of these cells, each as its cells.
  func rows(_ first: Regex<Substring>) -> [[String]] {
    text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { row in
        row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      .filter { $0.first?.wholeMatch(of: first) != nil }
  }

  /// What stands between backticks and fits, once each.
  func quoted(_ word: Regex<(Substring, Substring)>) -> Set<String> {
    Set(text.matches(of: word).map { String($0.output.1) })
  }
}
