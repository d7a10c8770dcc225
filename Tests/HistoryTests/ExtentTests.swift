import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("What the base has is owed by the candidate")
struct ExtentTests {
  let project: Project

  init() throws { project = try Project() }

  /// The names of all rows of a candidate that measured p.
  private func rows(isPart: Bool = false) throws -> [String] {
    try project.switchTo("topic", from: "main")
    try project.record(
      project.commit("topic"), series: ["p": 2], part: isPart ? "--name p" : nil)
    return try project.found().result.rows.keys.map(\.benchmark.name).sorted()
  }

  @Test("all of the nearest whole recording is a row, of a part, too", arguments: [false, true])
  func whole(isPart: Bool) throws {
    let main = try project.line(2)
    try project.record(main[0], series: ["p": 1, "q": 1, "gone": 1])
    try project.record(main[1], series: ["p": 1, "q": 1])
    #expect(try rows(isPart: isPart) == ["p", "q"])
  }

  @Test("a whole recording is looked for behind parts that have all that was measured")
  func behindParts() throws {
    let main = try project.line(3)
    try project.record(main[0], series: ["p": 1, "q": 1])
    for commit in main[1...] { try project.record(commit, series: ["p": 1], part: "--name p") }
    #expect(try rows() == ["p", "q"])
  }

  @Test("what one part has is not owed; what two have, is")
  func parts() throws {
    let main = try project.line(3)
    try project.record(main[0], series: ["p": 1, "once": 1, "twice": 1], part: "typed")
    try project.record(main[1], series: ["twice": 1], part: "typed")
    #expect(try rows() == ["p", "twice"])
  }

  @Test("parts that are older than the nearest whole recording owe nothing")
  func olderParts() throws {
    let main = try project.line(3)
    for commit in main[..<2] { try project.record(commit, series: ["q": 1], part: "typed") }
    try project.record(main[2], series: ["p": 1])
    #expect(try rows() == ["p"])
  }

  @Test("of the last ten measured commits only")
  func tenCommits() throws {
    let main = try project.line(12)
    for commit in main[..<2] { try project.record(commit, series: ["p": 1, "q": 1], part: "t") }
    for commit in main[2...] { try project.record(commit, series: ["r": 1], part: "t") }
    #expect(try rows() == ["p", "r"])
  }

  @Test("shards that all came are whole", arguments: [true, false])
  func shards(areComplete: Bool) throws {
    let main = try project.line(2)
    try project.record(main[0], series: ["p": 1, "old": 1])
    try project.record(main[1], series: ["p": 1], session: "s", shard: "1/2")
    let (session, shard) = areComplete ? ("s", "2/2") : ("t", "2/2")
    try project.record(main[1], series: ["q": 1], session: session, shard: shard)
    #expect(try rows() == (areComplete ? ["p", "q"] : ["old", "p"]))
  }

  @Test("a whole recording that cannot be read owes nothing, and the next one does")
  func unreadable() throws {
    let main = try project.line(2)
    try project.record(main[0], series: ["p": 1, "q": 1])
    let whole = Run(
      commit: main[1].id.description, tree: main[1].tree.description,
      recordedAt: Timestamp(hour: 0), session: nil, tool: "test", environment: .here,
      series: [
        Series(
          benchmark: Benchmark(name: "q"), metric: .wallTime, rounds: [try Round([1])], source: "")
      ])
    let broken = RunLine(whole).text.replacing("[[1]]", with: "[[]]")
    for object in [main[1].id, main[1].tree] { try project.overwrite(object, broken) }
    #expect(try rows() == ["p", "q"])
  }

  @Test("the candidate's own content counts as the nearest: what it lacks went before it")
  func ownContent() throws {
    let main = try project.line(2)
    try project.record(main[0], series: ["p": 1, "q": 1])
    try project.record(main[1], series: ["p": 1])
    try project.switchTo("topic", from: "main")
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
    let found = try project.found().result
    #expect(found.rows.keys.map(\.benchmark.name) == ["p"])
    #expect(found.row("p")?.isSame == true)
  }

  @Test("what is owed has the number of the nearest commit beside it")
  func nearest() throws {
    let main = try project.line(2)
    try project.record(main[0], series: ["p": 1, "q": 1])
    try project.record(main[1], series: ["q": 2], part: "typed")
    _ = try rows()
    #expect(try project.found().result.commit(of: "q") == main[1])
  }

  @Test("after ten whole recordings without a series it is not looked for, but told")
  func earlyEnd() throws {
    let main = try project.line(13)
    try project.record(main[0], series: ["old": 1, "p": 1])
    try project.record(main[1], series: ["far": 1, "p": 1])
    try project.record(main[2], series: ["near": 1, "p": 1])
    for commit in main[3..<12] { try project.record(commit, series: ["p": 1]) }
    try project.switchTo("topic", from: "main")
    try project.record(
      project.commit("topic"), series: ["p": 2, "near": 1, "far": 2, "old": 1, "new": 1])
    let found = try project.found().result
    #expect(found.commit(of: "p") == main[11])
    #expect(found.commit(of: "near") == main[2])
    #expect(found.row("far")?.trouble == .beyond(main[1], recorded: 11))
    #expect(found.row("old")?.trouble == .beyond(main[0], recorded: 12))
    #expect(found.row("new") == nil)
  }

  @Test("other machines' recordings bring the end no nearer")
  func otherMachines() throws {
    let main = try project.line(16)
    try project.record(main[0], series: ["p": 1])
    for commit in main[1...] { try project.record(commit, series: ["q": 1], machine: .there) }
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), series: ["p": 2, "q": 2])
    let found = try project.found(maxDistance: 5).result
    #expect(found.commit(of: "p") == main[0])
    #expect(found.row("q")?.trouble == .otherMachines([.there]))
    #expect(found.rows.count == 2)
  }

  @Test("what only other machines have beyond the end is not new")
  func otherMachinesBeyond() throws {
    let main = try project.line(3)
    try project.record(main[0], series: ["q": 1], machine: .there)
    for commit in main[1...] { try project.record(commit, series: ["p": 1]) }
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), series: ["p": 2, "q": 2])
    #expect(
      try project.found(maxDistance: 2).result.row("q")?.trouble == .otherMachines([.there]))
  }
}
