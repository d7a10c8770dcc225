import Testing
import Trends

@Suite("A score has a weight for each metric")
struct ScoreTests {
  @Test("the weights stay in the order in which they were written")
  func order() throws {
    let weights = [
      Score.Weight("success", 50), Score.Weight("cost", 30), Score.Weight("wall_time", 20),
    ]
    let score = try Score("quality", weights: weights)
    #expect(score.weights == weights)
    #expect(score.total == 100)
  }

  @Test("weights that make no score are refused")
  func mistakes() {
    #expect(throws: Score.Problem.noWeights) { try Score("a", weights: []) }
    #expect(throws: Score.Problem.twice("cost")) {
      try Score("a", weights: [Score.Weight("cost", 1), Score.Weight("cost", 2)])
    }
    for value in [0, -1, .infinity, .nan] as [Double] {
      #expect(throws: Score.Problem.self) { try Score("a", weights: [Score.Weight("cost", value)]) }
    }
  }
}
