import Measurements
import Statistics
import Testing
import Trends

@Suite("The points of several strands")
struct JointTrendTests {
  @Test("a single strand of times has medians, and an interval from six rounds on")
  func single() {
    let strand = Strand(rounds: [(0, [3, 1]), (1, [5]), (3, [1, 2, 3, 4, 5, 6])])
    let trend = JointTrend([strand], on: Axis(0, 0, 1, 3), addsUp: false)
    #expect(trend.points.map(\.place) == [0, 3])
    #expect(trend.points.map(\.value) == [3, 3.5])
    #expect(trend.points.map(\.n) == [3, 6])
    #expect(trend.points.map(\.run) == [1, 3])
    #expect(trend.points.map { $0.interval != nil } == [false, true])
    #expect(trend.unit == .nanoseconds && !trend.isOfRatios)
  }

  @Test("runs without a place are no points, and no runs make no trend")
  func gaps() {
    let strand = Strand(rounds: [(0, [3]), (1, [5]), (2, [7])])
    #expect(JointTrend([strand], on: Axis(nil, 2, nil), addsUp: false).points.map(\.value) == [5])
    #expect(JointTrend([strand], on: Axis(nil, nil, nil), addsUp: true).points.isEmpty)
  }

  @Test(
    "money and tokens add up in a period and over benchmarks; of one at a commit it is the median")
  func amounts() {
    for metric in [Metric.cost, .tokens] {
      let (one, two) = (
        Strand("a", metric, rounds: [(0, [1, 2]), (1, [4])]),
        Strand("b", metric, rounds: [(1, [8]), (2, [16])])
      )
      let alone = JointTrend([one], on: Axis(0, 0, 1), addsUp: false)
      #expect(alone.points.map(\.value) == [2])
      let period = JointTrend([one], on: Axis(0, 0, 1), addsUp: true)
      #expect(period.points.map(\.value) == [7])
      #expect(period.points.map { $0.interval == nil } == [true])
      for addsUp in [true, false] {
        let both = JointTrend([one, two], on: Axis(0, 0, 1), addsUp: addsUp)
        #expect(both.points.map(\.value) == [15, 16])
        #expect(both.points.map(\.n) == [4, 1])
        #expect(both.unit == metric.unit && !both.isOfRatios)
      }
    }
  }

  @Test("sums are added in the order of the runs, whatever the order of the strands")
  func order() {
    let (one, two) = (
      Strand("a", .cost, rounds: [(0, [1e16]), (2, [-1e16])]),
      Strand("b", .cost, rounds: [(1, [1])])
    )
    let axis = Axis(0, 0, 0)
    #expect(JointTrend([one, two], on: axis, addsUp: true).points.map(\.value) == [0])
    #expect(JointTrend([two, one], on: axis, addsUp: true).points.map(\.value) == [0])
  }

  @Test("outcomes become the rate over all attempts, with Wilson's interval")
  func rates() {
    let (one, two) = (
      Strand("a", .success, rounds: [(0, [1, 1, 0]), (1, [1])]),
      Strand("b", .success, rounds: [(0, [0])])
    )
    let both = JointTrend([one, two], on: Axis(0, 1), addsUp: false)
    #expect(both.points.map(\.value) == [0.5, 1])
    #expect(
      both.points.map(\.interval) == [WilsonInterval.of(2, in: 4), WilsonInterval.of(1, in: 1)])
    #expect(!both.isOfRatios)
  }

  @Test("times become the median of the ratios to the first value of each benchmark")
  func ratios() {
    let strands = [
      Strand("a", rounds: [(0, [10]), (1, [20]), (2, [5])]),
      Strand("b", rounds: [(0, [100]), (1, [100])]),
      // Its first value is at the second place.
      Strand("c", rounds: [(1, [1]), (2, [3])]),
    ]
    let trend = JointTrend(strands, on: Axis(0, 1, 2), addsUp: true)
    #expect(trend.isOfRatios && trend.unit == .one)
    #expect(trend.points.map(\.value) == [1, 1, 1.75])
    #expect(trend.points.map(\.n) == [2, 3, 2])
  }

  @Test("a first value of zero is no divisor, and a benchmark of zeros has no ratios")
  func zeros() {
    let strands = [
      Strand("a", rounds: [(0, [0]), (1, [2]), (2, [4])]),
      Strand("b", rounds: [(0, [0]), (1, [0]), (2, [0])]),
    ]
    let trend = JointTrend(strands, on: Axis(0, 1, 2), addsUp: false)
    #expect(trend.points.map(\.value) == [0, 1, 2])
  }

  @Test("a point says whether one of its numbers stands for several")
  func thinned() {
    let strands = [
      Strand("a", rounds: [(0, [1]), (1, [1])], summaries: [0]),
      Strand("b", rounds: [(0, [1]), (1, [1])]),
    ]
    for joined in [[strands[0]], strands] {
      let trend = JointTrend(joined, on: Axis(0, 1), addsUp: false)
      #expect(trend.points.map(\.isThinned) == [true, false])
    }
  }
}
