import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

@Suite("The rounds of a recording")
struct MeasurementIssueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// In ms.
    let rounds: [Double]
    let expected: [MeasurementIssue]

    init(_ description: String, _ rounds: [Double], shows expected: MeasurementIssue...) {
      testDescription = description
      self.rounds = rounds
      self.expected = expected
    }

    static let all = [
      Case("steady", [100, 101, 99, 100, 102, 98, 101, 100, 99, 101]),
      Case("short", [4.9, 4.8, 4.9], shows: .short(median: 4.9e6)),
      Case("short, and moody", [9, 2, 2.1, 2, 2.1, 2], shows: .short(median: 2.05e6)),
      Case("of five milliseconds", [5, 5, 5]),
      Case("one, which shows nothing", [100]),
      // All 45 pairs rise: 2 of 10! orders. The thirds are three rounds each, with medians 101 and 108.
      Case(
        "rising", [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
        shows: .trend(change: 108 / 101 - 1, p: 2 / 3_628_800)),
      Case(
        "falling", [109, 108, 107, 106, 105, 104, 103, 102, 101, 100],
        shows: .trend(change: 101 / 108 - 1, p: 2 / 3_628_800)),
      Case("rising by what nobody minds", (0..<10).map { 100 + 0.1 * Double($0) }),
      Case("rising, too few to tell", [100, 110, 120, 130, 140]),
      Case(
        "two far off", [100, 101, 99, 150, 102, 98, 60, 100, 99, 101],
        shows: .outliers(count: 2, of: 10, worst: 0.6)),
      Case("one off by what nobody minds", [100, 101, 99, 100, 115, 100, 101, 99, 100, 100]),
      Case("four of which one is far off", [100, 101, 99, 250]),
      Case(
        "slow at first", [150, 130, 100, 101, 99, 100, 102, 98, 101, 100],
        shows: .slowStart(rounds: 2, of: 10, excess: 150 / 100.5 - 1)),
      Case(
        "slow at first, and no slower than later", [125, 100, 101, 99, 100, 130, 98, 101, 100, 99],
        shows: .outliers(count: 2, of: 10, worst: 1.3)),
      Case(
        "slow at first, then rising", [200, 100, 101, 102, 103, 104, 105, 106, 107, 108],
        shows: .slowStart(rounds: 1, of: 10, excess: 200 / 104.5 - 1),
        .trend(change: 107 / 101 - 1, p: 2 / 362_880)),
      Case("all equal", Array(repeating: 100, count: 20)),
      Case("nothing at all", [0, 0, 0, 0, 0, 0]),
    ]
  }

  @Test("show what disturbed them", arguments: Case.all)
  func issues(_ example: Case) throws {
    let observations = try [series(example.rounds.map { $0 * 1e6 })]
      .observations(areLaunches: true)
    #expect(observations.count == example.expected.count, "\(observations)")
    for (observation, expected) in zip(observations, example.expected) {
      #expect(observation.issue.isClose(to: expected), "\(observation.issue)")
    }
  }

  @Test("of a harness are not too short, whatever it timed")
  func harness() throws {
    #expect(try [series([10, 11, 10])].observations(areLaunches: false).isEmpty)
  }

  @Test("count by their medians, and as wall time only")
  func others() throws {
    let rising = (0..<10).map { 1e8 + 1e7 * Double($0) }
    #expect(try [series(rising, metric: .userTime)].observations(areLaunches: true).isEmpty)
    let samples = rising.map { [$0, $0, 9e9] }
    #expect(try [series(rounds: samples)].observations(areLaunches: true).count == 1)
  }

  @Test("of many benchmarks share one probability of a false alarm")
  func family() throws {
    // S = 31 of 45, p = .0046: less than .01 for one, not for three.
    let rising: [Double] = [103, 101, 100, 105, 102, 106, 104, 108, 107, 109]
    let one = try series(rising.map { $0 * 1e6 })
    #expect([one].observations(areLaunches: true).count == 1)
    let quiet = try ["c", "d"].map { try series(times(10, 1e8), name: $0) }
    #expect(([one] + quiet).observations(areLaunches: true).isEmpty)
  }

  /// A hundredth of the trends, and what the limits let through, as their comments say.
  @Test("of a healthy machine show nothing", arguments: [0.005, 0.03, 0.05])
  func healthy(noise: Double) throws {
    var random = SeededGenerator(seed: UInt64(noise * 1000))
    let recordings = 1000
    let alarms = try (0..<recordings).count { _ in
      let rounds = (0..<10).map { _ in 1e8 * (1 + noise * random.normal()) }
      return try !([series(rounds)].observations(areLaunches: true)).isEmpty
    }
    #expect(Double(alarms) / Double(recordings) < 0.03)
  }
}

extension MeasurementIssue {
  /// Whether it is the same but for rounding.
  fileprivate func isClose(to other: MeasurementIssue) -> Bool {
    func same(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-9 * b.magnitude }
    return switch (self, other) {
    case (.short(let a), .short(let b)): same(a, b)
    case (.slowStart(let a, let n, let x), .slowStart(let b, let m, let y)):
      a == b && n == m && same(x, y)
    case (.trend(let x, let p), .trend(let y, let q)): same(x, y) && same(p, q)
    case (.outliers(let a, let n, let x), .outliers(let b, let m, let y)):
      a == b && n == m && same(x, y)
    default: false
    }
  }
}
