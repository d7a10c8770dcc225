import Foundation
import Statistics
import Testing

struct GoldenTests {
  @Test func `the known answers in the fixture are met`() throws {
    try check(GoldenCase.all(in: GoldenFile.fixture), atLeast: 25)
  }

  @Test(.enabled(if: GoldenFile.hasShared, "shared/golden is not beside the package"))
  func `all known answers beside the package are met`() throws {
    try check(GoldenCase.all(in: GoldenFile.shared), atLeast: 100)
  }

  private func check(_ cases: [GoldenCase], atLeast count: Int) throws {
    #expect(cases.count >= count)
    var tables = UDistributions()
    for (index, golden) in cases.enumerated() {
      let name = Comment(rawValue: "case \(index), \(golden.kind)")
      try checkTest(golden, name, &tables)
      try checkEffect(golden, name, &tables)
    }
  }

  private func checkTest(
    _ golden: GoldenCase, _ name: Comment, _ tables: inout UDistributions
  ) throws {
    let (old, new) = try (Sample(golden.old), Sample(golden.new))
    let test = MannWhitney(old: old, new: new, tables: &tables)
    #expect(test.isExact, name)
    #expect(test.u == golden.u, name)
    #expect(test.less.isClose(to: golden.less, within: 1e-12), name)
    #expect(test.greater.isClose(to: golden.greater, within: 1e-12), name)
    #expect(test.twoSided.isClose(to: golden.twoSided, within: 1e-12), name)
    if let approximated = golden.approximated {
      let curve = MannWhitney.approximated(old: old, new: new)
      #expect(curve.twoSided.isClose(to: approximated, within: 1e-12), name)
    }
  }

  private func checkEffect(
    _ golden: GoldenCase, _ name: Comment, _ tables: inout UDistributions
  ) throws {
    let (old, new) = try (Sample(golden.old), Sample(golden.new))
    for (confidence, expected) in [(0.95, golden.interval95), (0.99, golden.interval99)] {
      let effect = HodgesLehmann(old: old, new: new, confidence: confidence, tables: &tables)
      #expect(effect.ratio?.isClose(to: golden.ratio) == true, name)
      guard let low = expected[0], let high = expected[1] else {
        #expect(effect.interval == nil, name)
        continue
      }
      let interval = try #require(effect.interval, name)
      #expect(interval.lowerBound.isClose(to: low), name)
      #expect(interval.upperBound.isClose(to: high), name)
    }
  }
}

extension Double {
  /// Equal but for rounding, as a part of the larger of the two.
  func isClose(to other: Double, within part: Double = 1e-9) -> Bool {
    (self - other).magnitude <= part * Swift.max(magnitude, other.magnitude)
  }
}
