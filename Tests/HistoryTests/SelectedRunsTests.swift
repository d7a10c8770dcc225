import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("The candidate is everything that was recorded for its content")
struct CandidateTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func values(machine: Environment? = .here) throws -> [Double]? {
    try project.part(machine: machine)?.pool.series.first?.rounds.map { $0.samples[0] }
  }

  @Test("evidence adds up: all runs count, newest first, whatever the order of storing")
  func all() throws {
    for hour in [3, 7, 1, 6, 2, 5, 4] {
      try project.record(commit, value: Double(hour), hour: hour)
    }
    #expect(try values() == [7, 6, 5, 4, 3, 2, 1])
  }

  @Test("a failure is answered by a later recording of that benchmark that has as many rounds")
  func failures() throws {
    func record(_ hour: Int, measured: [String], failed: [String?]) throws {
      try project.record(
        commit, series: Dictionary(uniqueKeysWithValues: measured.map { ($0, 1) }), hour: hour,
        failed: failed)
    }
    try record(1, measured: ["good"], failed: ["repaired", "broken", nil])
    try record(2, measured: ["repaired", "flaky"], failed: [])
    try record(3, measured: [], failed: ["flaky"])
    let pool = try #require(try project.part()).pool
    #expect(
      pool.failures == [
        Failure(Benchmark(name: "flaky"), reason: "3"),
        Failure(Benchmark(name: "broken"), reason: "1"),
      ])
    #expect(
      Set(pool.answered.map(\.failure)) == [
        Failure(Benchmark(name: "repaired"), reason: "1"), Failure(nil, reason: "1"),
      ])
    #expect(pool.environment == .here)
  }

  @Test("each machine and suite is a part of its own")
  func machines() throws {
    try project.record(commit, value: 1, hour: 1)
    try project.record(commit, value: 2, hour: 2, machine: .there)
    try project.record(commit, value: 3, hour: 3, machine: nil)
    try project.record(commit, value: 4, hour: 4, suite: "nightly")
    #expect(try values() == [1])
    #expect(try values(machine: .there) == [2])
    #expect(try values(machine: nil) == [3])
    var search = try project.search()
    let parts = try search.recordings(of: commit).parts
    #expect(parts.count == 4)
    #expect(parts.map(\.suite) == ["default", "default", "default", "nightly"])
  }

  @Test("the numbers of the commit and those of its content are one set")
  func byTree() throws {
    let id = try project.record(commit, value: 1)
    let amended = try amend()
    #expect(try project.part()?.pool.runs.map(\.id) == [id])
    try project.record(amended, value: 2, hour: 1)
    #expect(try values() == [2, 1])
  }

  @Test("another machine's numbers of the same content hide none")
  func machineByTree() throws {
    try project.record(commit, value: 1)
    try project.record(try amend(), value: 2, hour: 5, machine: .there)
    #expect(try values() == [1])
    #expect(try values(machine: .there) == [2])
  }

  @Test("a commit without a run has no part")
  func noRuns() throws {
    var search = try project.search()
    #expect(try search.recordings(of: commit).parts.isEmpty)
  }

  private func amend() throws -> Commit {
    try project.repository.git("commit", "--quiet", "--amend", "-m", "better words")
    return try project.commit(at: "HEAD")
  }
}
