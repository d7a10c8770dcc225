import Statistics
import Testing
import TestSupport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("The change points of a series")
struct ChangePointsTests {
  private func find(_ series: [Double], minimum: Double = 0.02) -> ChangePoints {
    var tables = UDistributions()
    return ChangePoints(in: series, minimum: minimum, tables: &tables)
  }

  private func places(_ series: [Double], minimum: Double = 0.02) -> [Int] {
    find(series, minimum: minimum).points.map(\.index)
  }

  /// Values with a noise of the given part of their level.
  private func noisy(_ levels: [(Double, Int)], noise: Double, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return levels.flatMap { level, count in
      (0..<count).map { _ in level * exp(noise * random.normal()) }
    }
  }

  @Test("are one step, with its size, its interval, its p, and the medians of its levels")
  func step() throws {
    let old = [10.1, 10.0, 9.9, 10.2, 9.8, 10.0, 10.1, 9.9]
    let new = [11.0, 11.1, 10.9, 11.2, 11.0, 10.9]
    let found = find(old + new)
    let point = try #require(found.points.first)
    #expect(found.points.count == 1)
    #expect(point.index == 8)
    #expect(found.comparison == .ratio)
    #expect(found.levels.map(\.range) == [0..<8, 8..<14])
    #expect(found.levels.map(\.median) == [10, 11])
    #expect(point.compared == UDistribution.Sizes(old: 8, new: 6))
    // All new values are above all old ones: 2 / C(14, 6).
    #expect(abs(point.p - 2.0 / 3003) < 1e-12)
    let interval = try #require(point.change.interval)
    #expect(interval.contains(point.change.estimate))
    #expect(abs(point.change.estimate - 1.1) < 0.01)
    #expect(interval.lowerBound > 1.07 && interval.upperBound < 1.13)
    #expect(found.scale > 0.005 && found.scale < 0.03)
    // The sides alone give the same.
    var tables = UDistributions()
    #expect(
      point.change
        == HodgesLehmann(old: try Sample(old), new: try Sample(new), tables: &tables))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let series: [Double]
    let places: [Int]

    init(_ name: String, _ series: [Double], _ places: [Int] = []) {
      testDescription = name
      self.series = series
      self.places = places
    }

    private static func constant(_ value: Double, _ count: Int) -> [Double] {
      Array(repeating: value, count: count)
    }

    static let wave = (0..<24).map { 100 + Double($0 * 7 % 5) }

