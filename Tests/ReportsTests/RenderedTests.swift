import Foundation
import Measurements
import TestSupport
import Testing

@testable import Reports

/// What GitHub's own parser makes of a comment.
@Suite(
  "markdown as GitHub renders it",
  .enabled(if: Rendered.isInstalled, "cmark-gfm is not installed (Debian: cmark-gfm)"))
struct RenderedTests {
  /// All elements that a comment of ours consists of.
  private static let elements: Set<String> = [
    "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre",
    "ul", "li",
  ]

  @Test(
    "a name is literal text in code, and neither adds an element nor takes one away",
    arguments: Hostile.names)
  func names(_ name: String) throws {
    let html = try Self.rendered(name)
    #expect(html.elements.filter { $0 != "code" } == Self.plainElements)
    // Verdicts have seven cells, budgets six, and brief verdicts four.
    #expect(html.rows.allSatisfy { $0 == 7 || $0 == 6 }, "\(html.rows)")
    #expect(html.codes.first == name.visible())
    let isPlain = name.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    if isPlain, name.unicodeScalars.count <= 120 { #expect(html.codes.first == name) }
  }

  private static func rendered(_ name: String) throws -> Rendered {
    try Rendered(Rendering.markdown.render(try Hostile.report(name), Style()))
  }

  /// What a name that means no harm is rendered to; code apart, which a name may or may not need.
  private static let plainElements = (try? rendered("x").elements.filter { $0 != "code" }) ?? []

  @Test(
    "golden comments are tables, folds and paragraphs",
    arguments: [
      "mixed.md", "governed.md", "compared.md", "unchanged.md", "nothing.md", "hostile.md",
      "parts.md",
      "3-series.md", "60-series.md", "1000-series.md", "20000-series.md",
    ])
  func golden(_ name: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url(name), encoding: .utf8)
    let html = try Rendered(text)
    #expect(Set(html.elements).subtracting(Self.elements) == [])
    #expect(html.rows.allSatisfy { [7, 6, 4].contains($0) })
    #expect(
      html.elements.count { $0 == "table" } == text.components(separatedBy: "\n|---|").count - 1)
  }
}

/// HTML that cmark-gfm made, taken apart.
struct Rendered {
  /// The name of each opening tag, in order.
  let elements: [String]
  /// The cells of each row of each table.
  let rows: [Int]
  /// The text of each code element.
  let codes: [String]

  private static let program = "/usr/bin/cmark-gfm"
  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

  init(_ markdown: String) throws {
    let options = ["table", "autolink", "strikethrough", "tagfilter"].flatMap { ["-e", $0] }
    let result = try Subprocess.run(
      Self.program, ["--unsafe"] + options, in: URL(filePath: "/"), input: markdown)
    #expect(result.status == 0)
    // In what cmark writes, every < of a text is &lt;, so the others begin tags and comments.
    let html = result.out.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
    elements = html.matches(of: /<([a-zA-Z][a-zA-Z0-9]*)/).map { String($0.1).lowercased() }
    rows = html.matches(of: /<tr>(.*?)<\/tr>/.dotMatchesNewlines()).map { row in
      row.1.matches(of: /<t[hd][ >]/).count
    }
    codes = html.matches(of: /<code>(.*?)<\/code>/.dotMatchesNewlines()).map {
      Self.text(String($0.1))
    }
  }

  private static func text(_ html: String) -> String {
    html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&amp;", with: "&")
  }
}
