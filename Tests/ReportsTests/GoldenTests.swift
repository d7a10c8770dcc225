import Measurements
import Reports
import TestSupport
import Testing

/// A report, how it is written, and the file that holds the reviewed text.
struct GoldenCase: CustomTestStringConvertible {
  let file: String
  let rendering: String
  var style = Style()
  let report: @Sendable () throws -> Report

  var testDescription: String { file }

  static let all: [GoldenCase] =
    [
      GoldenCase(file: "mixed.txt", rendering: "text") { try Example.mixed() },
      GoldenCase(file: "mixed-verbose.txt", rendering: "text", style: Style(verbose: true)) {
        try Example.mixed()
      },
      GoldenCase(file: "mixed-color.txt", rendering: "text", style: Style(color: true)) {
        try Example.mixed()
      },
      GoldenCase(file: "mixed.md", rendering: "markdown") { try Example.mixed() },
      GoldenCase(file: "mixed.json", rendering: "json") { try Example.mixed() },
      GoldenCase(file: "mixed.csv", rendering: "csv") { try Example.mixed() },
      GoldenCase(file: "mixed.bench", rendering: "go") { try Example.mixed() },
      GoldenCase(file: "mixed.github", rendering: "github") { try Example.mixed() },
      GoldenCase(file: "governed.github", rendering: "github") { try Example.governed() },
      GoldenCase(file: "hostile.github", rendering: "github") { try hostile() },
      GoldenCase(file: "governed.txt", rendering: "text") { try Example.governed() },
      GoldenCase(file: "governed.md", rendering: "markdown") { try Example.governed() },
      GoldenCase(file: "governed.json", rendering: "json") { try Example.governed() },
      GoldenCase(file: "governed.csv", rendering: "csv") { try Example.governed() },
      GoldenCase(file: "tried.txt", rendering: "text", style: Style(verbose: true)) {
        try Example.tried()
      },
      GoldenCase(file: "tried.md", rendering: "markdown") { try Example.tried() },
      GoldenCase(file: "tried.json", rendering: "json") { try Example.tried() },
      GoldenCase(file: "compared.md", rendering: "markdown") { try Example.mixed(judges: false) },
      GoldenCase(file: "unchanged.txt", rendering: "text") { try Example.unchanged() },
      GoldenCase(file: "unchanged.md", rendering: "markdown") { try Example.unchanged() },
      GoldenCase(file: "nothing.txt", rendering: "text") { Example.nothing() },
      GoldenCase(file: "nothing.md", rendering: "markdown") { Example.nothing() },
      GoldenCase(file: "nothing.json", rendering: "json") { Example.nothing() },
      GoldenCase(file: "mixed.html", rendering: "html") { try Example.mixed() },
      GoldenCase(file: "governed.html", rendering: "html") { try Example.governed() },
      GoldenCase(file: "nothing.html", rendering: "html") { Example.nothing() },
      GoldenCase(file: "hostile.html", rendering: "html") { try hostile() },
      GoldenCase(file: "mixed.xml", rendering: "junit") { try Example.mixed() },
      GoldenCase(file: "governed.xml", rendering: "junit") { try Example.governed() },
      GoldenCase(file: "nothing.xml", rendering: "junit") { Example.nothing() },
      GoldenCase(file: "hostile.xml", rendering: "junit") { try hostile() },
      GoldenCase(file: "mixed.sarif", rendering: "sarif") { try Example.mixed() },
      GoldenCase(file: "governed.sarif", rendering: "sarif") { try Example.governed() },
      GoldenCase(file: "nothing.sarif", rendering: "sarif") { Example.nothing() },
      GoldenCase(file: "hostile.sarif", rendering: "sarif") { try hostile() },
      GoldenCase(file: "mixed.metrics", rendering: "openmetrics") { try Example.mixed() },
      GoldenCase(file: "governed.metrics", rendering: "openmetrics") { try Example.governed() },
      GoldenCase(file: "nothing.metrics", rendering: "openmetrics") { Example.nothing() },
      GoldenCase(file: "hostile.metrics", rendering: "openmetrics") { try hostile() },
      GoldenCase(file: "hostile.txt", rendering: "text") { try hostile() },
      GoldenCase(file: "hostile.md", rendering: "markdown") { try hostile() },
      GoldenCase(file: "hostile.json", rendering: "json") { try hostile() },
      GoldenCase(file: "hostile.csv", rendering: "csv") { try hostile() },
    ]
    + [
      ("parts.txt", "text"), ("parts.md", "markdown"), ("parts.html", "html"),
      ("parts.json", "json"), ("parts.csv", "csv"), ("parts.bench", "go"),
      ("parts.github", "github"), ("parts.xml", "junit"), ("parts.sarif", "sarif"),
      ("parts.metrics", "openmetrics"),
    ].map { file, rendering in
      GoldenCase(file: file, rendering: rendering) { try Example.parts() }
    }
    + [3, 60, 1000, 20_000].map { count in
      GoldenCase(file: "\(count)-series.md", rendering: "markdown") { try Example.sized(count) }
    }

  private static func hostile() throws -> Report {
    try Hostile.report("a|`@user` <b>\u{202E}\u{1B}[31m</code>\n#1")
  }
}

@Test("a report reads as it did when it was reviewed", arguments: GoldenCase.all)
func golden(_ example: GoldenCase) throws {
  let rendering = try #require(Rendering.named(example.rendering))
  let text = rendering.render(try example.report(), example.style)
  let difference = try Golden(beside: #filePath).difference(of: text, from: example.file)
  #expect(difference == nil)
}

@Test("an explanation reads as it did when it was reviewed")
func explanation() throws {
  let report = try Example.governed()
  let wanted: Set<String> = ["above", "parse/small", "few", "old name"]
  let text = try #require(report.explanation { wanted.contains($0.benchmark.name) })
  #expect(try Golden(beside: #filePath).difference(of: text, from: "explained.txt") == nil)
  #expect(report.explanation { $0.benchmark.name == "nothing" } == nil)
}

@Test("an explanation says at which look, and how strictly, rounds were judged that came in")
func explanationOfLooks() throws {
  let text = try #require(try Example.tried().explanation { _ in true })
  #expect(try Golden(beside: #filePath).difference(of: text, from: "tried-explained.txt") == nil)
}

@Test(
  "what looks add to the report is in its schema",
  .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
func schemaOfLooks() throws {
  let text = try #require(Rendering.named("json")).render(try Example.tried(), Style())
  #expect(try JSONSchema("report").diagnostics(about: text) == [])
}

@Test("every rendering has a name of its own and a golden file")
func renderings() {
  let names = Rendering.all.map(\.name)
  #expect(Set(names).count == names.count)
  #expect(Set(names) == Set(GoldenCase.all.map(\.rendering)))
  #expect(Rendering.named("nonsense") == nil)
}
