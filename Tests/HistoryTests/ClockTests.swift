import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("The order of runs is that of times that can be believed")
struct ClockTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func record(_ value: Double, at time: String) throws {
    try project.record(commit) { commit in
      Run(
        commit: commit.id.description, tree: commit.tree.description, recordedAt: Timestamp(time),
        session: nil, tool: "test", environment: .here,
        series: [
          Series(
            benchmark: Benchmark(name: "p"), metric: .wallTime, rounds: [try Round([value])],
            source: "")
        ])
    }
  }

  private func values() throws -> (values: [Double?], warnings: [String]) {
    var search = try project.search()
    let parts = try search.recordings(of: commit).parts
    return (parts.flatMap(\.pool.runs).map(\.run.firstValue), search.index.warnings)
  }

  @Test("one of the future counts as the oldest, and is named")
  func future() throws {
    try record(1, at: "2026-01-02T00:00:00Z")
    try record(2, at: "2099-01-01T00:00:00Z")
    let found = try values()
    #expect(found.values == [1, 2])
    #expect(found.warnings.count == 1)
    #expect(found.warnings.first?.contains("2099") == true)
  }

  @Test("none is earlier than the commit that was measured")
  func beforeTheCommit() throws {
    try record(1, at: "1970-01-01T00:00:00Z")
    try record(2, at: "2026-01-01T00:00:01Z")
    try record(3, at: "1999-01-01T00:00:00Z")
    let found = try values().values
    #expect(found.first == 2)
    #expect(Set(found) == [1, 2, 3])
  }

  @Test("a later baseline of the future does not push out what was measured in time")
  func baseline() throws {
    for day in 2...6 { try record(Double(day), at: "2026-01-0\(day)T00:00:00Z") }
    try record(99, at: "2099-01-01T00:00:00Z")
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"), series: ["p": 1])
    let old = try project.found().result.old.flatMap(\.rounds).map { $0.samples[0] }
    #expect(old == [6, 5, 4, 3, 2])
  }
}
