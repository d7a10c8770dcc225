import Foundation

/// A page of the documentation, the README or one of the manual.
package struct DocumentedPage: Sendable {
  /// From the top of the package.
  package let path: String
  package let text: String

  package init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Programs.packageRoot.appending(path: path), encoding: .utf8)
  }

  package static let manual = "Sources/Documentation.docc"

  package static func readme() throws -> DocumentedPage { try DocumentedPage("README.md") }

  package static func manual(_ name: String) throws -> DocumentedPage {
    try DocumentedPage("\(manual)/\(name).md")
  }

  /// All pages of the manual, in the order of the root page.
  package static func wholeManual() throws -> [DocumentedPage] {
    let root = try manual("Documentation")
    let names = root.text.matches(of: /\]\((\w+)\.md\)/).map { String($0.output.1) }
    return try [root] + names.map(manual)
  }

  /// The contents of the fenced blocks of a kind, in order.
  package func blocks(_ kind: String) -> [String] {
    text.components(separatedBy: "```\(kind)\n").dropFirst()
      .map { String($0.components(separatedBy: "```")[0]) }
  }

  /// The same page with another text after a line, up to the next line that is a comment.
  package func replacing(after line: String, with text: String) throws -> String {
    let parts = self.text.components(separatedBy: "\(line)\n")
    guard parts.count == 2, let end = parts[1].range(of: "<!-- ") else {
      throw NoSuchPlace(description: "\(path) has no single place after '\(line)'")
    }
    return "\(parts[0])\(line)\n\(text)\(parts[1][end.lowerBound...])"
  }

  /// The rows of the tables that begin with one of these cells, each as its cells.
  package func rows(_ first: Regex<Substring>) -> [[String]] {
    text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { row in
        row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      .filter { $0.first?.wholeMatch(of: first) != nil }
  }

  /// What stands between backticks and fits, once each.
  package func quoted(_ word: Regex<(Substring, Substring)>) -> Set<String> {
    Set(text.matches(of: word).map { String($0.output.1) })
  }

  private struct NoSuchPlace: Error, CustomStringConvertible {
    let description: String
  }
}
