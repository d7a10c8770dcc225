import Measurements
import Reports
import Testing
import Verdicts

@Suite("a report of several suites and machines")
struct PartTests {
  private func part(_ old: [Series], _ new: [Series], suite: String = "default") -> SuiteReport {
    Example.report(old: old, new: new, suite: suite).parts[0]
  }

  private func outcome(_ parts: SuiteReport...) -> Outcome? {
    Report(tool: "perf-gate 0.1.0", parts: parts).outcome
  }

  @Test("the worst part decides; one without a history fails nothing beside one that has one")
  func outcomes() throws {
    let base = [try Example.series("b", 100)]
    let (same, slower) = (part(base, base), part(base, [try Example.series("b", 200)]))
    let (new, gone) = (part([], base), part(base + [try Example.series("c", 1)], base))
    let noise = part(
      [try Example.series("b", 100, rounds: 1)], [try Example.series("b", 200, rounds: 1)])
    #expect(outcome(same, slower, gone) == .regression)
    #expect(outcome(gone, same) == .incomplete)
    #expect(new.outcome == .incomparable && outcome(new) == .incomparable)
    #expect(outcome(new, new) == .incomparable)
    #expect(outcome(new, same) == .pass)
    #expect(outcome(new, slower) == .regression)
    #expect(noise.outcome == .undecided && outcome(noise, same) == .pass)
    #expect(outcome(noise) == .undecided)
    #expect(outcome() == nil)
  }

  @Test("a budget that fails, fails beside anything")
  func budgets() throws {
    var policy = Policy()
    policy.budgets = [
      Budget(
        benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("1ns")), place: "here")
    ]
    let base = [try Example.series("b", 100)]
    let over = Example.report(old: [], new: base, policy: policy).parts[0]
    #expect(outcome(part(base, base), over) == .overBudget)
  }

  @Test("the worst stands first, counts are sums, and each is named")
  func order() throws {
    let base = [try Example.series("b", 100)]
    let report = Report(
      tool: "perf-gate 0.1.0",
      parts: [
        part(base, base, suite: "fast"),
        part(base, [try Example.series("b", 200)], suite: "slow"),
      ])
    #expect(report.parts.map(\.suite) == ["slow", "fast"])
    #expect(report.summary == "1 regression, 1 unchanged")
    #expect(report.counts[.unchanged] == 1 && report.status == 1)
    for rendering in Rendering.all where rendering.name != "github" {
      let text = rendering.render(report, Style())
      #expect(text.contains("slow") && text.contains("fast"), "\(rendering.name)")
    }
  }

  @Test("what is loosened and told stands above the verdict")
  func foremost() throws {
    let report = try Example.parts()
    let text = Rendering.text.render(report, Style())
    #expect(text.hasPrefix("this change loosens threshold of parse/*: 10% → 99%\n"))
    let comment = Rendering.markdown.render(report, Style())
    let loosened = try #require(comment.firstRange(of: "this change loosens alpha"))
    let table = try #require(comment.firstRange(of: "| Benchmark |"))
    #expect(loosened.lowerBound < table.lowerBound)
    let lines = Rendering.github.render(report, Style()).split(separator: "\n")
    #expect(
      lines[0]
        == "::warning title=perf-gate::this change loosens threshold of parse/*: 10%25 → 99%25")
    #expect(lines.count { $0.hasPrefix("::warning") } <= 10)
  }
}
