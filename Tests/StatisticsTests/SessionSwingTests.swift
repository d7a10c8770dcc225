import Statistics
import TestSupport
import Testing

@Suite("The swing between sessions is that of one level")
struct SessionSwingTests {
  /// Medians at some levels, the newest first, with 1 % of noise.
  private static func medians(_ levels: (Double, Int)...) -> [Double] {
    var generator = SeededGenerator(seed: 9)
    return levels.flatMap { level, count in
      (0..<count).map { _ in level * (1 + generator.normal() / 100) }
    }
  }

  @Test("after a step with enough sessions behind it only these count")
  func sinceStep() throws {
    let medians = Self.medians((130, 7), (100, 8))
    let swing = try #require(SessionSwing(medians: medians))
    #expect(swing.medians == Array(medians.prefix(7)))
    #expect(abs(swing.level - 130) < 2 && swing.deviation < 0.02)
    #expect(swing == SessionSwing(medians: Array(medians.prefix(7))))
  }

  @Test("with too few behind it all count, each about the mean of its own level")
  func pooled() throws {
    let medians = Self.medians((130, 3), (100, 9))
    let swing = try #require(SessionSwing(medians: medians))
    #expect(swing.medians == medians)
    #expect(abs(swing.level - 130) < 3 && swing.deviation < 0.02)
    // Ten degrees of freedom: twelve medians on two levels.
    let width = swing.interval(of: swing.level, confidence: 0.95)
    let error = swing.deviation * (1 + 1.57 / 3).squareRoot()
    #expect(abs(width.upperBound - (1 + 2.228 * error)) < 0.002)
  }

  @Test("without a step all count, as they did")
  func withoutStep() throws {
    let medians = Self.medians((100, 12))
    let swing = try #require(SessionSwing(medians: medians))
    #expect(swing.medians == medians)
    let constant = try #require(SessionSwing(medians: Array(repeating: 7, count: 5)))
    #expect(constant.deviation == 0 && constant.p(of: 7) == 1 && constant.p(of: 8) == 0)
  }

  @Test("too few sessions, values of zero and infinite ones show nothing")
  func none() {
    #expect(SessionSwing(medians: [1, 2, 3, 4]) == nil)
    #expect(SessionSwing(medians: [1, 2, 3, 4, 0]) == nil)
    #expect(SessionSwing(medians: [1, 2, 3, 4, .infinity]) == nil)
  }
}
