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
    _ runs: [Run], on revision: String = "HEAD", maxDistance: Int = 50
  ) throws -> BaselineSearch.Found {
    var search = try project.search(maxDistance: maxDistance)
    let candidate = try search.candidate(
      runs.map { try StoredRun($0) }, on: project.commit(at: revision),
      machine: Environment.here.key)
    return try search.baseline(for: candidate, base: project.commit(at: "main"))
  }

  @Test("HEAD itself serves when it is on the base branch, at distance 0")
  func onBase() throws {
    for (revision, value) in [("HEAD", 2.0), ("HEAD~1", 1)] {
      let found = try found([Run(of: nil)], on: revision)
      #expect(!found.candidate.isCommitted)
      #expect(found.values == [value])
      #expect(found.baseline.rule == .mergeBase)
      #expect(found.baseline.distance == 0)
      #expect(!found.hasSameContent)
    }
  }

  @Test("HEAD serves at the greatest distance 0 too")
  func maxDistance() throws {
    #expect(try found([Run(of: nil)], maxDistance: 0).values == [2])
  }

  @Test("on a branch the merge-base serves, not the branch's HEAD")
  func onBranch() throws {
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), value: 50)
    let found = try found([Run(of: nil)])
    #expect(found.values == [2])
    #expect(found.baseline.distance == 0)
  }

  @Test("a file of the committed content is judged like the commit: by the one before")
  func committedFile() throws {
    let found = try found([Run(of: main[2], value: 9)])
    #expect(found.candidate.isCommitted)
    #expect(found.candidate.runs.map(\.run.firstValue) == [9])
    #expect(found.values == [1])
    #expect(found.baseline.rule == .firstParent)
  }

  @Test("a run of the same session serves, HEAD's on a branch included")
  func session() throws {
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), value: 50, session: "s")
    let found = try found([Run(of: nil, value: 60, session: "s"), Run(of: nil, value: 70)])
    #expect(found.values == [50])
    #expect(found.baseline.rule == .session)
    #expect(found.candidate.runs.map(\.run.firstValue) == [60])
  }

  @Test("of a file the newest five of the suite and of one machine count, this one's first")
  func choice() throws {
    let here = try (1...6).map { try Run(of: nil, value: Double($0), hour: $0) }
    let there = try Run(of: nil, value: 7, hour: 7, machine: .there)
    let other = try Run(of: nil, value: 8, hour: 8, suite: "nightly")
    let found = try found(here + [there, other])
    #expect(found.candidate.runs.map(\.run.firstValue) == [6, 5, 4, 3, 2])
    let search = try project.search()
    let elsewhere = try search.candidate(
      (here + [there]).map { try StoredRun($0) }, on: main[2], machine: "no such")
    #expect(elsewhere.runs.map(\.run.firstValue) == [7])
  }

  @Test("a file without a run of the suite names the suites that it has")
  func noRuns() throws {
    let error = #expect(throws: HistoryError.self) {
      try found([Run(of: nil, suite: "nightly"), Run(of: nil, suite: "disk")])
    }
    #expect(error == .noRuns(of: main[2], suites: ["disk", "nightly"]))
  }
}
