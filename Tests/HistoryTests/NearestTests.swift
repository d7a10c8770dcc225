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
    try project.topic()
    let found = try project.found()
    #expect(found.new == [200])
    #expect(found.commit == main[1])
    #expect(found.rule == .mergeBase)
    #expect(found.distance == 0)
    #expect(found.skipped.isEmpty)
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
    #expect(found.distance == 1)
    #expect(found.row?.unmeasured == [main[1]])
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
    #expect(found.old == [1])
    #expect(found.distance == 5)
    let differences = Environment.here.differences(from: .there)
    #expect(differences.map(\.field) == ["cpu", "cores"])
    #expect(
      found.skipped == [
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
    let found = try project.found()
    #expect(found.skipped == [.init(commit: main[0].id, reason: .unreadable)])
    guard case .unreadable(let lines)? = found.row?.trouble else {
      Issue.record("\(String(describing: found.row))")
      return
    }
    #expect(lines.count == 1)
  }

  @Test("a candidate on main is compared with its first parent, at distance 1")
  func onBase() throws {
    let main = try project.line(3)
    for (hour, commit) in main.enumerated() { try project.record(commit, hour: hour) }
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.rule == .firstParent)
    #expect(found.distance == 1)
    let older = try project.found("HEAD~1")
    #expect(older.commit == main[0])
    #expect(older.distance == 1)
  }

  @Test("as many recorded commits as are wanted are looked at; what lies beyond is told, not used")
  func maxDistance() throws {
    let main = try project.line(5)
    try project.record(main[0], series: ["p": 1, "q": 1])
    for commit in main[1...3] { try project.record(commit, series: ["q": 1], part: "--name q") }
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), series: ["p": 2])
    let near = try project.found(maxDistance: 4).result
    #expect(near.commit(of: "p") == main[0])
    let far = try project.found(maxDistance: 3).result
    #expect(far.row("p")?.baseline == nil)
    #expect(far.row("p")?.trouble == .beyond(main[0], recorded: 4))
  }

  @Test("commits without numbers of the suite do not count")
  func unmeasured() throws {
    let main = try project.line(6)
    try project.record(main[0], value: 1)
    try project.record(main[2], suite: "nightly")
    try project.topic()
    let found = try project.found(maxDistance: 1)
    #expect(found.old == [1])
    #expect(found.distance == 5)
    #expect(found.row?.unmeasured == main[1...].reversed())
  }

  @Test("a root commit has no baseline, and its series are new")
  func root() throws {
    try project.record(project.line(1)[0])
    let found = try project.found()
    #expect(found.result.rows.isEmpty)
    #expect(found.result.baselines.isEmpty)
  }

  @Test("histories that do not meet are an error of their own")
  func unrelated() throws {
    let main = try project.line(1)
    try project.repository.git("checkout", "--quiet", "--orphan", "other")
    let other = try project.commit("other")
    try project.record(other)
    #expect(throws: HistoryError.unrelated(other.id, main[0].id)) { try project.found() }
  }

  @Test("of each series the newest five runs of the chosen commit are pooled, newest first")
  func pooled() throws {
    let main = try project.line(1)
    for hour in 1...7 { try project.record(main[0], value: Double(hour), hour: hour) }
    for hour in 8...14 { try project.record(main[0], series: ["q": 1], hour: hour) }
    try project.topic()
    #expect(try project.found().old == [7, 6, 5, 4, 3])
  }

  @Test("any environment takes another machine's runs where the candidate's has none")
  func anyEnvironment() throws {
    let main = try project.line(2)
    try project.record(main[0], value: 1)
    try project.record(main[1], value: 2, machine: .there)
    try project.topic()
    #expect(try project.found().old == [1])
    #expect(try project.found(anyEnvironment: true).old == [2])
    try project.record(main[1], value: 3)
    #expect(try project.found(anyEnvironment: true).old == [3])
  }

  @Test("runs that name no machine are comparable with each other only")
  func noEnvironment() throws {
    let main = try project.line(2)
    try project.record(main[0], value: 1, machine: nil)
    try project.record(main[1], value: 2)
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), machine: nil)
    #expect(try project.found(machine: nil).old == [1])
  }

  @Test("each series has a baseline of its own: the nearest commit that has it")
  func perSeries() throws {
    let main = try project.line(3)
    try project.record(main[0], series: ["p": 1, "q": 1, "r": 1])
    try project.record(main[1], series: ["p": 2, "q": 2], part: "--name")
    try project.record(main[2], series: ["p": 3], part: "--name")
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), series: ["p": 4, "q": 4, "r": 4])
    let found = try project.found().result
    for (name, index) in [("p", 2), ("q", 1), ("r", 0)] {
      #expect(found.commit(of: name) == main[index], "\(name)")
    }
  }
}
