import Statistics
import Testing

struct MannWhitneyTests {
  /// The known answers of "The test" in Statistics.md, told from the side of x: U and p_less are those of `new`.
  struct Case: CustomTestStringConvertible, Sendable {
    let old: [Double]
    let new: [Double]
    let u: Double
    let less: Double
    let twoSided: Double

    var testDescription: String { "\(new) after \(old)" }

    static let all = [
      Case(old: [6, 7, 8, 9, 10], new: [1, 2, 3, 4, 5], u: 0, less: 1 / 252, twoSided: 2 / 252),
      Case(
        old: [2, 4, 6, 8, 10], new: [1, 3, 5, 7, 9], u: 10, less: 87 / 252, twoSided: 174 / 252),
      Case(
        old: [2, 3, 3, 4, 4], new: [1, 1, 2, 2, 3], u: 3, less: 10 / 252, twoSided: 20 / 252),
      Case(
        old: [11, 11, 11, 11, 12, 12], new: [10, 10, 10, 10, 11, 11], u: 4, less: 15 / 924,
        twoSided: 30 / 924),
      Case(old: [7, 7, 7, 7, 7], new: [7, 7, 7, 7, 7], u: 12.5, less: 1, twoSided: 1),
      Case(old: [1, 3, 3, 3, 3, 4], new: [1, 1, 2], u: 2, less: 4 / 84, twoSided: 8 / 84),
      Case(
        old: [8, 9, 10, 11, 12, 13, 14, 15], new: [0, 1, 2, 3, 4, 5, 6, 7], u: 0,
        less: 1 / 12870, twoSided: 2 / 12870),
    ]
  }

  @Test(arguments: Case.all)
  func `the documented cases have the documented answers`(_ known: Case) throws {
    let test = try MannWhitney(known.old, known.new)
    #expect(test.u == known.u)
    #expect(test.less.isClose(to: known.less))
    #expect(test.twoSided.isClose(to: known.twoSided))
    #expect(test.isExact)
  }

  @Test(arguments: 1...6, 1...6)
  func `every dealing-out of small samples is counted`(_ m: Int, _ n: Int) throws {
    var random = SeededGenerator(seed: UInt64(10 * m + n))
    for levels in [1, 2, 3, 5, 1_000_000] {
      for _ in 0..<4 {
        let old = (0..<m).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
        let new = (0..<n).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
        let test = try MannWhitney(old, new)
        let truth = BruteForce(old, new)
        #expect(test.u == truth.u)
        #expect(test.less.isClose(to: truth.less), "\(old) \(new)")
        #expect(test.greater.isClose(to: truth.greater), "\(old) \(new)")
      }
    }
  }

  @Test func `equal samples are never significant`() throws {
    for count in [1, 5, 50, 51, 300] {
      let same = Array(repeating: 7.0, count: count)
      let test = try MannWhitney(same, same)
      #expect(test.twoSided == 1)
      #expect(test.less == 1)
      #expect(test.greater == 1)
      #expect(test.superiority == 0.5)
    }
  }

  @Test(arguments: [(10, 10, 8), (10, 10, 1_000_000), (7, 12, 5), (40, 3, 9), (60, 70, 30)])
  func `swapping the sides swaps the tails`(_ m: Int, _ n: Int, _ levels: Int) throws {
    var random = SeededGenerator(seed: 3)
    let old = (0..<m).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
    let new = (0..<n).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
    let test = try MannWhitney(old, new)
    let swapped = try MannWhitney(new, old)
    #expect(test.less.isClose(to: swapped.greater))
    #expect(test.greater.isClose(to: swapped.less))
    #expect(test.u + swapped.u == Double(m * n))
    #expect(test.superiority.isClose(to: 1 - swapped.superiority))
  }

  @Test func `the order of the rounds does not matter`() throws {
    let test = try MannWhitney([3, 1, 2, 2], [5, 2, 4, 6])
    #expect(try test == MannWhitney([1, 2, 2, 3], [2, 4, 5, 6]))
  }

  @Test func `all new values larger means that superiority is 1`() throws {
    let test = try MannWhitney([1, 2, 3], [4, 5, 6, 7])
    #expect(test.superiority == 1)
    #expect(test.greater.isClose(to: 1 / 35))
    #expect(test.less == 1)
  }

  @Test func `50 values a side are counted and 51 are approximated`() throws {
    let values = (0..<51).map(Double.init)
    #expect(try MannWhitney(Array(values.dropLast()), values.dropLast().map { $0 + 9.5 }).isExact)
    #expect(try !MannWhitney(values, values.map { $0 + 9.5 }).isExact)
    #expect(try MannWhitney(Array(values.prefix(5)), (0..<60).map(Double.init)).isExact)
  }

  @Test func `the approximation agrees with counting where they meet`() throws {
    var random = SeededGenerator(seed: 4)
    for levels in [40, 1_000_000] {
      let old = (0..<50).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
      let new = old.map { $0 + Double(Int.random(in: 0..<(levels / 4), using: &random)) }
      let counted = try MannWhitney(old, new)
      let curve = try MannWhitney.approximated(old: Sample(old), new: Sample(new))
      #expect((curve.twoSided / counted.twoSided - 1).magnitude < 0.05)
      #expect(counted.isExact && !curve.isExact)
    }
  }

  @Test func `a single tie hardly moves a probability`() throws {
    let old = (0..<50).map { Double(2 * $0) }
    let new = (0..<50).map { Double(2 * $0 + 13) }
    let tied = Array(new.dropLast()) + [old[49]]
    let ratio = try MannWhitney(old, tied).twoSided / MannWhitney(old, new).twoSided
    #expect((0.8...1.3).contains(ratio))
  }
}

extension MannWhitney {
  /// The test of plain numbers, with tables of its own.
  init(_ old: [Double], _ new: [Double]) throws {
    var tables = UDistributions()
    try self.init(old: Sample(old), new: Sample(new), tables: &tables)
  }
}
