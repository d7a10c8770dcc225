import Testing

/// The bars of HISTORY, with room for the chance of few runs.
@Suite("A simulated bisection")
struct BisectionSimulationTests {
  private struct Result {
    var right = 0
    var claimed = 0
    var launches = 0.0
  }

  private func simulate(
    _ cell: BisectionMachine.Cell, runs: Int, ends: Int = 6, most: Int = 600
  ) -> Result {
    var result = Result()
    for seed in 1...runs {
      var machine = BisectionMachine(cell, seed: UInt64(seed))
      let isRight = machine.bisect(ends: ends, most: most)
      if isRight != nil { result.claimed += 1 }
      if isRight == true { result.right += 1 }
      result.launches += Double(machine.launches.count) / Double(runs)
    }
    return result
  }

  @Test("finds +10 % at 3 % noise among 64 commits with at most 60 launches")
  func plain() {
    let result = simulate(BisectionMachine.Cell(), runs: 25)
    #expect(result.right >= 24, "\(result)")
    #expect(result.launches <= 60, "\(result)")
  }

  @Test("finds +5 % at 3 % noise among 64 commits with at most 135 launches")
  func small() {
    let result = simulate(BisectionMachine.Cell(change: 0.05), runs: 15)
    #expect(result.right >= 13, "\(result)")
    #expect(result.launches <= 135, "\(result)")
  }

  @Test(
    "is right when it claims, in spite of drift and moods",
    arguments: [
      BisectionMachine.Cell(change: 0.05, noise: 0.01, drift: 0.05),
      BisectionMachine.Cell(change: 0.05, noise: 0.01, drift: 0.2),
      BisectionMachine.Cell(change: 0.05, noise: 0.01, batchMoods: 0.05),
      BisectionMachine.Cell(change: 0.2, noise: 0.1, correlation: 0.8),
      BisectionMachine.Cell(change: -0.1),
      BisectionMachine.Cell(commits: 1024),
    ])
  func calibrated(_ cell: BisectionMachine.Cell) {
    let result = simulate(cell, runs: 8)
    #expect(result.claimed >= 7, "\(result)")
    #expect(result.right >= 7, "\(result)")
  }

  @Test("claims almost nothing where nothing changed")
  func unchanged() {
    let result = simulate(BisectionMachine.Cell(commits: 8, change: 0), runs: 8, most: 100)
    #expect(result.claimed <= 2, "\(result)")
  }
}