    static let all = [
      Case("no values", []),
      Case("one value", [5]),
      Case("a constant series", constant(3, 50)),
      Case("zeros", constant(0, 50)),
      Case("fewer than six values", [1, 1, 1.1, 9, 9.1]),
      Case("nothing but gaps", [.nan, .infinity, -.infinity]),
      Case("two values at the end", wave + [200, 201]),
      Case("two values at the start", [200, 201] + wave),
      Case("three values at the end", wave + [200, 201, 202], [24]),
      Case("three values at the start", [200, 201, 202] + wave, [3]),
      Case("a single outlier", wave + [1e6] + wave),
      Case("a step of rare values over a constant", constant(100, 10) + constant(110, 10), [10]),
      Case("few values over a constant", constant(100, 5) + constant(110, 5), [5]),
      Case(
        "three levels without noise",
        constant(100, 20) + constant(103, 20) + constant(100, 20), [20, 40]),
      Case("an outlier in a constant", constant(100, 20) + [150] + constant(100, 20)),
      Case(
        "an outlier and a step in a constant",
        constant(100, 20) + [150] + constant(100, 20) + constant(110, 20), [41]),
      Case("a change below the minimum", constant(100, 20) + constant(101, 20)),
      Case(
        "rounding errors about a constant", (0..<40).map { 1 + Double($0 % 3) * 2.2e-16 }),
      Case(
        "ticks", (0..<30).map { $0 % 7 == 0 ? 11 : 10 } + (0..<30).map { $0 % 7 == 0 ? 13 : 14 },
        [30]),
      Case("zero and then not", constant(0, 10) + constant(4, 10), [10]),
      Case("negative values", constant(-5, 10) + constant(-4, 10), [10]),
      Case(
        "about zero", wave.map { $0 - 102 } + wave.map { $0 - 80 }, [24]),
      Case("tiny values and huge ones", constant(1e-300, 9) + constant(1e300, 9), [9]),
      Case(
        "from the least number to the largest",
        constant(-.greatestFiniteMagnitude, 9) + constant(.greatestFiniteMagnitude, 9), [9]),
      Case(
        "the smallest numbers",
        constant(.leastNonzeroMagnitude, 9) + constant(4 * .leastNonzeroMagnitude, 9), [9]),
      Case("two of the smallest numbers", [.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude]),
      Case(
        "huge values among small ones",
        wave.map { $0 - 102 } + [1e308, -1e308] + wave.map { $0 - 102 }),
      Case("a huge value among positive ones", wave + [.greatestFiniteMagnitude] + wave),
      Case("gaps", wave + [.nan, .infinity] + wave.map { $0 * 2 }, [26]),
    ]
  }

  @Test("are what a person would say", arguments: Case.all)
  func cases(_ known: Case) {
    let found = find(known.series)
    #expect(found.points.map(\.index) == known.places)
    let finite = known.series.contains(where: \.isFinite)
    #expect(found.levels.count == (finite ? known.places.count + 1 : 0))
    #expect(!found.scale.isNaN)
    for point in found.points { #expect(0...1 ~= point.p && !point.change.estimate.isNaN) }
  }

  @Test("can be three values apart on a way up, where a level between two others is no outlier")
  func threeApart() {
    let series = noisy([(100, 12), (110, 3), (121, 3), (133, 12)], noise: 0.003, seed: 3)
    #expect(places(series) == [12, 15, 18])
  }

  @Test("are thirty in a long series with thirty steps")
  func manySteps() {
    let levels = (0...30).map { ($0 % 2 == 0 ? 100.0 : 105, 40) }
    let series = noisy(levels, noise: 0.01, seed: 4)
    let truth = (1...30).map { $0 * 40 }
    let found = places(series)
    #expect(found.count == truth.count)
    #expect(zip(found, truth).allSatisfy { abs($0 - $1) <= 1 })
  }

  @Test("are compared with at most a hundred neighbours")
  func neighbours() throws {
    let found = find(noisy([(100, 150), (110, 120)], noise: 0.01, seed: 5))
    let point = try #require(found.points.first)
    #expect(point.compared == UDistribution.Sizes(old: 100, new: 100))
    #expect(!point.test.isExact)
  }

  @Test("count differences as parts of the old median, and all from a median of 0")
  func differences() {
    let wave = Case.wave.map { $0 - 102 }
    let low = wave.map { $0 - 500 }
    #expect(places(low + low.map { $0 + 15 }) == [24])
    #expect(places(low + low.map { $0 + 15 }, minimum: 0.04).isEmpty)
    #expect(places(wave + wave.map { $0 + 15 }, minimum: 100) == [24])
  }

  @Test("went away when the level comes back within a scale")
  func wentAway() throws {
    let levels = [(100.0, 20), (120, 20), (110, 20), (100, 20)]
    let found = find(noisy(levels, noise: 0.01, seed: 6))
    try #require(found.points.count == 3)
    #expect(found.pointOfReturn(from: 0) == 2)
    #expect(found.pointOfReturn(from: 1) == nil)
    #expect(found.pointOfReturn(from: 2) == nil)
  }

  @Test("do not depend on a unit that is a power of two apart", arguments: [-1000, -3, 1, 900])
  func unit(exponent: Int) {
    let series = noisy([(100, 40), (104, 30), (100, 30)], noise: 0.01, seed: 7)
    let scaled = series.map { scalbn($0, exponent) }
    let (one, other) = (find(series), find(scaled))
    #expect(!one.points.isEmpty)
    #expect(one.points.map(\.index) == other.points.map(\.index))
    #expect(one.points.map(\.p) == other.points.map(\.p))
    #expect(one.scale == other.scale)
    // Differences have the unit of the values.
    let (below, scaledBelow) = (series.map { $0 - 200 }, scaled.map { $0 - scalbn(200, exponent) })
    let (first, second) = (find(below), find(scaledBelow))
    #expect(!first.points.isEmpty)
    #expect(first.points.map(\.index) == second.points.map(\.index))
    #expect(scalbn(first.scale, exponent) == second.scale)
  }

  @Test("are mirrored in the reversed series", arguments: 1...10)
  func reversed(seed: Int) {
    let levels = [(100.0, 10 + seed), (106, 33), (103, 20), (112, 50)]
    let series = noisy(levels, noise: 0.01, seed: UInt64(seed))
    let mirrored = places(series.reversed()).map { series.count - $0 }
    #expect(places(series) == mirrored.reversed())
    #expect(!mirrored.isEmpty)
    let one = find(series)
    #expect(abs(one.scale / find(series.reversed()).scale - 1) < 1e-12)
  }

  @Test("are the same when they are computed again")
  func deterministic() {
    let series = noisy([(100, 300), (102.5, 300)], noise: 0.02, seed: 8)
    #expect(find(series) == find(series))
  }
}
