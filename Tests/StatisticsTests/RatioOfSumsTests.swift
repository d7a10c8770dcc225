import Statistics
import Testing

@Suite("The ratio of two sums over tasks")
struct RatioOfSumsTests {
  private func parts(_ amounts: [Double], per divisors: [Double]? = nil) -> [RatioOfSums.Part] {
    amounts.indices.map { RatioOfSums.Part(amounts[$0], per: divisors?[$0]) }
  }

  @Test("is that of the sums, and its interval contains it")
  func sums() throws {
    let old = (1...40).map(Double.init)
    let ratio = RatioOfSums(old: parts(old), new: parts(old.map { $0 * 1.2 + 1 }))
    #expect(ratio.old == 820 && (ratio.new ?? 0).isClose(to: 1024))
    let interval = try #require(ratio.interval)
    #expect(try interval.contains(#require(ratio.estimate)))
    #expect(interval.lowerBound > 1.2 && interval.upperBound < 1.35)
  }

  @Test("is the same for the same numbers, whatever was computed before")
  func repeatable() {
    let old = parts([3, 1, 4, 1, 5, 9, 2, 6])
    let new = parts([2, 7, 1, 8, 2, 8, 1, 8])
    #expect(RatioOfSums(old: old, new: new) == RatioOfSums(old: old, new: new))
  }

  @Test("divides by what was solved, and has no value where nothing was")
  func quotients() throws {
    let costs = [1.0, 1, 1, 1, 1, 1, 1, 1]
    let all = parts(costs, per: costs)
    let half = parts(costs, per: [1, 0, 1, 0, 1, 0, 1, 0])
    let ratio = RatioOfSums(old: all, new: half)
    #expect(ratio.old == 1 && ratio.new == 2 && ratio.estimate == 2)
    #expect(try #require(ratio.interval).lowerBound > 1)
    let none = RatioOfSums(old: all, new: parts(costs, per: costs.map { _ in 0 }))
    #expect(none.new == nil && none.estimate == nil && none.interval == nil)
  }

  @Test("has no interval for fewer than five tasks")
  func few() {
    #expect(RatioOfSums(old: parts([1, 2, 3, 4]), new: parts([1, 2, 3, 4])).interval == nil)
    #expect(
      RatioOfSums(old: parts([1, 2, 3, 4, 5]), new: parts([1, 2, 3, 4, 5])).interval == 1...1)
  }

  /// 20 tasks of lognormal costs whose attempts differ by some 30 %: the interval at 95 % must contain
  /// the truth in about that many of 300 simulations.
  @Test("contains the true ratio about as often as it says")
  func coverage() {
    var generator = SeededGenerator(seed: 11)
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0..<1, using: &generator) }
    }
    var inside = 0
    for _ in 0..<300 {
      let tasks = (0..<20).map { _ in 1 + noise().magnitude }
      let (old, new) = (
        tasks.map { $0 * (1 + 0.15 * noise()) }, tasks.map { $0 * (1 + 0.15 * noise()) }
      )
      if RatioOfSums(old: parts(old), new: parts(new)).interval?.contains(1) == true { inside += 1 }
    }
    #expect((0.89...0.98).contains(Double(inside) / 300), "\(inside)")
  }
}
