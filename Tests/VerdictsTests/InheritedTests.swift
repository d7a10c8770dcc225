import Measurements
import Testing
import Verdicts

/// A candidate that is 30 % slower than what its base was marked against, and its merge-base.
struct InheritedCase: CustomTestStringConvertible {
  let testDescription: String
  let base: [Double]
  let new: [Double]
  let kind: Verdict.Kind
  var metric = Metric.wallTime
  var baseMetric: Metric?
  var policy = Policy()

  private static let marked = spread(130)

  /// Ten values within ±2 %.
  static func spread(_ middle: Double) -> [Double] {
    (0..<10).map { middle * (1 + 0.02 * (Double($0) - 4.5) / 4.5) }
  }

  static let all: [InheritedCase] = [
    InheritedCase(
      testDescription: "unchanged since then", base: marked, new: spread(131), kind: .inherited),
    InheritedCase(
      testDescription: "better since then, but not all of it", base: spread(200), new: spread(130),
      kind: .inherited),
    InheritedCase(
      testDescription: "worse than the merge-base too", base: marked, new: spread(160),
      kind: .regression),
    InheritedCase(
      testDescription: "undecided against the merge-base", base: [100, 130, 160], new: spread(130),
      kind: .regression),
    InheritedCase(
      testDescription: "no worse than the mark's baseline any more", base: marked,
      new: spread(100), kind: .unchanged),
    InheritedCase(
      testDescription: "exact and the same", base: [130], new: [130], kind: .inherited,
      metric: .instructions),
    InheritedCase(
      testDescription: "exact and worse", base: [130], new: [150], kind: .regression,
      metric: .instructions),
    InheritedCase(
      testDescription: "exact, and any change counts", base: [130], new: [130.5],
      kind: .regression, metric: .instructions, policy: .threshold(0)),
    InheritedCase(
      testDescription: "the merge-base's numbers have another unit", base: marked, new: marked,
      kind: .regression, baseMetric: Metric("wall_time", .bytes)),
  ]
}

@Suite("a regression of the marked merge-base")
struct InheritedTests {
  private func seriesResult(
    _ example: InheritedCase, definitions: (base: String, new: String)? = nil
  ) throws -> SeriesResult {
    func series(_ values: [Double], _ metric: Metric, _ definition: String?) throws -> Series {
      try VerdictsTests.series(values, metric: metric)
        .defined(by: definition.map { Definition(digest: $0, text: "") })
    }
    let old = example.metric.exact ? [100] : InheritedCase.spread(100)
    let new = try series(example.new, example.metric, definitions?.new)
    let base = try series(example.base, example.baseMetric ?? example.metric, definitions?.base)
    let context = BaselineContext(standings: [new.id: Standing(markedBase: [base])])
    let familyResult = FamilyResult(
      old: [try VerdictsTests.series(old, metric: example.metric)], new: [new], context: context,
      policy: example.policy)
    return try #require(familyResult.seriesResults.first)
  }

  @Test("is inherited where the change adds nothing to it", arguments: InheritedCase.all)
  func verdict(_ example: InheritedCase) throws {
    let seriesResult = try seriesResult(example)
    #expect(seriesResult.verdict.kind == example.kind)
    #expect((seriesResult.inherited != nil) == (example.kind == .inherited))
  }

  @Test("says what the change itself adds, and fails only where the policy has it fail")
  func own() throws {
    let seriesResult = try seriesResult(InheritedCase.all[0])
    let own = try #require(seriesResult.inherited?.effect)
    #expect(isClose(own.change, 1.0 / 130))
    #expect(own.interval?.contains(0) == true)
    #expect(seriesResult.comparison?.effect.change.map { $0 > 0.3 } == true)
    #expect(seriesResult.response == .warn)
    #expect(seriesResult.outcome(under: Policy()) == .pass)
    var example = InheritedCase.all[0]
    example.policy.ledger.common[.inherited] = .fail
    let strict = try self.seriesResult(example)
    #expect(strict.outcome(under: example.policy) == .regression)
  }

  @Test("is not inherited by what is measured with other work")
  func redefined() throws {
    let same = try seriesResult(InheritedCase.all[0], definitions: ("1", "1"))
    #expect(same.verdict.kind == .inherited)
    let other = try seriesResult(InheritedCase.all[0], definitions: ("1", "2"))
    #expect(other.verdict.kind == .regression)
  }
}
