import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// Whole trials over seeded noise, which is normal and the same on both sides.
///
/// What is expected was worked out apart from this code, from 2,000 to 20,000 trials a line.
@Suite("trials over seeded noise")
struct SequentialTestSimulationTests {
  struct Case: CustomTestStringConvertible {
    /// The standard deviation between rounds as a part of their mean.
    let noise: Double
    /// The true one.
    let change: Double
    /// On average, until a benchmark is settled or the last look is over.
    let rounds: Double

    init(_ noise: Double, _ change: Double, rounds: Double) {
      self.noise = noise
      self.change = change
      self.rounds = rounds
    }

    var testDescription: String {
      "+\((100 * change).rounded()) % at a noise of \((100 * noise).rounded()) %"
    }

    static let all = [
      Case(0.01, 0, rounds: 5), Case(0.03, 0, rounds: 5.9), Case(0.05, 0, rounds: 9.7),
      Case(0.10, 0, rounds: 23.5),
      Case(0.01, 0.15, rounds: 5.1), Case(0.03, 0.15, rounds: 13.3),
      Case(0.01, 0.25, rounds: 5), Case(0.03, 0.25, rounds: 5.1), Case(0.05, 0.25, rounds: 7.0),
      Case(0.05, 0.30, rounds: 5.7), Case(0.10, 0.50, rounds: 6.2),
    ]
  }

  /// Statistics.md has 7 rounds for what did not change and 5 to 6 for slow-downs above 20 %, in real
  /// data, whose noise is mostly below 5 %.
  @Test("a series by itself is settled rightly, and as soon as documented", arguments: Case.all)
  func alone(_ example: Case) throws {
    let gate = Gate(size: 400, noises: [example.noise], changes: [example.change], seed: 5)
    let outcome = try gate.tried(.each(threshold: 0.1))
    #expect((outcome.rounds / example.rounds - 1).magnitude < 0.05)
    if example.change > 0 {
      #expect(outcome.regressions == 400)
    } else {
      #expect(outcome.regressions == 0)
      // Where noise is large some are, at a look that does not settle them.
      #expect(outcome.flagged.count <= (example.noise < 0.05 ? 0 : 8))
    }
  }

  /// Without a threshold a verdict is the test's alone, and all of alpha is spent: worked out apart
  /// from this code, 4.8 % of series by themselves are flagged.
  @Test("of series that did not change, at most alpha are ever flagged, each for itself")
  func errorAlone() throws {
    let gate = Gate(size: 1_000, noises: [0.05], changes: [0], seed: 1)
    let outcome = try gate.tried(.each(threshold: 0))
    #expect(outcome.flagged.count <= 55)
    #expect(outcome.flagged.count >= 30)
  }

  struct Families: CustomTestStringConvertible {
    let testDescription: String
    let threshold: Double
    /// Of the first series, the second and so on, again and again.
    let noises: [Double]

    static let all = [
      // 3.5 % of them, by 20,000. It is below 4.8 %, since what seems to be better, though not by
      // enough for 20, is settled and gets no further look.
      Families(
        testDescription: "no threshold, hardly any is settled", threshold: 0, noises: [0.05]),
      // 2.4 % of them, by 2,000.
      Families(testDescription: "settled bit by bit", threshold: 0.02, noises: [0.05]),
      // 0.7 % of them, by 2,000.
      Families(
        testDescription: "three quarters settled at once", threshold: 0.01,
        noises: [0.002, 0.002, 0.002, 0.1]),
    ]
  }

  /// Whenever the other series of a family are settled, they remain in it.
  @Test(
    "of families in which nothing changed, at most alpha have any series that is ever flagged",
    arguments: Families.all)
  func errorOfFamilies(_ example: Families) throws {
    let wrong = try (1...80).count { seed in
      let gate = Gate(size: 20, noises: example.noises, changes: [0], seed: UInt64(seed))
      return try !gate.tried(.family(threshold: example.threshold)).flagged.isEmpty
    }
    #expect(wrong <= 4)
  }

  @Test(
    "with a threshold, families that did not change are hardly ever flagged, whatever the noise",
    arguments: [0.01, 0.03, 0.05, 0.1])
  func families(noise: Double) throws {
    let flagged = try (1...15).map { seed in
      let gate = Gate(size: 20, noises: [noise], changes: [0], seed: UInt64(seed))
      return try gate.tried(.family(threshold: 0.1)).regressions
    }
    #expect(flagged.reduce(0, +) == 0)
  }

  @Test("of what is flagged, at most alpha is false where some series changed")
  func falseDiscoveries() throws {
    let shares = try (1...30).map { seed in
      let gate = Gate(
        size: 20, noises: [0.05], changes: [0.3, 0, 0, 0, 0], seed: UInt64(seed))
      let outcome = try gate.tried(.family(threshold: 0))
      let truly = outcome.flagged.count { (Int($0.benchmark.name) ?? 0).isMultiple(of: 5) }
      #expect(truly == 4)
      return Double(outcome.flagged.count - truly) / Double(outcome.flagged.count)
    }
    #expect(shares.reduce(0, +) / 30 <= 0.055)
  }
}

extension Policy {
  /// Each series for itself, with a threshold or without.
  fileprivate static func each(threshold: Double) -> Policy {
    var policy = Policy.threshold(threshold)
    policy.correction = .none
    return policy
  }

  fileprivate static func family(threshold: Double) -> Policy { .threshold(threshold) }
}

/// The rounds of a gate, as many as any look asks for.
private struct Gate {
  private let old: [[Double]]
  private let new: [[Double]]

  /// - Parameters:
  ///   - noises: Of the first series, the second and so on, again and again.
  ///   - changes: The true ones, likewise.
  init(size: Int, noises: [Double], changes: [Double], seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func rounds(_ typical: Double, _ index: Int) -> [Double] {
      (0..<40).map { _ in typical * (1 + noises[index % noises.count] * random.normal()) }
    }
    old = (0..<size).map { rounds(1, $0) }
    new = (0..<size).map { rounds(1 + changes[$0 % changes.count], $0) }
  }

  struct Outcome {
    let seriesResults: [SeriesResult]
    /// What was a regression or an improvement at any look.
    let flagged: Set<Series.ID>

    /// On average.
    var rounds: Double {
      let rounds = seriesResults.compactMap(\.comparison?.new.rounds)
      return Double(rounds.reduce(0, +)) / Double(rounds.count)
    }

    var regressions: Int { seriesResults.count { $0.verdict.kind == .regression } }
  }

  /// Measures what is open, look by look.
  func tried(_ policy: Policy) throws -> Outcome {
    var sequentialTest = SequentialTest(policy: policy)
    var flagged: Set<Series.ID> = []
    while let look = sequentialTest.next {
      let open = old.indices.filter {
        sequentialTest.undecided?.contains(Benchmark(name: "\($0)")) ?? true
      }
      func measured(_ side: [[Double]]) throws -> [Series] {
        try open.map { try series(Array(side[$0].prefix(look.rounds)), name: "\($0)") }
      }
      sequentialTest.look(old: try measured(old), new: try measured(new))
      flagged.formUnion(
        sequentialTest.familyResult.seriesResults
          .filter { [.regression, .improvement].contains($0.verdict.kind) }.map(\.id))
    }
    return Outcome(seriesResults: sequentialTest.familyResult.seriesResults, flagged: flagged)
  }
}
