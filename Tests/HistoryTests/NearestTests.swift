import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("The baseline is the nearest comparable run from the merge-base back")
struct NearestTests {
  let project: Project

  init() throws { project = try Project() }

  @Test("the merge-base itself has distance 0")
  func mergeBase() throws {
    let main = try project.line(2)
    try project.record(main[1])
    let topic = try project.topic()
    let found = try project.found()
    #expect(found.candidate.commit == topic)
    #expect(found.commit == main[1])
    #expect(found.baseline.rule == .mergeBase)
    #expect(found.baseline.distance == 0)
    #expect(found.baseline.skipped.isEmpty)
  }

  @Test("what main did since is not asked, however new its numbers")
  func mainMovedOn() throws {
    let main = try project.line(2)
    try project.record(main[0])
    try project.topic()
    try project.switchTo("main")
    for number in 1...3 { try project.record(project.commit("later \(number)"), hour: number) }
    let found = try project.found("topic")
    #expect(found.commit == main[0])
    #expect(found.baseline.distance == 1)
  }

  @Test("what was passed over is told with its reason, nearest first")
  func skipped() throws {
    let main = try project.line(6)
    try project.record(main[0], value: 1)
    try project.overwrite(main[1].id, "by hand")
    try project.record(main[2], machine: .there)
    try project.record(main[3], suite: "nightly")
    try project.record(main[4], machine: nil)
    try project.topic()
    let found = try project.found()
    #expect(found.values == [1])
    #expect(found.baseline.distance == 5)
    let differences = Environment.here.differences(from: .there)
    #expect(differences.map(\.field) == ["cpu", "cores"])
    #expect(
      found.baseline.skipped == [
        .init(commit: main[5].id, reason: .noRuns),
        .init(commit: main[4].id, reason: .otherEnvironment([])),
        .init(commit: main[3].id, reason: .otherSuite(["nightly"])),
        .init(commit: main[2].id, reason: .otherEnvironment(differences)),
        .init(commit: main[1].id, reason: .unreadable),
      ])
  }

  @Test("a comparable run that is broken is unreadable, not another machine's")
  func unreadable() throws {
    let main = try project.line(1)
    let text = try RunLine(Run(of: main[0])).text.replacing("[[100,100.5]]", with: "[[]]")
    try project.overwrite(main[0].id, text)
    try project.topic()
    let error = #expect(throws: HistoryError.self) { try project.found() }
    #expect(error == .noBaseline([.init(commit: main[0].id, reason: .unreadable)]))
  }

  @Test("a candidate on main is compared with its first parent, at distance 1")
  func onBase() throws {
    let main = try project.line(3)
    for (hour, commit) in main.enumerated() { try project.record(commit, hour: hour) }
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.baseline.rule == .firstParent)
    #expect(found.baseline.distance == 1)
    let older = try project.found("HEAD~1")
    #expect(older.commit == main[0])
    #expect(older.baseline.distance == 1)
  }

  @Test("the greatest distance is still looked at, and nothing behind it")
  func maxDistance() throws {
    let main = try project.line(5)
    try project.record(main[0])
    try project.topic()
    #expect(try project.found(maxDistance: 4).baseline.distance == 4)
    let skipped = main.dropFirst().reversed().map {
      Baseline.Skipped(commit: $0.id, reason: .noRuns)
    }
    #expect(throws: HistoryError.noBaseline(skipped)) { try project.found(maxDistance: 3) }
  }

  @Test("on main too the greatest distance counts from the candidate")
  func maxDistanceOnBase() throws {
    let main = try project.line(3)
    try project.record(main[0])
    try project.record(main[2])
    #expect(try project.found(maxDistance: 2).commit == main[0])
    #expect(throws: HistoryError.self) { try project.found(maxDistance: 1) }
    #expect(throws: HistoryError.noBaseline([])) { try project.found(maxDistance: 0) }
  }

  @Test("a root commit has no baseline")
  func root() throws {
    try project.record(project.line(1)[0])
    #expect(throws: HistoryError.noBaseline([])) { try project.found() }
  }

  @Test("histories that do not meet are an error of their own")
  func unrelated() throws {
    let main = try project.line(1)
    try project.repository.git("checkout", "--quiet", "--orphan", "other")
    let other = try project.commit("other")
    try project.record(other)
    #expect(throws: HistoryError.unrelated(other.id, main[0].id)) { try project.found() }
  }

  @Test("all runs of the chosen commit are pooled, the newest five, newest first")
  func pooled() throws {
    let main = try project.line(1)
    for hour in 1...7 { try project.record(main[0], value: Double(hour), hour: hour) }
    try project.topic()
    #expect(try project.found().values == [7, 6, 5, 4, 3])
  }

  @Test("any environment takes another machine's runs where the candidate's has none")
  func anyEnvironment() throws {
    let main = try project.line(2)
    try project.record(main[0], value: 1)
    try project.record(main[1], value: 2, machine: .there)
    try project.topic()
    #expect(try project.found().values == [1])
    #expect(try project.found(anyEnvironment: true).values == [2])
    try project.record(main[1], value: 3)
    #expect(try project.found(anyEnvironment: true).values == [3])
  }

  @Test("runs that name no machine are comparable with each other only")
  func noEnvironment() throws {
    let main = try project.line(2)
    try project.record(main[0], value: 1, machine: nil)
    try project.record(main[1], value: 2)
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), machine: nil)
    #expect(try project.found().values == [1])
  }
}
