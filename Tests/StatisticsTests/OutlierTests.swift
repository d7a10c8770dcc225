import Statistics
import Testing

@Suite("Outliers")
struct OutlierTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let values: [Double]
    let scores: [Double]

    init(_ description: String, _ values: [Double], _ scores: [Double]) {
      testDescription = description
      self.values = values
      self.scores = scores
    }

    /// By hand: the median of 10...14 and 30 is 12.5, the distances 2.5 1.5 0.5 0.5 1.5 17.5 have the
    /// median 1.5, and 0.6745 / 1.5 = 0.44967.
    static let all = [
      Case(
        "as the formula has it", [10, 11, 12, 13, 14, 30],
        [-2.5, -1.5, -0.5, 0.5, 1.5, 17.5].map { $0 * 0.6745 / 1.5 }),
      Case(
        "in their order", [1, 9, 1.5, 2], [-0.75, 7.25, -0.25, 0.25].map { $0 * 0.6745 / 0.5 }),
      Case("all equal", [3, 3, 3], [0, 0, 0]), Case("one", [3], [0]),
      Case(
        "half of them equal: by the mean distance", [5, 5, 5, 5, 9],
        [0, 0, 0, 0, 4 / (0.8 * 1.2533)]),
    ]
  }

  @Test("are far from the median, in deviations that they cannot inflate", arguments: Case.all)
  func scores(_ example: Case) throws {
    let scores = try Sample(example.values).modifiedZScores
    #expect(scores.count == example.scores.count)
    for (score, expected) in zip(scores, example.scores) { #expect(score.isClose(to: expected)) }
  }

  @Test("of ten values of which most are equal, one or two can be outliers, three are a habit")
  func granular() throws {
    for (count, expected) in [(1, 1), (2, 2), (3, 0), (4, 0)] {
      let values = (0..<10).map { $0 < count ? 8.0 : 7.0 }
      let found = try Sample(values).modifiedZScores.count { $0 > Outliers.limit }
      #expect(found == expected)
    }
  }

  @Test("are not made by scale or place")
  func invariance() throws {
    let values = [10, 11, 12, 13, 14, 30.0]
    let scores = try Sample(values).modifiedZScores
    let others = try Sample(values.map { 1e9 * $0 + 7 }).modifiedZScores
    for (score, other) in zip(scores, others) { #expect(score.isClose(to: other)) }
  }
}
