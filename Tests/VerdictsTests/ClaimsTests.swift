import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// One cell of "What the rule can claim" in Statistics.md: ten rounds a side, each series for itself,
/// a threshold of 10 %, alpha .05.
struct Claim: CustomTestStringConvertible {
  /// The standard deviation between rounds as a part of their mean.
  let noise: Double
  /// The true one.
  let change: Double
  /// The share of series that are flagged by a rule that holds the ratio of the two medians against
  /// the threshold.
  let documented: Double
  /// The share by Hodges and Lehmann's ratio, which this rule takes: from 500,000 series a cell,
  /// worked out apart from this code. It wavers less than the ratio of medians does, so it catches
  /// more where noise is large, and raises no more false alarms.
  let flagged: Double

  init(_ noise: Double, _ change: Double, documented: Double, flagged: Double) {
    self.noise = noise
    self.change = change
    self.documented = documented
    self.flagged = flagged
  }

  var testDescription: String {
    "+\((100 * change).rounded()) % at a noise of \((100 * noise).rounded()) %"
  }

  static let all: [Claim] = [
    Claim(0.01, 0.00, documented: 0.0000, flagged: 0.0000),
    Claim(0.01, 0.10, documented: 0.5000, flagged: 0.5004),
    Claim(0.01, 0.15, documented: 1.0000, flagged: 1.0000),
    Claim(0.01, 0.20, documented: 1.0000, flagged: 1.0000),
    Claim(0.03, 0.00, documented: 0.0000, flagged: 0.0000),
    Claim(0.03, 0.10, documented: 0.5000, flagged: 0.5015),
    Claim(0.03, 0.15, documented: 1.0000, flagged: 0.9993),
    Claim(0.03, 0.20, documented: 1.0000, flagged: 1.0000),
    Claim(0.05, 0.00, documented: 0.0001, flagged: 0.0000),
    Claim(0.05, 0.10, documented: 0.5100, flagged: 0.5008),
    Claim(0.05, 0.15, documented: 0.9600, flagged: 0.9725),
    Claim(0.05, 0.20, documented: 1.0000, flagged: 0.9999),
    Claim(0.10, 0.00, documented: 0.0120, flagged: 0.0118),
    Claim(0.10, 0.10, documented: 0.3800, flagged: 0.4110),
    Claim(0.10, 0.15, documented: 0.7300, flagged: 0.7608),
    Claim(0.10, 0.20, documented: 0.9300, flagged: 0.9436),
  ]
}

@Suite("what the rule claims")
struct ClaimsTests {
  /// The noise of 5,000 series, the same in all cells: a share of them has a standard error of .71
  /// points at the most, so that the two points allowed are 2.8 of them.
  private static let noise = {
    var random = SeededGenerator(seed: 20_261_120)
    return (0..<5_000).map { _ in (0..<20).map { _ in random.normal() } }
  }()

  private static let allowed = 0.02

  @Test("of series with a true change, as many are flagged as documented", arguments: Claim.all)
  func shares(_ claim: Claim) throws {
    let seriesResults = try seriesResults(noise: claim.noise, change: claim.change)
    let flagged = seriesResults.share { $0.verdict.kind == .regression }
    let byMedians = seriesResults.share(where: isFlaggedByMedians)
    #expect((flagged - claim.flagged).magnitude <= Self.allowed)
    #expect((byMedians - claim.documented).magnitude <= Self.allowed)
  }

  private func seriesResults(noise: Double, change: Double) throws -> [SeriesResult] {
    var (old, new): ([Series], [Series]) = ([], [])
    for (index, deviations) in Self.noise.enumerated() {
      let values = deviations.map { 1 + noise * $0 }
      old.append(try series(Array(values[..<10]), name: "b\(index)"))
      new.append(try series(values[10...].map { $0 * (1 + change) }, name: "b\(index)"))
    }
    var policy = Policy()
    policy.correction = .none
    return FamilyResult(old: old, new: new, policy: policy).seriesResults
  }

  private func isFlaggedByMedians(_ seriesResult: SeriesResult) -> Bool {
    guard let comparison = seriesResult.comparison, let p = comparison.test?.p else { return false }
    return p <= 0.05 && comparison.new.median > 1.1 * comparison.old.median
  }
}

extension [SeriesResult] {
  fileprivate func share(where isCounted: (SeriesResult) -> Bool) -> Double {
    Double(count(where: isCounted)) / Double(count)
  }
}
