import Statistics
import Testing

@Suite("The difference of two rates")
struct RateDifferenceTests {
  @Test("weighs every task alike, however often it was attempted")
  func weights() throws {
    let difference = try #require(
      RateDifference([TaskAttempts((1, 1), (10, 10)), TaskAttempts((1, 2), (0, 1))]))
    #expect(difference.old.rate == 0.75 && difference.new.rate == 0.5)
    #expect(difference.estimate == -0.25)
    #expect(RateDifference([]) == nil)
  }

  /// Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
  /// paired data", 1998: 36 and 0 pairs agree, 12 and 2 do not; by method 10 the interval is .0569 to
  /// .3404.
  @Test("of pairs is Newcombe's")
  func published() throws {
    let tasks = OutcomeTestTests.pairs(both: 36, lost: 12, won: 2, neither: 0)
    let interval = try #require(RateDifference(tasks)).interval
    #expect((interval.lowerBound + 0.3404).magnitude < 0.0005, "\(interval)")
    #expect((interval.upperBound + 0.0569).magnitude < 0.0005, "\(interval)")
  }

  @Test("contains the estimate, stays within a whole, and mirrors itself")
  func properties() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let tasks = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        let (old, new) = (
          Int.random(in: 1...4, using: &generator), Int.random(in: 1...4, using: &generator)
        )
        return TaskAttempts(
          (Int.random(in: 0...old, using: &generator), old),
          (Int.random(in: 0...new, using: &generator), new))
      }
      let one = try #require(RateDifference(tasks))
      let other = try #require(
        RateDifference(tasks.map { TaskAttempts(old: $0.new, new: $0.old) }))
      #expect(one.interval.contains(one.estimate), "\(tasks)")
      #expect(one.interval.lowerBound >= -1 && one.interval.upperBound <= 1)
      #expect((one.interval.lowerBound + other.interval.upperBound).magnitude < 1e-12)
      #expect(one.old.effective >= Double(one.old.attempts) - 1e-9)
      #expect(one.excludableMargin > 0)
    }
  }

  @Test("names the attempts that would exclude a drop: four times as many for half of it")
  func attempts() throws {
    let tasks = Array(repeating: TaskAttempts((2, 3), (2, 3)), count: 20)
    let difference = try #require(RateDifference(tasks))
    let (ten, five) = try (
      #require(difference.attemptsNeeded(margin: 0.1)),
      #require(difference.attemptsNeeded(margin: 0.05))
    )
    #expect((Double(five) / Double(ten) - 4).magnitude < 0.02)
    // 15.7·v / margin², v = ⅔·⅓: capped by the variance of independent attempts.
    #expect((Double(ten) - 15.7 * 2 / 9 / 0.01).magnitude < 2)
    #expect((difference.excludableMargin - (15.7 * 2 / 9 / 60).squareRoot()).magnitude < 0.001)
    #expect(difference.attemptsNeeded(margin: 1e-6) == nil)
  }
}
