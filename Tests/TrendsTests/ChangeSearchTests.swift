import Measurements
import Statistics
import TestSupport
import Testing
import Trends

@Suite("The search for changes of level")
struct ChangeSearchTests {
  /// The value of each place, with 1 % of noise.
  private static func noisy(_ levels: [Double], seed: UInt64 = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return levels.map { $0 * (1 + generator.normal() / 100) }
  }

  private static func steps(_ counts: (level: Double, count: Int)...) -> [Double] {
    counts.flatMap { Array(repeating: $0.level, count: $0.count) }
  }

  private func changes(
    _ strands: [Strand], on axis: Axis, addsUp: Bool = false
  ) -> [SeriesChange] {
    var search = ChangeSearch(on: axis, addsUp: addsUp)
    strands.forEach { search.add($0) }
    return search.changes
  }

  /// A strand with one round at each place.
  private static func strand(
    _ values: [Double], _ name: String = "p", _ metric: Metric = .wallTime
  ) -> Strand {
    Strand(name, metric, rounds: values.enumerated().map { ($0, [$1]) })
  }

  private static func axis(_ count: Int) -> Axis { Axis(count: count, places: Array(0..<count)) }

  @Test("a step is found at its place, with both levels, its interval and the rounds of each side")
  func step() throws {
    let values = Self.noisy(Self.steps((100, 20), (115, 15)))
    let found = changes([Self.strand(values)], on: Self.axis(35))
    let change = try #require(found.first)
    #expect(found.count == 1)
    #expect(change.last == 19 && change.first == 20)
    #expect(change.isWorse)
    #expect(abs(change.size.levels.old - 100) < 1 && abs(change.size.levels.new - 115) < 1)
    let size = try #require(change.size.change)
    #expect(abs(size - 0.15) < 0.015)
    #expect(try #require(change.size.interval).contains(size))
    #expect(try #require(change.size.p) < 1e-6)
    #expect(change.rounds == Sides(old: 20, new: 15))
    #expect(change.returned == nil)
  }

  @Test("places without numbers are a gap, in which the change lies")
  func gap() throws {
    let values = Self.noisy(Self.steps((100, 10), (130, 10)))
    let places = Array(0..<10) + Array(14..<24)
    let found = changes([Self.strand(values)], on: Axis(count: 24, places: places))
    #expect(found.map(\.last) == [9] && found.map(\.first) == [14])
  }

  @Test("runs that were recorded out of order stand at their places all the same")
  func order() {
    let values = Self.noisy(Self.steps((100, 12), (120, 12)))
    let places = Array((0..<24).reversed())
    let strand = Strand(rounds: places.enumerated().map { ($0, [values[$1]]) })
    let found = changes([strand], on: Axis(count: 24, places: places))
    #expect(found.map(\.first) == [12])
  }

  @Test("several runs of a place are one value, and all their rounds count")
  func severalRuns() throws {
    let values = Self.noisy(Self.steps((100, 20), (150, 20)))
    let places = (0..<40).map { $0 / 2 }
    let found = changes([Self.strand(values)], on: Axis(count: 20, places: places))
    let change = try #require(found.first)
    #expect(change.first == 10 && change.rounds == Sides(old: 20, new: 20))
  }

  @Test("a change that went away says where")
  func returned() {
    let values = Self.noisy(Self.steps((100, 20), (130, 20), (100, 20)))
    let found = changes([Self.strand(values)], on: Self.axis(60))
    #expect(found.map(\.first) == [20, 40])
    #expect(found.map(\.isWorse) == [true, false])
    #expect(found.map(\.returned) == [40, nil])
  }

  @Test("more of a throughput is better")
  func direction() {
    let values = Self.noisy(Self.steps((100, 15), (130, 15)))
    let metric = Metric("throughput", .perSecond, better: .higher)
    let found = changes([Self.strand(values, "p", metric)], on: Self.axis(30))
    #expect(found.map(\.isWorse) == [false])
  }

  @Test("each change of an exact metric counts, without a p, and its return is told")
  func exact() throws {
    let metric = Metric("instructions", .one, exact: true)
    let found = changes(
      [Self.strand([10, 10, 11, 10, 10, 0, 0], "p", metric)], on: Self.axis(7))
    #expect(found.map(\.first) == [2, 3, 5])
    for (change, size) in zip(found, [0.1, 10.0 / 11 - 1, -1]) {
      #expect(abs(try #require(change.size.change) - size) < 1e-12)
    }
    #expect(found.allSatisfy { $0.size.p == nil && $0.size.interval == nil })
    #expect(found.map(\.returned) == [3, nil, nil])
  }

