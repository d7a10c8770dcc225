import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("The candidate's runs are the newest five of one machine")
struct CandidateTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func values(
    machine: Environment? = .here, anyEnvironment: Bool = false
  ) throws -> [Double?] {
    var search = try project.search(anyEnvironment: anyEnvironment)
    return try search.candidate(commit, machine: machine?.key).runs.map(\.run.firstValue)
  }

  @Test("newest first, whatever the order of storing")
  func newestFive() throws {
    for hour in [3, 7, 1, 6, 2, 5, 4] {
      try project.record(commit, value: Double(hour), hour: hour)
    }
    #expect(try values() == [7, 6, 5, 4, 3])
  }

  @Test("a benchmark has failed when it failed the last time that it was tried")
  func failures() throws {
    func record(_ hour: Int, measured: [String], failed: [String?]) throws {
      try project.record(commit) { commit in
        Run(
          commit: commit.id.description, tree: commit.tree.description,
          recordedAt: Timestamp("2026-01-01T0\(hour):00:00Z"), session: nil, tool: "test",
          environment: .here,
          series: try measured.map {
            Series(
              benchmark: Benchmark(name: $0), metric: .wallTime, rounds: [try Round([1])],
              source: "test")
          }, failures: failed.map { Failure($0.map { Benchmark(name: $0) }, reason: "\(hour)") })
      }
    }
    try record(1, measured: ["good"], failed: ["repaired", "broken", nil])
    try record(2, measured: ["repaired", "flaky"], failed: [])
    try record(3, measured: [], failed: ["flaky"])
    var search = try project.search()
    let candidate = try search.candidate(commit, machine: Environment.here.key)
    #expect(
      candidate.selection.pool.failures == [
        Failure(Benchmark(name: "flaky"), reason: "3"),
        Failure(Benchmark(name: "broken"), reason: "1"),
      ])
    #expect(candidate.environment == .here)
  }

  @Test("this machine's before a newer one's, else those of the newest run's machine alone")
  func machines() throws {
    try project.record(commit, value: 1, hour: 1)
    try project.record(commit, value: 2, hour: 2, machine: .there)
    try project.record(commit, value: 3, hour: 3, machine: nil)
    for anyEnvironment in [false, true] {
      #expect(try values(anyEnvironment: anyEnvironment) == [1])
      #expect(try values(machine: .there, anyEnvironment: anyEnvironment) == [2])
      #expect(try values(machine: nil, anyEnvironment: anyEnvironment) == [3])
    }
  }

  @Test("this machine's runs under another commit of the same content count as this machine's")
  func machineByTree() throws {
    try project.record(commit, value: 1)
    let amended = try amend()
    try project.record(amended, value: 2, hour: 5, machine: .there)
    var search = try project.search()
    let candidate = try search.candidate(amended, machine: Environment.here.key)
    #expect(candidate.runs.map(\.run.firstValue) == [1])
  }

  @Test("an amended message finds the numbers of the content, until it has its own")
  func byTree() throws {
    let id = try project.record(commit, value: 1)
    let amended = try amend()
    var search = try project.search()
    let borrowed = try search.candidate(amended, machine: nil)
    #expect(borrowed.commit == amended)
    #expect(borrowed.runs.map(\.id) == [id])
    try project.record(amended, value: 2)
    search = try project.search()
    #expect(try search.candidate(amended, machine: nil).runs.map(\.run.firstValue) == [2])
  }

  @Test("without a run of the suite the error names the suites that there are")
  func noRuns() throws {
    try project.record(commit, suite: "nightly")
    try project.record(commit, suite: "disk")
    let error = #expect(throws: HistoryError.self) { try values() }
    #expect(error == .noRuns(of: commit, suites: ["disk", "nightly"]))
  }

  private func amend() throws -> Commit {
    try project.repository.git("commit", "--quiet", "--amend", "-m", "better words")
    return try project.commit(at: "HEAD")
  }
}
