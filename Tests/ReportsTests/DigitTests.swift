import Measurements
import Reports
import Testing
import Verdicts

@Suite("numbers that differ never look the same")
struct DigitTests {
  /// Two values of an exact metric, and what is shown of them.
  private static let cases: [(old: Double, new: Double, shown: [String])] = [
    (1000, 1001, ["1.000 k", "1.001 k", "+0.10 %"]),
    (1_234_567, 1_234_568, ["1.234567 M", "1.234568 M", "+8.1e-5 %"]),
    (1000, 1200, ["1.00 k", "1.20 k", "+20.0 %"]),
    (999, 1000, ["0.999 k", "1.00 k", "+0.1 %"]),
    (1e15, 1e15 + 2, ["1000000 G", "1000000 G", "+2.0e-13 %"]),
  ]

  @Test("an exact metric is shown with as many digits as tell both sides apart", arguments: 0..<4)
  func exact(_ index: Int) throws {
    let example = Self.cases[index]
    let metric = Metric("instructions", .one, exact: true)
    var policy = Policy()
    policy.threshold = Sourced(0.0001, from: "the test")
    let report = Example.report(
      old: [try Example.series("b", example.old, metric: metric, rounds: 1)],
      new: [try Example.series("b", example.new, metric: metric, rounds: 1)], policy: policy)
    for name in ["text", "html", "github", "junit", "sarif"] {
      let text = try #require(Rendering.named(name)).render(report, Style(verbose: true))
      let isCheck = ["github", "junit", "sarif"].contains(name)
      // What is unchanged is in no list of findings.
      guard !isCheck || text.contains("1.000 k") || index == 2 else { continue }
      for part in example.shown {
        let part = name == "github" ? part.replacing("%", with: "%25") : part
        #expect(text.contains(part), "\(name): \(text)")
      }
    }
    let comment = Rendering.markdown.render(report, Style()).replacing("\u{A0}", with: " ")
      .replacing("\u{2011}", with: "-")
    for part in example.shown { #expect(comment.contains(part), "\(comment)") }
  }

  @Test("a budget that is broken by a little is not what was measured")
  func budget() throws {
    var policy = Policy()
    policy.budgets = [
      Budget(
        benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("1000")), place: "here")
    ]
    let metric = Metric("instructions", .one, exact: true)
    let both = [try Example.series("b", 1001, metric: metric, rounds: 1)]
    let text = Rendering.text.render(
      Example.report(old: both, new: both, policy: policy), Style())
    #expect(text.contains("≤ 1.000 k  1.001 k"), "\(text)")
  }

  /// Whatever is judged to have changed.
  @Test("no row that changed shows the same number twice", arguments: 0..<20)
  func any(_ seed: Int) throws {
    let old = 1000 + Double(seed) * 997
    let new = old * (1 + pow10(-Double(1 + seed % 9)))
    let metric = Metric("ratio", Unit("x"), exact: true)
    let report = Example.report(
      old: [try Example.series("b", old, metric: metric, rounds: 1)],
      new: [try Example.series("b", new, metric: metric, rounds: 1)])
    let text = Rendering.text.render(report, Style(verbose: true))
    let row = try #require(text.split(separator: "\n").first { $0.contains(" b ") })
    let cells = row.split(separator: " ").filter { $0.first?.isNumber == true }
    #expect(cells.count >= 2 && cells[0] != cells[1], "\(row)")
    #expect(!row.contains(" 0.0 %"), "\(row)")
  }

  private func pow10(_ exponent: Double) -> Double {
    (0..<Int(-exponent)).reduce(1) { value, _ in value / 10 }
  }
}
