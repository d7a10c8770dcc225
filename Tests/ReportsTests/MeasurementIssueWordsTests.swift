import Measurements
import Reports
import Testing
import Verdicts

@Suite("What the rounds of a recording show")
struct MeasurementIssueWordsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let issue: MeasurementIssue
    let words: String
    var testDescription: String { words }

    static let all = [
      Case(issue: .short(median: 1_234_567), words: "'b size=1' takes 1.23 ms"),
      Case(
        issue: .slowStart(rounds: 1, of: 10, excess: 0.35),
        words: "the first of 10 rounds of 'b size=1' took 35 % longer than usual"),
      Case(
        issue: .slowStart(rounds: 2, of: 10, excess: 1.5),
        words: "the first 2 of 10 rounds of 'b size=1' took up to 150 % longer than usual"),
      Case(
        issue: .trend(change: 0.123, p: 0.0046),
        words: "wall_time of 'b size=1' rose across the rounds, by 12.3 % (p = 0.005)"),
      Case(
        issue: .trend(change: -0.021, p: 0.000_002),
        words: "wall_time of 'b size=1' fell across the rounds, by 2.1 % (p = 2.0e-6)"),
      Case(
        issue: .outliers(count: 1, of: 10, worst: 2.4),
        words: "1 of 10 rounds of 'b size=1' is an outlier, 2.40 times the median"),
      Case(
        issue: .outliers(count: 2, of: 10, worst: 0.5),
        words: "2 of 10 rounds of 'b size=1' are outliers, up to 0.500 times the median"),
    ]
  }

  @Test("is told with numbers, and with advice", arguments: Case.all)
  func words(_ example: Case) {
    let id = Series.ID(
      benchmark: Benchmark(name: "b", labels: ["size": "1"]), metric: "wall_time")
    #expect(ObservedIssue(id: id, issue: example.issue).words == example.words)
    #expect(!example.issue.advice.isEmpty)
  }

  @Test("is harmless to a terminal, whatever the name")
  func hostile() {
    let id = Series.ID(benchmark: Benchmark(name: "\u{1B}[31m\n"), metric: "wall_time")
    let words = ObservedIssue(id: id, issue: .short(median: 1)).words
    #expect(words == "'\\u{1B}[31m\\n' takes 1.00 ns")
  }
}
