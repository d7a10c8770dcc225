import Measurements
import Reports
import Testing
import Verdicts

@Suite("the text for a terminal")
struct TextTests {
  private func lines(_ report: Report, _ style: Style = Style()) -> [String] {
    Rendering.text.render(report, style).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test("rows of ordinary names fit in 100 columns")
  func width() throws {
    let report = Example.report(
      old: [
        try Example.series("parse/large size=1MB", 10_900_000),
        try Example.series("parse/large size=1MB", 3_145_728, metric: .maxRSS),
      ],
      new: [
        try Example.series("parse/large size=1MB", 13_100_000),
        try Example.series("parse/large size=1MB", 1_145_728, metric: .maxRSS),
      ])
    #expect(lines(report).allSatisfy { $0.count <= 100 }, "\(lines(report))")
  }

  @Test("every regression is shown, and enough of the rest")
  func many() throws {
    func all(_ value: Double) throws -> [Series] {
      try (0..<60).map { try Example.series("b\($0)", $0 < 30 ? value : 100) }
    }
    let new = try (60..<90).map { try Example.series("b\($0)", 100) }
    let report = Example.report(old: try all(100), new: try all(200) + new)
    let rows = lines(report)
    #expect(rows.count { $0.hasSuffix("regression, certain") } == 30)
    #expect(rows.count { $0.hasSuffix("new: nothing to compare with") } == 20)
    #expect(rows.contains("  and 10 more, see them with --verbose"))
    #expect(!rows.contains { $0.hasSuffix("  unchanged") })
    let verbose = lines(report, Style(verbose: true))
    #expect(verbose.count { $0.hasSuffix("  unchanged") } == 30)
    #expect(!verbose.contains { $0.contains("more, see them") })
  }

  @Test("what is worst comes first: by kind, then by how much worse")
  func order() throws {
    func rate(_ value: Double) throws -> Series {
      try Example.series(
        "rate", value, metric: Metric("requests", .perSecond, better: .higher))
    }
    let old = [
      try Example.series("small", 100), try Example.series("large", 100), try rate(100),
      try Example.series("from zero", 0), try Example.series("faster", 100),
      try Example.series("gone", 100),
    ]
    let new = [
      try Example.series("small", 120), try Example.series("large", 200), try rate(50),
      try Example.series("from zero", 1, spread: 0), try Example.series("faster", 50),
    ]
    let marked = lines(Example.report(old: old, new: new)).filter { "✗✓".contains($0.prefix(1)) }
      .filter { !$0.isEmpty }
    let names = marked.map { $0.dropFirst(2).prefix { $0 != " " } }
    #expect(names == ["from", "large", "rate", "small", "gone", "faster"])
  }

  @Test("columns of wide characters end where the others do")
  func padding() throws {
    let verdicts = lines(try Example.mixed()).filter { $0.hasSuffix("regression, certain") }
    let columns = try verdicts.map { line in
      let start = try #require(line.firstRange(of: "regression"))
      return line[..<start.lowerBound].reduce(0) {
        $0 + (("一"..."龥").contains($1) || ("ぁ"..."ん").contains($1) ? 2 : 1)
      }
    }
    #expect(Set(columns).count == 1)
  }

  @Test("machines that differ though they are compared are told apart")
  func machines() throws {
    let other = Environment(
      cpu: "AMD EPYC", cores: 2, memory: 1, os: "Debian 12", kernel: "6.2", arch: "x86_64",
      labels: ["runner": "ubuntu-24.04"])
    let report = Example.report(
      old: [], new: [], baseline: Example.party("main", Example.old, other))
    #expect(lines(report).contains("differs in  cpu: AMD EPYC / Intel Xeon"))
    let markdown = Rendering.markdown.render(report, Style())
    #expect(
      markdown.contains("the machines differ in <code>cpu&#58; AMD EPYC / Intel Xeon</code>"))
  }
}
