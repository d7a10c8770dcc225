import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A file measured on top of a commit is judged by the content before the change")
struct UncommittedTests {
  let project: Project
  let main: [Commit]

  init() throws {
    let project = try Project()
    main = try (1...3).map { try project.commit("main \($0)") }
    for (index, commit) in main.enumerated() { try project.record(commit, value: Double(index)) }
    self.project = project
  }

  private func found(
    _ runs: [Run], on revision: String = "HEAD", isCommitted: Bool = false
  ) throws -> Found {
    var search = try project.search()
    let part = RecordedPart(try runs.map { try StoredRun($0) })
    let start = try WalkStart(
      of: project.commit(at: revision), isCommitted: isCommitted,
      base: project.commit(at: "main"), in: project.open())
    return Found(
      candidate: part, result: try search.baseline(for: part, from: start),
      warnings: search.index.warnings)
  }

  @Test("HEAD itself serves when it is on the base branch, at distance 0")
  func onBase() throws {
    for (revision, value) in [("HEAD", 2.0), ("HEAD~1", 1)] {
      let found = try found([Run(of: nil)], on: revision)
      #expect(found.old == [value])
      #expect(found.rule == .mergeBase)
      #expect(found.distance == 0)
      #expect(found.row?.isSame == false)
    }
  }

  @Test("on a branch the merge-base serves, not the branch's HEAD")
  func onBranch() throws {
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), value: 50)
    let found = try found([Run(of: nil)])
    #expect(found.old == [2])
    #expect(found.distance == 0)
  }

  @Test("a file of the committed content is judged like the commit: by the one before")
  func committedFile() throws {
    let found = try found([Run(of: main[2], value: 9)], isCommitted: true)
    #expect(found.new == [9])
    #expect(found.old == [1])
    #expect(found.rule == .firstParent)
  }

  @Test("HEAD's numbers of the same session decide")
  func session() throws {
    try project.record(main[2], value: 50, session: "s")
    let found = try found([Run(of: nil, value: 60, session: "s"), Run(of: nil, value: 70)])
    #expect(found.old == [50])
    #expect(found.rule == .session)
    #expect(found.new == [60])
  }

  @Test("all runs of a file count")
  func all() throws {
    let found = try found((1...6).reversed().map { try Run(of: nil, value: Double($0), hour: $0) })
    #expect(found.new == [6, 5, 4, 3, 2, 1])
  }
}
