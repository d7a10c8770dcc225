import Statistics
import TestSupport
import Testing

@Suite("the smallest detectable change")
struct DetectableEffectTests {
  struct Case: CustomTestStringConvertible {
    let count: Int
    let noise: Double
    let limit: Double
    var alpha = 0.05
    var testDescription: String { "\(count) rounds, noise \(noise), limit \(limit), p \(alpha)" }

    static let all = [
      Case(count: 5, noise: 0.02, limit: 1.1), Case(count: 10, noise: 0.01, limit: 1.1),
      Case(count: 10, noise: 0.05, limit: 1.1), Case(count: 10, noise: 0.1, limit: 1.1),
      Case(count: 10, noise: 0.05, limit: 0.9), Case(count: 20, noise: 0.1, limit: 1.1),
      Case(count: 10, noise: 0.05, limit: 1.01), Case(count: 8, noise: 0.05, limit: 1.02),
      Case(count: 10, noise: 0.05, limit: 1.1, alpha: 0.0005),
    ]
  }

  /// The estimate is worked out from each pair of samples as it comes, without a change; a true
  /// change of its typical size must then be shown in four of five other pairs. The width of an
  /// interval of few values is uncertain itself, so the power may be off by a tenth.
  @Test("is shown four times out of five", arguments: Case.all)
  func power(_ example: Case) throws {
    var generator = SeededGenerator(seed: 7)
    var tables = UDistributions()
    let estimates = try (0..<150).map { _ in
      try #require(
        DetectableEffect(
          Blocks(old: sample(example, 1, &generator), new: sample(example, 1, &generator)),
          limit: example.limit, isFall: example.limit < 1, alpha: example.alpha, tables: &tables)
      ).estimate
    }
    let change = try Sample(estimates).median
    let shown = try (0..<500).count { _ in
      try isShown(
        sample(example, 1, &generator), sample(example, change, &generator), example, &tables)
    }
    #expect((0.7...0.9).contains(Double(shown) / 500), "\(change): \(shown)")
  }

  private func isShown(
    _ old: Sample, _ new: Sample, _ example: Case, _ tables: inout UDistributions
  ) -> Bool {
    let p = MannWhitney(old: old, new: new, tables: &tables).twoSided
    let ratio = HodgesLehmann(old: old, new: new, tables: &tables).estimate
    let isBeyond = example.limit > 1 ? ratio > example.limit : ratio < example.limit
    return p <= example.alpha && isBeyond
  }

  private func sample(
    _ example: Case, _ level: Double, _ generator: inout SeededGenerator
  ) throws -> Sample {
    try Sample(
      (0..<example.count).map { _ in
        level * (1 + example.noise * generator.normal())
      })
  }

  @Test("does not exist where no data could be significant")
  func tooFew() throws {
    var tables = UDistributions()
    let (old, new) = try (Sample([1, 2, 3]), Sample([1, 2, 3]))
    #expect(
      DetectableEffect(
        Blocks(old: old, new: new), limit: 1.1, isFall: false, alpha: 0.05, tables: &tables) == nil)
  }

  @Test("of differences is a difference, in the direction of the limit")
  func differences() throws {
    var tables = UDistributions()
    let old = try Sample([-2, -1, 0, 1, 2, 3])
    let up = DetectableEffect(
      Blocks(old: old, new: old), limit: 1, isFall: false, alpha: 0.05, tables: &tables)
    let down = DetectableEffect(
      Blocks(old: old, new: old), limit: -1, isFall: true, alpha: 0.05, tables: &tables)
    #expect(try #require(up).estimate > 1)
    #expect(try #require(up).estimate == -(try #require(down).estimate))
  }
}
