import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Runs that were measured together are judged alone")
struct SessionTests {
  let project: Project
  let main: [Commit]

  init() throws {
    let project = try Project()
    main = try (1...4).map { try project.commit("main \($0)") }
    for (index, commit) in main.enumerated() {
      try project.record(commit, value: Double(index), hour: 9)
    }
    self.project = project
  }

  private func topic(_ session: String? = "s") throws -> Commit {
    try project.switchTo("topic", from: "main")
    let topic = try project.commit("topic")
    try project.record(topic, value: 200, session: session)
    return topic
  }

  @Test("a run of the session wins over nearer and newer ones")
  func wins() throws {
    let topic = try topic()
    try project.record(topic, value: 300, hour: 9)
    try project.record(main[1], value: 50, session: "s")
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.values == [50])
    #expect(found.candidate.runs.map(\.run.firstValue) == [200])
    #expect(found.baseline.rule == .session)
    #expect(found.baseline.distance == nil)
    #expect(found.sessions == ["s"])
  }

  @Test("it is looked for as far as the greatest distance, and no farther")
  func bound() throws {
    _ = try topic()
    try project.record(main[1], value: 50, session: "s")
    #expect(try project.found(maxDistance: 2).baseline.rule == .session)
    #expect(try project.found(maxDistance: 1).baseline.rule == .mergeBase)
  }

  @Test("of two commits of the session the merge-base is taken")
  func nearest() throws {
    _ = try topic()
    try project.record(main[1], value: 50, session: "s")
    try project.record(main[3], value: 60, session: "s")
    #expect(try project.found().values == [60])
  }

  @Test("the tip of the base branch serves, though it is no ancestor")
  func baseTip() throws {
    _ = try topic()
    try project.switchTo("main")
    let later = try project.commit("later")
    try project.record(later, value: 70, session: "s")
    #expect(try project.found("topic").commit == later)
  }

  @Test("an earlier commit of the branch serves, though it is before no merge-base")
  func ownBranch() throws {
    _ = try topic("t")
    let earlier = try project.commit("step 1")
    try project.record(earlier, value: 80, session: "s")
    try project.commit("step 2")
    try project.record(project.commit("step 3"), session: "s")
    #expect(try project.found().commit == earlier)
  }

  @Test("a later commit on main never judges an earlier one")
  func notBackwards() throws {
    try project.record(main[2], value: 30, hour: 10, session: "s")
    try project.record(main[3], value: 40, hour: 10, session: "s")
    let found = try project.found("HEAD~1")
    #expect(found.commit == main[1])
    #expect(found.baseline.rule == .firstParent)
    #expect(try project.found("HEAD").baseline.rule == .session)
  }

  @Test("a session of another suite or machine is another session")
  func otherSuite() throws {
    _ = try topic()
    try project.record(main[2], session: "s", suite: "nightly")
    try project.record(main[1], machine: .there, session: "s")
    #expect(try project.found().baseline.rule == .mergeBase)
  }

  @Test("a session whose name is only part of another is another session")
  func partOfName() throws {
    _ = try topic("s/1 \"ü\"")
    try project.record(main[2], session: "s/1 \"ü\" ")
    #expect(try project.found().baseline.rule == .mergeBase)
    try project.record(main[1], session: "s/1 \"ü\"")
    #expect(try project.found().commit == main[1])
  }

  @Test("older runs of the candidate itself are no partner of its newest")
  func ownOlderRuns() throws {
    let topic = try topic()
    for hour in 1...6 { try project.record(topic, hour: hour, session: "s") }
    let found = try project.found()
    #expect(found.baseline.rule == .mergeBase)
    #expect(found.candidate.runs.count == 5)
  }

  @Test("runs without a session share none")
  func none() throws {
    _ = try topic(nil)
    #expect(try project.found().baseline.rule == .mergeBase)
    #expect(try project.found().sessions == [nil])
  }

  @Test("the candidate's own run under another commit of the same content is no partner")
  func ownRunByTree() throws {
    _ = try topic("t")
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
    try project.record(project.commit(at: "HEAD"), value: 90, hour: 1, session: "s")
    let found = try project.found()
    #expect(found.baseline.rule == .mergeBase)
    #expect(found.commit == main[3])
  }
}