  @Test("outcomes change by their rates")
  func outcomes() throws {
    let rounds = (0..<40).map { place -> (Int, [Double]) in
      (place, (0..<10).map { $0 < (place < 20 ? 9 : 4) ? 1 : 0 })
    }
    let found = changes(
      [Strand("p", .success, rounds: rounds)], on: Self.axis(40))
    let change = try #require(found.first)
    #expect(found.count == 1 && change.first == 20)
    #expect(abs(change.size.levels.old - 0.9) < 1e-9 && abs(change.size.levels.new - 0.4) < 1e-9)
    #expect(abs(try #require(change.size.change) + 0.5) < 1e-9)
    #expect(change.isWorse && change.rounds == Sides(old: 200, new: 200))
  }

  @Test("money adds up in a period, so that twice as many runs cost twice as much")
  func money() {
    let costs = Self.noisy(Self.steps((1, 60)))
    // From the tenth period on four runs a period, before two.
    let places = (0..<20).map { $0 / 2 } + (20..<60).map { 10 + ($0 - 20) / 4 }
    let strand = Self.strand(costs, "p", .cost)
    let axis = Axis(count: 20, places: places)
    #expect(changes([strand], on: axis, addsUp: true).map(\.first) == [10])
    #expect(changes([strand], on: axis, addsUp: false).isEmpty)
  }

  @Test("values of zero and below are compared by differences")
  func differences() throws {
    let levels = Self.steps((0, 15), (5, 15))
    var generator = SeededGenerator(seed: 4)
    let values = levels.map { $0 + generator.normal() / 10 }
    let found = changes([Self.strand(values, "p", Metric("drift", .one))], on: Self.axis(30))
    #expect(found.map(\.first) == [15])
  }

  @Test(
    "too few values, none at all and equal ones have no change",
    arguments: [[], [1], [1, 2, 3, 4, 5], Array(repeating: 3.0, count: 50)])
  func none(values: [Double]) {
    #expect(changes([Self.strand(values)], on: Self.axis(values.count)).isEmpty)
  }

  @Test("unchanged series of a large family have no change, whatever is searched beside them")
  func family() {
    let strands = (0..<60).map { number in
      Self.strand(Self.noisy(Self.steps((100, 60)), seed: UInt64(number)), "p\(number)")
    }
    let changed = Self.strand(Self.noisy(Self.steps((100, 30), (110, 30)), seed: 99), "q")
    let found = changes(strands + [changed], on: Self.axis(60))
    #expect(found.map(\.series.benchmark.name) == ["q"])
    #expect(found.map(\.first) == [30])
  }

  @Test("the spans of series say where a change can be found, and which are of a clock")
  func spans() {
    var search = ChangeSearch(on: Self.axis(20), addsUp: false)
    search.add(Self.strand(Self.noisy(Self.steps((100, 20)))))
    search.add(Self.strand(Self.noisy(Self.steps((100, 20))), "m", Metric("peak_memory", .bytes)))
    search.add(Self.strand([1, 2, 3, 4, 5], "few"))
    #expect(search.spans.map(\.first) == [2, 2] && search.spans.map(\.last) == [17, 17])
    #expect(search.spans.map(\.isOfTime) == [true, false])
  }
}

@Suite("The search for slow creep")
struct CreepSearchTests {
  private static let axis = Axis(count: 40, places: Array(0..<40))

  private static func creeps(_ values: [Double], threshold: Double = 0.1) -> [SeriesChange] {
    let strand = Strand(rounds: values.enumerated().map { ($0, [$1]) })
    var search = ChangeSearch(on: axis, addsUp: false)
    var creep = CreepSearch(since: 9, on: axis, addsUp: false)
    search.add(strand)
    creep.add(strand)
    return creep.sums.creeps(besides: search.changes) { _ in threshold }
  }

  private static func values(_ level: (Int) -> Double) -> [Double] {
    var generator = SeededGenerator(seed: 3)
    return (0..<40).map { level($0) * (1 + generator.normal() / 200) }
  }

  @Test("one per cent a commit adds up to a creep since the release, and a step does not")
  func creep() throws {
    let found = Self.creeps(Self.values { 100 * (1 + 0.01 * Double(max(0, min($0 - 12, 15)))) })
    let creep = try #require(found.first)
    #expect(creep.last == 9 && creep.first == 39)
    #expect(abs(try #require(creep.size.change) - 0.15) < 0.02)
    #expect(Self.creeps(Self.values { $0 < 20 ? 100 : 115 }).isEmpty)
  }

  @Test("what stays inside the threshold, and what gets better, is no creep")
  func none() {
    #expect(Self.creeps(Self.values { 100 * (1 + 0.002 * Double(max(0, $0 - 12))) }).isEmpty)
    #expect(Self.creeps(Self.values { 100 * (1 - 0.01 * Double(max(0, $0 - 12))) }).isEmpty)
    #expect(Self.creeps(Array(Self.values { _ in 100 }.prefix(12))).isEmpty)
  }
}
