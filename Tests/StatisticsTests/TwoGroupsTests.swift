import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Values in two groups")
struct TwoGroupsTests {
  @Test("are told with their shares and medians")
  func shares() throws {
    let groups = try #require(
      TwoGroups(Sample([10, 10.1, 13, 10.2, 13.1, 9.9, 13.2, 10, 10.1, 12.9])))
    #expect(groups.low.count == 6 && groups.high.count == 4)
    #expect(groups.low.median == 10.05 && groups.high.median == 13.05)
  }

  @Test(
    "are not seen in one group, in few values, in an outlier, or below zero",
    arguments: [
      [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], [10, 10, 10, 10, 13, 13, 13],
      [10, 10, 10, 10, 10, 10, 10, 10, 10, 20], [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
      [-1, -1, -1, -1, -1, 5, 5, 5, 5, 5], [0, 0, 0, 0, 0, 5, 5, 5, 5, 5],
      [10, 10, 10, 10, 10, 10, 10, 10, 20, 20],
      [100, 100, 100, 100, 100, 102, 102, 102, 102, 102],
    ])
  func none(_ values: [Double]) throws {
    #expect(try TwoGroups(Sample(values)) == nil)
  }

  @Test("are ticks of a clock, too, where these are far enough apart")
  func ticks() throws {
    let groups = try #require(TwoGroups(Sample([10, 20, 10, 10, 20, 20, 10, 20, 10, 10])))
    #expect(groups.high.count == 4)
  }

  @Test(
    "are hardly ever seen in noise of one group, and mostly where there are two",
    arguments: [10, 12, 19, 20, 40])
  func noise(_ count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    for noise in [0.01, 0.05, 0.1, 0.3] {
      let seen = try (0..<2000).count { _ in
        try TwoGroups(Sample((0..<count).map { _ in exp(noise * generator.normal()) })) != nil
      }
      #expect(seen <= 10, "\(noise): \(seen) of 2,000")
    }
    let seen = try (0..<500).count { _ in
      let values = (0..<count).map { place in
        (place % 3 == 0 ? 1.3 : 1) * exp(0.02 * generator.normal())
      }
      return try TwoGroups(Sample(values)) != nil
    }
    #expect(seen > 400, "\(seen) of 500")
  }
}
