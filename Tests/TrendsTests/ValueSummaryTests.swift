import Statistics
import Testing
import Trends

@Suite("The figures of a group of numbers")
struct ValueSummaryTests {
  @Test("of 1 to 100 in any order are known")
  func hundred() throws {
    var generator = SeededGenerator(seed: 3)
    let values = (1...100).map(Double.init).shuffled(using: &generator)
    let summary = try #require(ValueSummary(values, isThinned: false))
    let spread = try #require(summary.spread)
    #expect(summary.n == 100 && summary.median == 50.5 && summary.mean == 50.5)
    #expect(summary.sum == 5050)
    #expect((spread.minimum, spread.maximum) == (1, 100))
    #expect([25, 50, 75, 95, 99, 100, 1].map(spread.percentile) == [25, 50, 75, 95, 99, 100, 1])
    // The variance of 1...n with n - 1 in the denominator is n(n + 1) / 12.
    let deviation = try #require(spread.deviation)
    #expect((deviation - (100 * 101 / 12.0).squareRoot()).magnitude < 1e-12)
    #expect(spread.outliers.isEmpty)
  }

  @Test("percentiles are the smallest values that enough values do not exceed", arguments: 0..<40)
  func percentiles(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...30, using: &generator)
    let values = (0..<count).map { _ in Double(Int.random(in: -5...5, using: &generator)) }
    let spread = try #require(ValueSummary(values, isThinned: false)?.spread)
    for percent in 1...100 {
      let smallest = values.sorted().first { value in
        values.count { $0 <= value } * 100 >= percent * count
      }
      #expect(spread.percentile(percent) == smallest, "\(percent) of \(values)")
    }
  }

  @Test("are added in the given order")
  func order() throws {
    let one = try #require(ValueSummary([1e16, 1, -1e16], isThinned: false))
    let other = try #require(ValueSummary([1e16, -1e16, 1], isThinned: false))
    #expect((one.sum, other.sum) == (0, 1))
  }

  @Test("a single number has no deviation, and no numbers have no figures")
  func few() throws {
    let single = try #require(ValueSummary([7], isThinned: false))
    let spread = try #require(single.spread)
    #expect(single.median == 7 && single.sum == 7 && spread.deviation == nil)
    #expect(spread.outliers.isEmpty && spread.percentile(99) == 7)
    #expect(ValueSummary([], isThinned: false) == nil)
  }

  @Test("what was summarized has a number and a median, but no spread")
  func thinned() throws {
    let summary = try #require(ValueSummary([1, 2, 9], isThinned: true))
    #expect(summary.n == 3 && summary.median == 2 && summary.spread == nil)
  }

  @Test("ten numbers have no outlier by deviation, however far one is; eleven may have")
  func outliers() throws {
    for (count, isFar) in [(10, false), (11, true)] {
      let values = [Double](repeating: 1, count: count - 1) + [1e9]
      let spread = try #require(ValueSummary(values, isThinned: false)?.spread)
      #expect(spread.outliers.contains(where: \.isFarByDeviation) == isFar)
      #expect(spread.outliers.map(\.place) == [count - 1])
      #expect(spread.outliers.map(\.isFarByMedian) == [true])
    }
  }

  @Test("the largest numbers stop nobody, and equal ones are no outliers")
  func extreme() throws {
    let large = try #require(ValueSummary([1e308, 1e308, -1e308, 1e308], isThinned: false))
    #expect(large.median == 1e308)
    let equal = try #require(ValueSummary([5, 5, 5, 5], isThinned: false))
    #expect(equal.spread?.deviation == 0 && equal.spread?.outliers.isEmpty == true)
  }
}
