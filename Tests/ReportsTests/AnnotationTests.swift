import Measurements
import Reports
import Testing

@Suite("Annotations of a GitHub workflow")
struct AnnotationTests {
  private func lines(_ report: Report) throws -> [Substring] {
    try #require(Rendering.named("github")).render(report, Style()).split(separator: "\n")
  }

  @Test("each is one command on a line of its own, whatever names say", arguments: Hostile.names)
  func commands(name: String) throws {
    for line in try lines(Hostile.report(name)) {
      let command = try #require(
        line.wholeMatch(of: #/::(error|warning|notice) title=([^:]*)::(.*)/#))
      #expect(!command.output.2.contains(","))
    }
  }

  @Test("no more than GitHub shows, and how many others there are")
  func many() throws {
    let metric = Metric("count", .one, exact: true)
    func series(_ value: Double) throws -> [Series] {
      try (0..<60).map { try Example.series("b\($0)", value, metric: metric, rounds: 1) }
    }
    let lines = try lines(Example.report(old: series(100), new: series(200)))
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(lines[9] == "::error title=perf-gate::and 51 more like these")
    #expect(lines.last?.hasPrefix("::notice title=perf-gate::") == true)
  }
}
