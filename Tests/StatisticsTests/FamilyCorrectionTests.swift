import Statistics
import Testing

struct FamilyCorrectionTests {
  /// By hand, m = 5: .01·5/1 = .05, .04·5/4 = .05, .03·5/3 = .05, .02·5/2 = .05, .5·5/5 = .5.
  @Test func `Benjamini and Hochberg's correction is worked through by hand`() {
    let even = FamilyCorrection.benjaminiHochberg.adjusted([0.01, 0.04, 0.03, 0.02, 0.5])
    #expect(close(even, [0.05, 0.05, 0.05, 0.05, 0.5]))
    // .005·4/1 = .02, .011·4/2 = .022, .02·4/3 = .0267, .04·4/4 = .04.
    let uneven = FamilyCorrection.benjaminiHochberg.adjusted([0.02, 0.005, 0.04, 0.011])
    #expect(close(uneven, [0.08 / 3, 0.02, 0.04, 0.022]))
    // .03·3/1 = .09, but the next, .031·3/2 = .0465, is less; so it is for both.
    let lowered = FamilyCorrection.benjaminiHochberg.adjusted([0.03, 0.031, 1])
    #expect(close(lowered, [0.0465, 0.0465, 1]))
  }

  @Test func `Holm's correction is worked through by hand`() {
    // .01·4, .02·3, .022·2 = .044 but not less than .06, .9·1.
    let adjusted = FamilyCorrection.holm.adjusted([0.022, 0.01, 0.9, 0.02])
    #expect(close(adjusted, [0.06, 0.04, 0.9, 0.06]))
    #expect(FamilyCorrection.holm.adjusted([0.6, 0.7]) == [1, 1])
  }

  @Test func `no correction leaves p alone`() {
    #expect(FamilyCorrection.none.adjusted([0.3, 0.01]) == [0.3, 0.01])
  }

  @Test(arguments: FamilyCorrection.allCases)
  func `a family of one or none is not corrected`(_ correction: FamilyCorrection) {
    #expect(correction.adjusted([0.04]) == [0.04])
    #expect(correction.adjusted([]) == [])
  }

  @Test(arguments: FamilyCorrection.allCases)
  func `a correction never lowers p and keeps the order`(_ correction: FamilyCorrection) {
    var random = SeededGenerator(seed: 9)
    let p = (0..<50).map { _ in Double.random(in: 0...1, using: &random) }
    let adjusted = correction.adjusted(p)
    #expect(zip(p, adjusted).allSatisfy { $0 <= $1 && $1 <= 1 })
    let sorted = zip(p, adjusted).sorted { $0.0 < $1.0 }.map(\.1)
    #expect(sorted == adjusted.sorted())
  }

  @Test(arguments: 1...40)
  func `the decisions are the textbook's`(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for alpha in [0.01, 0.05, 0.2] {
      let p = (0..<count).map { _ in
        Double.random(in: 0...1, using: &random) * Double.random(in: 0...0.3, using: &random)
      }
      let stepUp = FamilyCorrection.benjaminiHochberg.adjusted(p).map { $0 <= alpha }
      #expect(stepUp == textbookStepUp(p, alpha))
      let stepDown = FamilyCorrection.holm.adjusted(p).map { $0 <= alpha }
      #expect(stepDown == textbookStepDown(p, alpha))
    }
  }

  @Test func `the strictest alpha is what the smallest p must reach`() {
    #expect(FamilyCorrection.benjaminiHochberg.strictestAlpha(0.05, tests: 100) == 0.0005)
    #expect(FamilyCorrection.holm.strictestAlpha(0.05, tests: 10) == 0.005)
    #expect(FamilyCorrection.none.strictestAlpha(0.05, tests: 10) == 0.05)
    #expect(FamilyCorrection.holm.strictestAlpha(0.05, tests: 0) == 0.05)
  }

  @Test func `a correction is named as the configuration names it`() {
    #expect(FamilyCorrection.allCases.map(\.rawValue) == ["benjamini-hochberg", "holm", "none"])
  }

  /// Rejects all up to the largest p(i) ≤ i·α/m.
  private func textbookStepUp(_ p: [Double], _ alpha: Double) -> [Bool] {
    let sorted = p.sorted()
    let last = sorted.indices.last { sorted[$0] <= Double($0 + 1) * alpha / Double(p.count) }
    return p.map { value in last.map { value <= sorted[$0] } ?? false }
  }

  /// Rejects until the first p(i) > α/(m - i + 1).
  private func textbookStepDown(_ p: [Double], _ alpha: Double) -> [Bool] {
    let sorted = p.sorted()
    let first = sorted.indices.first { sorted[$0] > alpha / Double(p.count - $0) }
    return p.map { value in first.map { value < sorted[$0] } ?? true }
  }

  private func close(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.isClose(to: $1) }
  }
}
