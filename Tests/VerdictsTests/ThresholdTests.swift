import Measurements
import Testing
import Verdicts

/// A threshold, what was measured, and what is said of it.
struct LimitCase: CustomTestStringConvertible {
  let threshold: Double
  let old: Double
  let new: Double
  let metric: Metric
  let kind: Verdict.Kind

  init(_ threshold: Double, _ old: Double, _ new: Double, _ metric: Metric, _ kind: Verdict.Kind) {
    (self.threshold, self.old, self.new) = (threshold, old, new)
    (self.metric, self.kind) = (metric, kind)
  }

  var testDescription: String { "±\(threshold * 100) %: \(old) → \(new) \(metric.name)" }

  static let all: [LimitCase] = [
    // Any change of an exact count, also one that no ratio shows.
    LimitCase(0, 100, 101, .instructions, .regression),
    LimitCase(0, 100, 99, .instructions, .improvement),
    LimitCase(0, 100, 100, .instructions, .unchanged),
    LimitCase(0, 9e15, 9e15 + 1, .instructions, .regression),
    LimitCase(0, 9e15, 9e15 - 1, .hits, .regression),
    LimitCase(0, 0, 0, .instructions, .unchanged),
    LimitCase(0, 0, 1, .instructions, .regression),
    LimitCase(0, 100, 101, .wallTime, .regression),
    LimitCase(0, 100, 100, .wallTime, .unchanged),
    // From 100 % on a rise is what it was.
    LimitCase(1, 100, 200, .wallTime, .unchanged),
    LimitCase(1, 100, 201, .wallTime, .regression),
    LimitCase(3, 100, 250, .wallTime, .unchanged),
    LimitCase(3, 100, 401, .wallTime, .regression),
    // A fall is what brings it back: to half for 100 %, to a quarter for 300 %.
    LimitCase(1, 100, 51, .throughput, .unchanged),
    LimitCase(1, 100, 49, .throughput, .regression),
    LimitCase(3, 100, 26, .throughput, .unchanged),
    LimitCase(3, 100, 24, .throughput, .regression),
    LimitCase(3, 100, 0, .throughput, .regression),
    LimitCase(3, 100, 24, .wallTime, .improvement),
    LimitCase(3, 100, 401, .throughput, .improvement),
    // Below it is as far as the rise.
    LimitCase(0.99, 100, 2, .throughput, .unchanged),
    LimitCase(0.99, 100, 0.9, .throughput, .regression),
    // Below zero there are differences only.
    LimitCase(2, -100, -250, .hits, .unchanged),
    LimitCase(2, -100, -301, .hits, .regression),
  ]
}

@Test("a threshold is from 0 % upward, without an end", arguments: LimitCase.all)
func limit(_ example: LimitCase) throws {
  func side(_ value: Double) throws -> Series {
    try series(times(example.metric.exact ? 1 : 10, value), metric: example.metric)
  }
  let familyResult = FamilyResult(
    old: [try side(example.old)], new: [try side(example.new)],
    policy: .threshold(example.threshold))
  #expect(familyResult.seriesResults.map(\.verdict.kind) == [example.kind])
}

@Test("an amount that is ignored stays ignored, however large a part it is")
func ignoredAmount() throws {
  let policy = try Policy.with {
    $0.floors = [.init(pattern: Pattern("*"), value: try amount("50ns"))]
  }
  let familyResult = FamilyResult(
    old: [try series(times(10, 10))], new: [try series(times(10, 1.5))], policy: policy)
  #expect(familyResult.seriesResults.map(\.verdict) == [.unchanged])
}

@Test("a threshold is looser where it lets something pass that the other does not")
func looseness() {
  #expect(Threshold.isLooser(0.2, than: 0.1))
  #expect(!Threshold.isLooser(0.1, than: 0.2))
  #expect(!Threshold.isLooser(0.1, than: 0.1))
  #expect(Threshold.isLooser(0, than: 0) == false)
  #expect(Threshold.isLooser(3, than: 0.99))
  #expect(Threshold.isLooser(0.99, than: 1))
  #expect(!Threshold.isLooser(0.4, than: 1))
}
