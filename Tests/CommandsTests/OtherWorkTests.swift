import Foundation
import Measurements
import TestSupport
import Testing

/// What is measured prints its own numbers, so that the verdicts do not rest on this machine's mood.
@Suite("What one branch measures as its own work is no number of another's", .serialized)
struct OtherWorkTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws {
    project = try Project()
    try repository.git("config", "perf.measure.unfit", "ignore")
    try repository.directory.write(".git/info/exclude", "launches\n")
    try write(work: 1, cost: 100)
    try repository.git("checkout", "--quiet", "-B", "main")
    try commit("base")
    try record()
  }

  /// A program that prints what its work costs, and a suite that gives it some.
  private func write(work: Int, cost: Int) throws {
    let script = """
      #!/bin/sh
      echo x >>launches
      echo "n=$(($1 * \(cost) * 1000 + $(wc -l <launches) % 5))"
      """
    try repository.directory.writeExecutable("p", script)
    let others = ["wall_time", "max_rss", "user_time", "system_time"]
      .map { "[metric \"\($0)\"]\nregression = ignore\n" }.joined()
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\nwarmup = 0\nrounds = 6\nmetric = n[lower]=n=([0-9]+)\ncommand = p: ./p \(work)\n"
        + others)
  }

  private func commit(_ message: String) throws {
    try repository.git("add", ".perfconfig", "p")
    try repository.commit(message, file: "\(message).txt")
  }

  private func record() throws {
    let recorded = try project.run("perf-record", "--quiet")
    #expect(recorded.status == 0, "\(recorded.err)")
  }

  /// Another branch, which measures main and itself with more work.
  private func measureMore() throws {
    try repository.git("checkout", "--quiet", "-B", "more", "main")
    try write(work: 3, cost: 100)
    try commit("more")
    let measured = try project.run("perf-gate", "--measure")
    #expect(measured.status == 0, "\(measured.out)\(measured.err)")
  }

  @Test("a regression stays one, and what is as before is unchanged", arguments: [100, 130])
  func base(_ cost: Int) throws {
    try measureMore()
    try repository.git("checkout", "--quiet", "-B", "topic", "main")
    try write(work: 1, cost: cost)
    try commit("topic")
    try record()
    let gate = try project.run("perf-gate", "--explain", "p")
    #expect(gate.status == (cost == 100 ? 0 : 1), "\(gate.out)")
    #expect(!gate.out.contains("other work"), "\(gate.out)")
  }

  @Test("so it is where the candidate was the other branch's base")
  func candidate() throws {
    try write(work: 1, cost: 130)
    try commit("slower")
    try record()
    try measureMore()
    try repository.git("checkout", "--quiet", "main")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1, "\(gate.out)")
    #expect(gate.out.contains("p n: the base's work decides; "), "\(gate.out)")
    #expect(gate.out.contains(" of other work ("), "\(gate.out)")
  }

  @Test("what a part leaves out is not called another name of what it has")
  func part() throws {
    try repository.git("checkout", "--quiet", "-B", "topic")
    try commit("topic")
    let recorded = try project.run(
      "perf-record", "--quiet", "--name", "q", "--metric", "n=n=([0-9]+)", "--", "./p", "1")
    #expect(recorded.status == 0, "\(recorded.err)")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 4)
    try expectGolden(gate)
  }

  @Test("--only names what it leaves out, and is an error where it fits nothing")
  func only() throws {
    try repository.git("checkout", "--quiet", "-B", "topic")
    try commit("topic")
    try record()
    let unfit = try project.run("perf-gate", "--only", "x")
    #expect(unfit.status == 2)
    try project.run("perf-record", "--quiet", "--name", "q", "--", "true")
    let some = try project.run("perf-gate", "--only", "q")
    #expect(some.status == 0, "\(some.out)\(some.err)")
    try expectGolden(unfit, some)
  }

  @Test(
    "documentation that a suite names is measured, however it names it",
    arguments: ["command = p: ./p @d.md", "command = p: ./p\nenvironment = IN=x/d.md"])
  func documentation(_ lines: String) throws {
    let suite = "[suite \"default\"]\n\(lines)\n"
    try repository.commit("suite", file: ".perfconfig", text: suite)
    try repository.commit("data", file: "d.md", text: "1")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("other", file: "d.md", text: "2")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 4, "\(gate.out)")
  }

  @Test("a configuration that is a link lends no numbers where what it leads to differs")
  func link() throws {
    try repository.git("rm", "--quiet", ".perfconfig")
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/.perfconfig", withDestinationPath: "perf.md")
    try repository.git("add", "--all")
    try repository.commit(
      "link", file: "perf.md", text: "[suite \"default\"]\ncommand = p: ./p 1\n")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit(
      "other", file: "perf.md", text: "[suite \"default\"]\ncommand = p: ./p 9\n")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 4, "\(gate.out)")
  }
}
