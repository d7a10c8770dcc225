import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A named baseline is exactly that")
struct AgainstTests {
  let project: Project
  let main: [Commit]

  init() throws {
    project = try Project()
    main = try project.line(3)
  }

  private func found(_ revision: String) throws -> Found {
    try project.found("HEAD", against: revision)
  }

  @Test("even where a nearer one would serve")
  func exactly() throws {
    for (index, commit) in main.enumerated() { try project.record(commit, value: Double(index)) }
    let found = try found("HEAD~2")
    #expect(found.old == [0])
    #expect(found.rule == .against)
    #expect(found.distance == nil)
  }

  @Test("without a comparable run there is no baseline, and no other is looked for")
  func nothing() throws {
    try project.record(main[0])
    try project.record(main[2])
    let found = try found("HEAD~1")
    #expect(found.row?.baseline == nil)
    #expect(found.row?.trouble == nil)
    #expect(found.skipped == [.init(commit: main[1].id, reason: .noRuns)])
  }

  @Test("runs of the same session decide, and the rule stays the user's")
  func session() throws {
    try project.record(main[0], value: 1, session: "s")
    try project.record(main[0], value: 2, hour: 5)
    try project.record(main[2], value: 3, session: "s")
    try project.record(main[2], value: 4, hour: 5)
    let found = try found("HEAD~2")
    #expect(found.rule == .against)
    #expect(found.old == [1])
    #expect(found.new == [3])
    #expect(found.row?.isPaired == true)
  }

  @Test("against itself, both sides are the same numbers")
  func itself() throws {
    try project.record(main[2], value: 7, session: "s")
    let found = try found("HEAD")
    #expect(found.old == [7])
    #expect(found.new == [7])
  }

  @Test("another machine's numbers there are no comparison, and the row says whose they are")
  func otherMachine() throws {
    try project.record(main[0], machine: .there)
    try project.record(main[2])
    let found = try found("HEAD~2")
    #expect(found.row?.baseline == nil)
    #expect(found.row?.trouble == .otherMachines([.there]))
  }

  @Test("a mark does not keep the user from naming what is marked")
  func marked() throws {
    for (index, commit) in main.enumerated() { try project.record(commit, value: Double(index)) }
    try project.mark(main[1], against: main[0])
    #expect(try found("HEAD~1").old == [1])
  }

  @Test("a commit where everything failed has no number, and that is said")
  func failed() throws {
    try project.record(main[0], series: [:], failed: ["p"])
    try project.record(main[2], series: ["p": 1])
    #expect(try found("HEAD~2").skipped == [.init(commit: main[0].id, reason: .noNumbers)])
  }

  @Test("all that it has is owed")
  func owed() throws {
    try project.record(main[0], series: ["p": 1, "q": 2], part: "--name")
    try project.record(main[2], series: ["p": 3])
    let found = try found("HEAD~2")
    #expect(found.result.rows.keys.map(\.benchmark.name).sorted() == ["p", "q"])
    #expect(found.result.old.map(\.benchmark.name).sorted() == ["p", "q"])
  }
}
