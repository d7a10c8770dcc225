import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

@Suite("Rounds that were launched in turns")
struct InterleavingTests {
  /// The machine becomes half as fast after four rounds, and head takes 20 % more.
  private let old: [Double] = [100, 101, 99, 100, 150, 151, 149, 152, 150, 151]
  private let new: [Double] = [120, 121, 119, 122, 180, 181, 179, 182, 183, 180]

  private func seriesResult(
    _ interleaving: Interleaving?, doubts: [String] = [], old: [Double]? = nil,
    new: [Double]? = nil, policy: Policy = Policy()
  ) throws -> SeriesResult {
    let (old, new) = (try series(old ?? self.old), try series(new ?? self.new))
    let standing = Standing(interleaving: interleaving, doubts: doubts)
    let familyResult = FamilyResult(
      old: [old], new: [new], context: BaselineContext(standings: [new.id: standing]),
      policy: policy)
    return try #require(familyResult.seriesResults.first)
  }

  @Test("are compared within blocks, which see through a change of the machine")
  func blocks() throws {
    let within = try seriesResult(.inTurns(sessionsFrom: []))
    #expect(within.verdict == .regression(certain: true))
    #expect(within.comparison?.blocks == [4, 6])
    #expect(isClose(within.comparison?.test?.u, 52))
    #expect(isClose(within.comparison?.effect.change, 0.2006709533652562))
    let without = try seriesResult(nil)
    #expect(without.comparison?.blocks == [])
    #expect(without.verdict == .regression(certain: false))
    // The p over all rounds stands beside the other.
    #expect(within.comparison?.test?.unblocked == without.comparison?.test?.p)
    #expect(without.comparison?.test?.unblocked == nil)
  }

  @Test("of two sessions are in no block together")
  func sessions() throws {
    let seriesResult = try seriesResult(.inTurns(sessionsFrom: [5]))
    // Five and five, each below eight.
    #expect(seriesResult.comparison?.blocks == [5, 5])
  }

  @Test(
    "are compared all with all where the order is not known, and where a round lacks a side",
    arguments: [Interleaving.unknown, .sameSideFirst, .inTurns(sessionsFrom: [])])
  func unblocked(_ interleaving: Interleaving) throws {
    let new = interleaving == .inTurns(sessionsFrom: []) ? Array(self.new.dropLast()) : self.new
    #expect(try seriesResult(interleaving, new: new).comparison?.blocks == [])
  }

  @Test("detect smaller changes within blocks than without, and ask for fewer rounds")
  func detectable() throws {
    let within = try seriesResult(.inTurns(sessionsFrom: []), new: old)
    let without = try seriesResult(nil, new: old)
    let (narrow, wide) = (
      try #require(within.detectableChange), try #require(without.detectableChange)
    )
    #expect(narrow < wide)
    #expect(within.verdict == .unchanged)
    #expect(without.verdict.kind == .inconclusive)
  }

  @Test("may be zero or below, tick, or be equal")
  func degenerate() throws {
    let turns = Interleaving.inTurns(sessionsFrom: [])
    #expect(try seriesResult(turns, old: times(10, 5), new: times(10, 5)).verdict == .unchanged)
    #expect(try seriesResult(turns, old: times(10, 0), new: times(10, 0)).verdict == .unchanged)
    let mixed: [Double] = [-3, -2, -1, 0, 1, -3, -2, -1, 0, 1]
    let judged = try seriesResult(turns, old: mixed, new: mixed.map { $0 + 20 })
    #expect(judged.verdict.kind == .regression)
    let ticks: [Double] = [10, 10, 20, 10, 20, 10, 20, 10, 10, 20]
    #expect(try seriesResult(turns, old: ticks, new: ticks).verdict.kind == .inconclusive)
  }

  @Test("of hundreds of rounds are judged in no time worth speaking of")
  func many() throws {
    var generator = SeededGenerator(seed: 5)
    let values = (0..<300).map { _ in Double(Int.random(in: 95...105, using: &generator)) }
    let judged = try seriesResult(.inTurns(sessionsFrom: []), old: values, new: values.reversed())
    #expect(judged.verdict == .unchanged)
    #expect(judged.comparison?.blocks.count == 75)
  }
}
