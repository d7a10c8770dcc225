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

  private func found(_ revision: String) throws -> BaselineSearch.Found {
    var search = try project.search()
    let candidate = try search.candidate(main[2], machine: nil)
    return try search.baseline(against: project.commit(at: revision), for: candidate)
  }

  @Test("even where a nearer one would serve")
  func exactly() throws {
    for (index, commit) in main.enumerated() { try project.record(commit, value: Double(index)) }
    let found = try found("HEAD~2")
    #expect(found.values == [0])
    #expect(found.baseline.rule == .against)
    #expect(found.baseline.distance == nil)
  }

  @Test("without a comparable run there is no baseline, and no other is looked for")
  func nothing() throws {
    try project.record(main[0])
    try project.record(main[2])
    #expect(throws: HistoryError.noBaseline([.init(commit: main[1].id, reason: .noRuns)])) {
      try found("HEAD~1")
    }
  }

  @Test("runs of the same session are judged alone, and the rule stays the user's")
  func session() throws {
    try project.record(main[0], value: 1, session: "s")
    try project.record(main[0], value: 2, hour: 5)
    try project.record(main[2], value: 3, session: "s")
    try project.record(main[2], value: 4, hour: 5)
    let found = try found("HEAD~2")
    #expect(found.baseline.rule == .against)
    #expect(found.values == [1])
    #expect(found.candidate.runs.map(\.run.firstValue) == [3])
    #expect(found.sessions == ["s"])
  }

  @Test("against itself, both sides are the same runs, and that is said")
  func itself() throws {
    try project.record(main[2], session: "s")
    let found = try found("HEAD")
    #expect(found.hasSameContent)
    #expect(found.hasSameRuns)
  }
}
