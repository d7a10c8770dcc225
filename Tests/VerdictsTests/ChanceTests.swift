import Measurements
import Testing
import Statistics
import Verdicts

/// Made-up measurements with a known truth: 5 % of noise between rounds, ten rounds a side.
@Suite("chance")
struct ChanceTests {
  /// What STATISTICS gives for a true change at n = 10 and a noise of 5 %: 0.01 % of unchanged
  /// series are flagged, 96 % of those at +15 %, all at +20 %. 500 series a family leave the shares
  /// a standard error of at most 1 %; the generator is seeded, so a run is as good as the last.
  @Test("of series with a true change, as many are flagged as documented")
  func power() throws {
    var generator = SeededGenerator(seed: 20_261_120)
    #expect(try flagged(change: 0, &generator) <= 1)
    #expect(try (470...495).contains(flagged(change: 0.15, &generator)))
    #expect(try flagged(change: 0.20, &generator) >= 498)
  }

  /// How many of 500 series with a true change are judged to be regressions.
  private func flagged(change: Double, _ generator: inout SeededGenerator) throws -> Int {
    var (old, new): ([Series], [Series]) = ([], [])
    for index in 0..<500 {
      let values = (0..<20).map { _ in 1 + 0.05 * normal(&generator) }
      old.append(try series(Array(values[..<10]), name: "b\(index)"))
      new.append(try series(values[10...].map { $0 * (1 + change) }, name: "b\(index)"))
    }
    return Assessment(old: old, new: new, policy: Policy()).counts[.regression] ?? 0
  }

  /// Twelve uniform numbers, less six, are normal enough here: mean 0, variance 1.
  private func normal(_ generator: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
  }
}
