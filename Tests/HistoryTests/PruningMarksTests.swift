import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Pruning keeps marks and what they name, while there are numbers of their content")
struct PruningMarksTests {
  let project: Project
  let commits: [Commit]

  init() throws {
    project = try Project()
    commits = try project.line(3)
  }

  /// Everything that was recorded in January 2026 is old, and of the first day very old.
  private func prune() throws {
    let store = try RunStore(project.open(), reference: Project.reference)
    let today = try #require(Day("2026-11-20"))
    let retention = Retention(
      keepsSince: try #require(Timestamp("2026-06-01T00:00:00Z")),
      summarizesBefore: try #require(Timestamp("2026-05-01T00:00:00Z")), pinned: []
    ) { record in
      record.changingSeries { _, fields in fields["rounds"] = .array([.array([.number(7)])]) }
    }
    _ = try store.prune(by: retention, on: today, pause: { _ in })
  }

  private func lines(_ object: ObjectID) throws -> [Run] {
    guard let text = try? project.show(object.description) else { return [] }
    return try text.split(separator: "\n").map { try Run(Array($0.utf8)) }
  }

  private func hours(_ object: ObjectID) throws -> [String] {
    try lines(object).filter { $0.marks.isEmpty }
      .compactMap { $0.recordedAt.map { String($0.description.dropFirst(11).prefix(2)) } }.sorted()
  }

  @Test("a mark stays with the numbers of its content, in both notes, and holds as before")
  func kept() throws {
    try project.record(commits[0], value: 1)
    for hour in 1...2 { try project.record(commits[1], value: 9, hour: hour) }
    try project.mark(commits[1], against: commits[0], hour: 3)
    try project.record(commits[2], value: 9, hour: 5)
    try prune()
    for object in [commits[1].id, commits[1].tree] {
      #expect(try lines(object).filter { !$0.marks.isEmpty }.count == 1)
      #expect(try hours(object) == ["02"])
    }
    let found = try project.found()
    #expect(found.commit == commits[0])
    #expect(found.rule == .mark)
  }

  @Test("the runs of the baseline that a mark names keep all of their rounds")
  func baseline() throws {
    for hour in 1...3 { try project.record(commits[0], value: 1, hour: hour) }
    try project.record(commits[1], value: 9, hour: 4)
    try project.mark(commits[1], against: commits[0], hour: 5)
    try project.record(commits[2], value: 9, hour: 6)
    try prune()
    #expect(try hours(commits[0].id).count == 3)
    #expect(try Set(project.found().old) == [1])
    try project.unmark(commits[1], hour: 7)
    try prune()
    #expect(try hours(commits[0].id).count == 1)
  }

  @Test("a mark goes with the last number of its content")
  func gone() throws {
    try project.switchTo("topic", from: "main")
    let topic = try project.commit("topic")
    try project.record(topic, value: 9)
    try project.mark(topic, against: commits[2], hour: 1)
    try project.switchTo("main")
    try project.repository.git("branch", "--quiet", "-D", "topic")
    try prune()
    #expect(try lines(topic.id).isEmpty)
    #expect(try lines(topic.tree).isEmpty)
  }

  @Test("the newest that is not marked keeps its rounds, not the marked one")
  func newest() throws {
    try project.record(commits[0], value: 1)
    try project.record(commits[1], value: 2, hour: 1)
    try project.record(commits[2], value: 9, hour: 2)
    try project.mark(commits[2], against: nil, hour: 3)
    try prune()
    #expect(try lines(commits[0].id).map(\.firstValue) == [7])
    #expect(try lines(commits[1].id).map(\.firstValue) == [2])
    #expect(try lines(commits[2].id).filter { $0.marks.isEmpty }.map(\.firstValue) == [7])
  }

  @Test("a whole recording stays beside newer parts that have all it measured")
  func whole() throws {
    try project.record(commits[0], series: ["p": 1, "q": 1], hour: 1)
    try project.record(commits[0], series: ["p": 1, "q": 1], hour: 2)
    try project.record(commits[0], series: ["p": 1, "q": 1], hour: 3, part: "typed")
    try prune()
    #expect(try hours(commits[0].id) == ["02", "03"])
  }
}
