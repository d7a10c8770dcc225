import Measurements
import Statistics
import Testing
import Trends

@Suite("Groups in order")
struct RankedGroupsTests {
  private static func figure(_ value: Double, _ interval: ClosedRange<Double>?)
    -> RankedGroups.Figure
  {
    RankedGroups.Figure(value: value, interval: interval, n: 10)
  }

  @Test("the best comes first, by the direction of the metric")
  func order() {
    let figures = [3.0, 1, 2].map { Self.figure($0, $0...$0) }
    #expect(RankedGroups(figures, better: .lower).groups.map(\.index) == [1, 2, 0])
    #expect(RankedGroups(figures, better: .higher).groups.map(\.index) == [0, 2, 1])
    #expect(RankedGroups(figures, better: .lower).groups.map(\.place) == [1, 2, 3])
    #expect(RankedGroups([], better: .lower).groups.isEmpty)
  }

  @Test("those whose intervals overlap are tied, those that touch too, and others are not")
  func ties() {
    let groups = RankedGroups(
      [Self.figure(1, 0.5...2), Self.figure(3, 2...4), Self.figure(9, 4.1...10)], better: .lower
    ).groups
    #expect(groups.map(\.tied) == [[1], [0], []])
  }

  @Test("one without an interval is tied with every other")
  func unknown() {
    let groups = RankedGroups(
      [Self.figure(1, 1...1), Self.figure(5, nil), Self.figure(9, 9...9)], better: .lower
    ).groups
    #expect(groups.map(\.tied) == [[1], [0, 2], [1]])
  }

  @Test(
    "equal values keep their order and are tied with each other",
    arguments: [Direction.lower, .higher])
  func equal(better: Direction) {
    let figures = (0..<5).map { _ in Self.figure(2, 2...2) }
    let groups = RankedGroups(figures, better: better).groups
    #expect(groups.map(\.index) == [0, 1, 2, 3, 4])
    #expect(groups.allSatisfy { $0.tied.count == 4 })
  }

  @Test("the figure of outcomes is their rate, that of others the median of all rounds")
  func figures() throws {
    let axis = Axis(0, 0, nil)
    let outcomes = [
      Strand("a", .success, rounds: [(0, [1, 0]), (2, [0])]),
      Strand("b", .success, rounds: [(1, [1, 1])]),
    ]
    let rate = try #require(
      RankedGroups.Figure(outcomes, .rate, on: axis, reference: { _ in 1 }))
    #expect(rate.value == 0.75 && rate.n == 4 && rate.interval == WilsonInterval.of(3, in: 4))
    let times = [Strand("a", rounds: [(0, [1, 9]), (1, [3]), (2, [1000])])]
    let median = try #require(RankedGroups.Figure(times, .size, on: axis, reference: { _ in 1 }))
    #expect(median.value == 3 && median.n == 3 && median.interval == nil)
    #expect(
      RankedGroups.Figure(times, .size, on: Axis(nil, nil, nil), reference: { _ in 1 }) == nil)
  }

  @Test("rounds are divided by the reference of their benchmark; by zero none can be")
  func references() throws {
    let strands = [Strand("a", rounds: [(0, [2, 4, 6])]), Strand("b", rounds: [(0, [5])])]
    let figure = try #require(
      RankedGroups.Figure(
        strands, .size, on: Axis(0), reference: { $0.benchmark.name == "a" ? 2 : 0 }))
    #expect(figure.value == 2 && figure.n == 3)
  }

  @Test(
    "of a run that has left one number of several, and beside it, each run counts with its median")
  func thinned() throws {
    let strands = [
      Strand("a", rounds: [(0, [1, 2, 9]), (1, [5]), (2, [7, 8, 9])], summaries: [1])
    ]
    let figure = try #require(
      RankedGroups.Figure(strands, .size, on: Axis(0, 0, 0), reference: { _ in 1 }))
    #expect(figure.value == 5 && figure.n == 3)
  }

  @Test("a group of a kind that differs from that of all is not ranked by a rate")
  func kinds() throws {
    let strands = [Strand("a", .success, rounds: [(0, [0, 1, 1, 1])])]
    let figure = try #require(
      RankedGroups.Figure(strands, .size, on: Axis(0), reference: { _ in 1 }))
    #expect(figure.value == 1)
  }
}
