import Statistics
import Testing

@Suite("The change points of a series of outcomes")
struct OutcomeChangePointsTests {
  private func draw(
    _ rate: Double, of attempts: Int, _ random: inout SeededGenerator
  ) -> TaskAttempts.Side {
    TaskAttempts.Side(
      solved: (0..<attempts).count { _ in .random(in: 0..<1, using: &random) < rate }, of: attempts)
  }

  private func side(_ solved: Int, of attempts: Int) -> TaskAttempts.Side {
    TaskAttempts.Side(solved: solved, of: attempts)
  }

  @Test("are one step, with the rates, their difference and the exact p")
  func step() throws {
    let old = Array(repeating: side(9, of: 10), count: 10)
    let new = Array(repeating: side(5, of: 10), count: 8)
    let found = OutcomeChangePoints(in: old + [nil] + new)
    let point = try #require(found.points.first)
    #expect(found.points.count == 1)
    #expect(point.index == 11)
    #expect(found.levels == [side(90, of: 100), side(40, of: 80)])
    #expect(abs(point.change.estimate + 0.4) < 1e-12)
    #expect(point.change.interval.contains(-0.4))
    let sides = [TaskAttempts(old: side(90, of: 100), new: side(40, of: 80))]
    #expect(point.p == OutcomeTest(sides).twoSided)
  }

  @Test("are none in a few points, without attempts, or below the margin")
  func none() {
    #expect(OutcomeChangePoints(in: []).levels.isEmpty)
    #expect(OutcomeChangePoints(in: [nil, nil]).levels.isEmpty)
    #expect(OutcomeChangePoints(in: [side(1, of: 1)]).levels == [side(1, of: 1)])
    let large = Array(repeating: side(900, of: 1000), count: 9)
    let less = Array(repeating: side(850, of: 1000), count: 9)
    #expect(OutcomeChangePoints(in: large + less).points.isEmpty)
    #expect(OutcomeChangePoints(in: large + less, margin: 0.04).points.map(\.index) == [9])
    #expect(OutcomeChangePoints(in: Array(repeating: side(3, of: 3), count: 99)).points.isEmpty)
  }

  @Test("are none for one bad session, and one for four")
  func badSession() {
    let good = Array(repeating: side(900, of: 1000), count: 9)
    let bad = side(0, of: 1000)
    #expect(OutcomeChangePoints(in: good + [bad] + good).points.isEmpty)
    #expect(OutcomeChangePoints(in: good + [bad]).points.isEmpty)
    let four = Array(repeating: bad, count: 4)
    #expect(OutcomeChangePoints(in: good + four).points.map(\.index) == [9])
    #expect(OutcomeChangePoints(in: good + four + good).points.map(\.index) == [9, 13])
  }

  @Test("find all from nothing, and nothing from all")
  func ends() {
    let all = Array(repeating: side(2, of: 2), count: 10)
    let none = Array(repeating: side(0, of: 2), count: 10)
    #expect(OutcomeChangePoints(in: all + none + all).points.map(\.index) == [10, 20])
  }

  @Test("are none in unchanged series", arguments: [0.5, 0.9], [1, 3, 20])
  func unchanged(rate: Double, attempts: Int) {
    var random = SeededGenerator(seed: UInt64(attempts))
    for _ in 0..<3 {
      let series = (0..<1000).map { _ in draw(rate, of: attempts, &random) }
      #expect(OutcomeChangePoints(in: series).points.isEmpty)
    }
  }

  @Test("find a drop of 20 points in 100 points of three attempts", arguments: 1...5)
  func drop(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let series = (0..<200).map { draw($0 < 100 ? 0.9 : 0.7, of: 3, &random) }
    let found = OutcomeChangePoints(in: series).points
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.change.interval.upperBound < 0 })
  }
}
