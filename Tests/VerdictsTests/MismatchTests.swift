import Measurements
import Testing
import Verdicts

/// Two sides that have no numbers to compare.
struct MismatchCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Metric]
  let new: [Metric]
  let verdict: Verdict

  private static let bytes = Metric("wall_time", .bytes)
  private static let rising = Metric("wall_time", .nanoseconds, better: .higher)

  static let all: [MismatchCase] = [
    MismatchCase(
      testDescription: "another unit", old: [.wallTime], new: [bytes],
      verdict: .incomparable(.unit(old: "ns", new: "B"))),
    MismatchCase(
      testDescription: "another direction", old: [.wallTime], new: [rising],
      verdict: .incomparable(.direction)),
    MismatchCase(
      testDescription: "several units in the baseline", old: [.wallTime, bytes], new: [.wallTime],
      verdict: .incomparable(.ambiguous(inCandidate: false))),
    MismatchCase(
      testDescription: "several units on both sides", old: [.wallTime, bytes],
      new: [.wallTime, bytes], verdict: .incomparable(.ambiguous(inCandidate: true))),
    MismatchCase(
      testDescription: "several directions in the candidate", old: [.wallTime],
      new: [.wallTime, rising], verdict: .incomparable(.ambiguous(inCandidate: true))),
    MismatchCase(
      testDescription: "the baseline only", old: [.wallTime], new: [], verdict: .missing),
    MismatchCase(testDescription: "the candidate only", old: [], new: [.wallTime], verdict: .new),
  ]
}

@Test("what cannot be compared is said, and counts for no family", arguments: MismatchCase.all)
func mismatch(_ example: MismatchCase) throws {
  let familyResult = FamilyResult(
    old: try example.old.map { try series(times(5, 100), metric: $0) },
    new: try example.new.map { try series(times(5, 100), metric: $0) }, policy: Policy())
  #expect(familyResult.seriesResults.map(\.verdict) == [example.verdict])
  #expect(familyResult.seriesResults.map(\.comparison) == [nil])
  #expect(familyResult.seriesResults.map(\.significance?.p) == [nil])
  #expect(familyResult.familySize == 0)
}

@Test("labels and metrics tell series apart")
func identities() throws {
  func one(_ size: String, _ metric: Metric) throws -> Series {
    Series(
      benchmark: Benchmark(name: "b", labels: ["size": size]), metric: metric,
      rounds: [try Round([1])], source: "test")
  }
  let old = [try one("1", .wallTime), try one("2", .maxRSS)]
  let new = [try one("1", .maxRSS), try one("2", .maxRSS)]
  let seriesResults = FamilyResult(old: old, new: new, policy: Policy()).seriesResults
  #expect(
    seriesResults.map(\.id.description) == [
      "b size=1 max_rss", "b size=1 wall_time",
      "b size=2 max_rss",
    ])
  #expect(seriesResults.map(\.verdict.kind) == [.new, .missing, .inconclusive])
}

extension Series.ID {
  fileprivate var description: String { "\(benchmark) \(metric)" }
}
