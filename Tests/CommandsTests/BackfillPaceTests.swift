import Testing

@testable import Commands

@Suite("The time of a backfill")
struct BackfillPaceTests {
  private func pace(_ count: Int, groups: [(commits: Int, seconds: Int)]) -> BackfillPace {
    var pace = BackfillPace(count: count)
    for group in groups { pace.note(group.commits, in: .seconds(group.seconds)) }
    return pace
  }

  @Test("is told as far as it is known")
  func words() {
    #expect(pace(60, groups: []).text(after: .seconds(9)) == "0 of 60 commits")
    #expect(pace(1, groups: []).text(after: .zero) == "0 of 1 commit")
    let known = pace(60, groups: [(4, 20), (4, 28)])
    #expect(known.text(after: .zero) == "8 of 60 commits, ~5 min left")
    #expect(known.text(after: .seconds(300)) == "8 of 60 commits, ~12 s left")
    #expect(known.text(after: .seconds(400)) == "8 of 60 commits, <1 s left")
  }

  @Test("fits a group that would end in time, and always the first")
  func fits() {
    let first = pace(60, groups: [])
    #expect(first.fits(4, after: .seconds(2), limit: .seconds(1)))
    let known = pace(60, groups: [(4, 20)])
    #expect(known.fits(4, after: .seconds(20), limit: .seconds(40)))
    #expect(!known.fits(4, after: .seconds(21), limit: .seconds(40)))
    #expect(known.fits(1, after: .seconds(21), limit: .seconds(40)))
    #expect(known.fits(4, after: .seconds(900), limit: nil))
  }

  @Test("does not count commits that somebody else has measured meanwhile")
  func passed() {
    var known = pace(12, groups: [(4, 20)])
    known.pass(4)
    #expect(known.text(after: .zero) == "8 of 12 commits, ~20 s left")
  }
}
