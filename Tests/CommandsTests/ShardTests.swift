import Foundation
import Measurements
import TestSupport
import Testing

@Suite("Shards of one session are judged as one")
struct ShardTests {
  let project: Project

  /// With ten milliseconds of two benchmarks on main.
  init() throws {
    project = try Project()
    try project.record("a", milliseconds: 10)
    try project.record("b", milliseconds: 10)
    try project.leaveMain()
  }

  private func record(_ name: String, _ shard: String, milliseconds: Double = 10) throws {
    try project.record(name, milliseconds: milliseconds, "--session", "ci-7", "--shard", shard)
  }

  @Test("all of them are one candidate, in whatever order they came")
  func whole() throws {
    try record("b", "2/2", milliseconds: 13)
    try record("a", "1/2")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("one that is missing fails the gate by its name")
  func missing() throws {
    try record("a", "1/3")
    try record("b", "3/3")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 4, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("a job that counts them otherwise fails the gate")
  func disagreement() throws {
    try record("a", "1/3")
    try record("a", "1/2")
    try record("b", "2/2")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 4, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("one that the baseline lacks is told of")
  func lackingBaseline() throws {
    try record("a", "1/2")
    try project.record("a", milliseconds: 10, "--suite", "x")
    let diff = try project.run("perf-diff", "HEAD", "HEAD")
    try expectGolden(diff)
  }

  @Test("the newest session counts, and runs without shards are whole")
  func newest() throws {
    func run(_ session: String, _ shard: String?) -> Run {
      Run(
        commit: nil, tree: nil, recordedAt: nil, session: session, tool: "t", environment: nil,
        series: [], shard: shard.flatMap(Shard.init))
    }
    #expect([run("a", nil)].shardFailures.isEmpty)
    #expect([run("b", "1/1"), run("a", "1/2")].shardFailures.isEmpty)
    #expect([run("b", "1/2"), run("a", "2/2")].shardFailures.count == 1)
    #expect([run("b", "1/2"), run("b", "2/2")].shardFailures.isEmpty)
    #expect([run("b", "1/2"), run("b", "2/2"), run("a", "1/3")].shardFailures.isEmpty)
    #expect(
      [run("b", "2/2"), run("b", "3/4"), run("b", "1/3"), run("b", "1/4"), run("b", "1/2")]
        .shardFailures.map(\.reason) == [
          "shards 1/2 and 3/4 of session 'b' disagree on how many there are"
        ])
    let stored = try Run(run("a", "2/4").json.line)
    #expect(stored.shard?.description == "2/4")
  }

  @Test(
    "what is no shard is refused",
    arguments: ["0/2", "3/2", "1", "1/2/3", "a/b", "01/2", "1/2000", "-1/2", ""])
  func wrong(_ text: String) throws {
    #expect(Shard(text) == nil)
    let result = try project.run(
      "perf-record", "--session", "s", "--shard=\(text)", "--import", "-", input: "")
    #expect(result.status == 2, "\(result.err)")
  }

  @Test("a shard needs the session of all")
  func alone() throws {
    let result = try project.run("perf-record", "--shard", "1/2", "--import", "-", input: "")
    #expect(result.status == 2)
    try expectGolden(result)
  }
}
