import Measurements
import Testing
import Verdicts

/// Two sides, and the smallest change for the worse that they would show.
struct DetectableCase: CustomTestStringConvertible {
  let testDescription: String
  let rounds: [[Double]]
  let change: Double?
  let metric: Metric
  let threshold: Double
  let floor: String?

  init(
    _ description: String, _ values: [Double], _ change: Double?, _ metric: Metric = .wallTime,
    threshold: Double = 0.1, floor: String? = nil
  ) {
    self.init(
      description, rounds: values.map { [$0] }, change, metric, threshold: threshold, floor: floor)
  }

  init(
    _ description: String, rounds: [[Double]], _ change: Double?, _ metric: Metric = .wallTime,
    threshold: Double = 0.1, floor: String? = nil
  ) {
    testDescription = description
    (self.rounds, self.change, self.metric) = (rounds, change, metric)
    (self.threshold, self.floor) = (threshold, floor)
  }

  /// Without noise it is the limit.
  static let limits: [DetectableCase] = [
    DetectableCase("the threshold", times(5, 100), 0.1),
    DetectableCase("where higher is better", times(5, 100), -0.1, .throughput),
    DetectableCase("what is ignored", times(5, 100), 0.25, floor: "25ns"),
    DetectableCase("the larger of both", times(5, 100), 0.1, floor: "5ns"),
    DetectableCase(
      "what is ignored where higher is better", times(5, 100), -0.25, .throughput, floor: "25/s"),
    DetectableCase("of a loss", times(5, -100), 0.1),
    DetectableCase("of a loss where higher is better", times(5, -100), -0.1, .throughput),
    DetectableCase("of a loss, what is ignored", times(5, -100), 0.25, floor: "25ns"),
    DetectableCase(
      "of a loss where more is ignored than there is", times(5, -100), -2, .throughput,
      floor: "200/s"),
  ]

  /// With 10, 10, 10 and 20 on both sides there are three ratios of 1/2, ten of 1 and three of 2. The
  /// interval at 95 % has all 16, 1/2 to 2, so that a change must be by a factor of 2 to be
  /// significant; that at 60 % goes from the 5th to the 12th (12/70 ≤ .2), 1 to 1, and adds nothing.
  private static let wide = [10.0, 10, 10, 20]

  /// The same of differences: 3 of -10, ten of 0 and 3 of 10, in parts of the median, which is 10.
  private static let wideWithZero = [0.0, 10, 10, 10]

  static let noises: [DetectableCase] = [
    DetectableCase("twice as much", wide, 1),
    DetectableCase("half as much where higher is better", wide, -0.5, .throughput),
    DetectableCase("without a threshold", wide, 1, threshold: 0),
    DetectableCase(
      "without a threshold where higher is better", wide, -0.5, .throughput, threshold: 0),
    DetectableCase("a difference", wideWithZero, 1),
    DetectableCase(
      "a difference without a threshold where higher is better", wideWithZero, -1, .throughput,
      threshold: 0),
  ]

  static let none: [DetectableCase] = [
    DetectableCase("three rounds", times(3, 100), nil),
    DetectableCase("one process", rounds: [times(5, 100)], nil),
    DetectableCase("exact", times(5, 100), nil, .instructions),
    DetectableCase("of nothing", times(5, 0), nil),
    DetectableCase(
      "as much is ignored as there is where higher is better", times(5, 100), nil, .throughput,
      floor: "100/s"),
    DetectableCase(
      "more is ignored than there is where higher is better", wide, nil, .throughput,
      floor: "20/s"),
  ]

  static let all = limits + noises + none
}

@Suite("the change that would be seen")
struct DetectableChangeTests {
  private func seriesResults(
    _ names: [String], _ rounds: [[Double]], _ metric: Metric, _ policy: Policy
  ) throws -> [SeriesResult] {
    let side = try names.map { try series(rounds: rounds, name: $0, metric: metric) }
    return FamilyResult(old: side, new: side, policy: policy).seriesResults
  }

  @Test("is that of the limit, or of the noise", arguments: DetectableCase.all)
  func change(_ example: DetectableCase) throws {
    var policy = Policy.threshold(example.threshold)
    policy.floors =
      try example.floor.map {
        [.init(pattern: Pattern("*"), value: try amount($0))]
      } ?? []
    let seriesResult = try #require(
      seriesResults(["b"], example.rounds, example.metric, policy).first)
    #expect(isClose(seriesResult.detectableChange, example.change))
  }

  @Test("goes by the threshold of the series")
  func rules() throws {
    let policy = Policy.with { $0.benchmarks = [.init(pattern: Pattern("b"), value: 0.3)] }
    let seriesResults = try seriesResults(
      ["a", "b"], times(10, 100).map { [$0] }, .wallTime, policy)
    #expect(isClose(seriesResults[0].detectableChange, 0.1))
    #expect(isClose(seriesResults[1].detectableChange, 0.3))
  }

  /// Four rounds a side come down to p = .0286: enough for one series, not for two.
  @Test("is none where the family is too large for the rounds")
  func family() throws {
    let rounds = times(4, 100).map { [$0] }
    #expect(try seriesResults(["a"], rounds, .wallTime, Policy())[0].detectableChange != nil)
    #expect(try seriesResults(["a", "b"], rounds, .wallTime, Policy())[0].detectableChange == nil)
  }
}
