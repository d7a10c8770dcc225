import Statistics
import Testing

@Suite("The exact test of outcomes")
struct OutcomeTestTests {
  @Test(
    "has the known answers, and the difference its interval",
    .enabled(if: OutcomeCase.hasShared, "shared/golden is not beside the package"))
  func golden() throws {
    let cases = try OutcomeCase.all
    #expect(cases.count >= 9)
    for golden in cases {
      let name = Comment(rawValue: golden.name)
      let test = OutcomeTest(golden.tasks)
      #expect(test.less.isClose(to: golden.less, within: 1e-12), name)
      #expect(test.greater.isClose(to: golden.greater, within: 1e-12), name)
      #expect(test.twoSided.isClose(to: golden.twoSided, within: 1e-12), name)
      let difference = try #require(RateDifference(golden.tasks))
      let found = [
        difference.estimate, difference.interval.lowerBound, difference.interval.upperBound,
      ]
      for (one, other) in zip(found, golden.interval) {
        #expect((one - other).magnitude < 1e-9, name)
      }
      let effective = [difference.old.effective, difference.new.effective]
      for (one, other) in zip(effective, golden.effective ?? effective) {
        #expect(one.isClose(to: other), name)
      }
    }
  }

  struct Known: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let tasks: [TaskAttempts]
    let twoSided: Double
  }

  /// McNemar's exact p is 2·P(Binomial(9, ½) ≤ 1) = 20/512 for 1 against 8. Fisher's one-sided p of 18
  /// of 20 and 2 of 5 is .0376623 (R, `fisher.test`, `alternative = "less"`).
  @Test(
    "is McNemar's for one attempt a task, and Fisher's doubled for one task",
    arguments: [
      Known(
        testDescription: "no discordant pair",
        tasks: pairs(both: 30, lost: 0, won: 0, neither: 20), twoSided: 1),
      Known(
        testDescription: "8 lost, 1 won", tasks: pairs(both: 30, lost: 8, won: 1, neither: 11),
        twoSided: 20.0 / 512),
      Known(
        testDescription: "6 lost", tasks: pairs(both: 40, lost: 6, won: 0, neither: 4),
        twoSided: 2.0 / 64),
      Known(
        testDescription: "one task", tasks: [TaskAttempts((18, 20), (2, 5))],
        twoSided: 0.07532467532467532),
      Known(testDescription: "no task", tasks: [], twoSided: 1),
    ])
  func known(_ known: Known) {
    #expect(OutcomeTest(known.tasks).twoSided.isClose(to: known.twoSided, within: 1e-12))
  }

  static func pairs(both: Int, lost: Int, won: Int, neither: Int) -> [TaskAttempts] {
    func tasks(_ count: Int, _ old: Int, _ new: Int) -> [TaskAttempts] {
      Array(repeating: TaskAttempts([old], [new]), count: count)
    }
    return tasks(both, 1, 1) + tasks(lost, 1, 0) + tasks(won, 0, 1) + tasks(neither, 0, 0)
  }

  @Test("is what all ways to deal out the solved attempts of each task give")
  func bruteForce() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let tasks = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        let (old, new) = (
          Int.random(in: 1...3, using: &generator), Int.random(in: 1...3, using: &generator)
        )
        return TaskAttempts(
          (Int.random(in: 0...old, using: &generator), old),
          (Int.random(in: 0...new, using: &generator), new))
      }
      let test = OutcomeTest(tasks)
      let counts = Self.deals(tasks)
      let all = Double(counts.count)
      #expect(test.less.isClose(to: Double(counts.count { $0 <= test.solved }) / all))
      #expect(test.greater.isClose(to: Double(counts.count { $0 >= test.solved }) / all))
    }
  }

  /// The solved attempts of the new side, for every way to deal out what each task solved.
  private static func deals(_ tasks: [TaskAttempts]) -> [Int] {
    tasks.reduce([0]) { sums, task in
      let (old, all) = (task.old.attempts, task.old.attempts + task.new.attempts)
      let ways = (0..<(1 << all)).filter {
        $0.nonzeroBitCount == task.old.solved + task.new.solved
      }.map { ($0 >> old).nonzeroBitCount }
      return sums.flatMap { sum in ways.map { sum + $0 } }
    }
  }

  @Test("mirrors itself if the sides are exchanged")
  func symmetry() {
    let tasks = [TaskAttempts((5, 5), (2, 3)), TaskAttempts((3, 3), (2, 5))]
    let mirrored = tasks.map { TaskAttempts(old: $0.new, new: $0.old) }
    let (one, other) = (OutcomeTest(tasks), OutcomeTest(mirrored))
    #expect(one.less.isClose(to: other.greater) && one.greater.isClose(to: other.less))
  }

  @Test("never finds anything impossible: p stays above 0 for a thousand tasks that are all lost")
  func extreme() {
    let tasks = Array(repeating: TaskAttempts((10, 10), (0, 10)), count: 300)
    let p = OutcomeTest(tasks).twoSided
    #expect(p > 0 && p < 1e-300)
    #expect(OutcomeTest([TaskAttempts((2000, 2000), (1990, 2000))]).twoSided > 0.001)
  }
}
