import Statistics
import Testing

@Suite("the interval of a median")
struct MedianIntervalTests {
  /// The ranks of the tables in textbooks, such as Conover's "Practical Nonparametric Statistics".
  @Test(
    "begins at the rank that the tables have, and ends as far from the other end",
    arguments: [
      (5, 0), (6, 1), (8, 1), (9, 2), (10, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8),
      (30, 10),
      (40, 14), (50, 18), (100, 40),
    ])
  func ranks(count: Int, rank: Int) throws {
    let sample = try Sample((1...count).map(Double.init).shuffled())
    let expected = rank == 0 ? nil : Double(rank)...Double(count + 1 - rank)
    #expect(sample.medianInterval() == expected)
  }

  @Test(
    "is wider at 99 %",
    arguments: [(7, 0), (8, 1), (11, 1), (12, 2), (20, 4), (40, 12), (1000, 459), (1001, 459)])
  func stricter(count: Int, rank: Int) throws {
    let sample = try Sample((1...count).map(Double.init))
    let expected = rank == 0 ? nil : Double(rank)...Double(count + 1 - rank)
    #expect(sample.medianInterval(confidence: 0.99) == expected)
  }

  @Test("has its smallest sample where the documentation says")
  func fewest() throws {
    let fewest = try #require(MedianInterval.fewestValues())
    #expect(fewest == 6)
    #expect(MedianInterval.fewestValues(confidence: 0.99) == 8)
    #expect(MedianInterval.fewestValues(confidence: 1) == nil)
    for count in 1...30 {
      let interval = try Sample(Array(repeating: 1, count: count)).medianInterval()
      #expect((interval != nil) == (count >= fewest))
    }
  }

  /// Of the intervals of many samples of a lopsided distribution at least 95 % hold its median, and
  /// not many more: the ranks are whole numbers, so .95 is not met exactly.
  @Test("holds the true median as often as it says", arguments: [6, 9, 20, 1001])
  func coverage(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let times = count > 100 ? 200 : 2000
    let held = try (0..<times).count { _ in
      let values = (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) }
      return try Sample(values.map { $0 * $0 * $0 }).medianInterval()?.contains(0.125) ?? false
    }
    #expect(Double(held) / Double(times) >= 0.94)
    #expect(Double(held) / Double(times) <= 0.985)
  }
}
