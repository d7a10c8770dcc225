import Foundation
import TestSupport
import Testing

/// Where numbers are kept, and what the machine is called, is for the base branch to say: the gate looks
/// for them by its rules, so a change that names another place would hide them.
@Suite("By whose rules numbers are stored")
struct StoringRulesTests {
  let project: Project

  init() throws {
    project = try Project()
    try commit("[gate]\n    base = main\n[environment]\n    labels = runner=ci\n", "first")
    try project.repository.git("switch", "-c", "topic")
  }

  private func commit(_ rules: String, _ subject: String) throws {
    try project.repository.directory.write(".perfconfig", rules)
    try project.repository.git("add", ".perfconfig")
    try project.repository.git("commit", "-m", subject)
  }

  private static let changed =
    "[gate]\n    base = main\n[environment]\n    labels = runner=mine\n    key = elsewhere\n"
    + "[perf]\n    notesRef = refs/notes/hidden\n"

  private func references() throws -> [String] {
    try project.repository.git("for-each-ref", "--format=%(refname)", "refs/notes")
      .split(separator: "\n").map(String.init)
  }

  @Test("a change chooses neither the place nor the machine of what is recorded")
  func recorded() throws {
    try commit(Self.changed, "hide")
    let result = try project.run("perf-record", "-r", "1", "--", "true")
    #expect(result.status == 0)
    for (key, line) in [("environment.labels", 4), ("environment.key", 5), ("perf.notesRef", 7)] {
      #expect(
        result.err.contains("warning: \(key) in .perfconfig:\(line) counts once it is on main\n"))
    }
    #expect(try references() == ["refs/notes/perf"])
    let shown = try project.run("perf-record", "--environment").out
    #expect(shown.contains("runner=ci"))
    #expect(shown.contains(":.perfconfig:4"))
    #expect(!shown.contains("elsewhere"))
  }

  @Test("what was typed and git's configuration go before both")
  func typed() throws {
    try commit(Self.changed, "hide")
    try project.repository.git("config", "perf.environment.labels", "runner=here")
    let arguments = ["--notes-ref", "refs/notes/typed", "-r", "1", "--", "true"]
    #expect(try project.run("perf-record", arguments).status == 0)
    #expect(try references() == ["refs/notes/typed"])
    let shown = try project.run("perf-record", "--environment").out
    #expect(shown.contains("runner=here"))
    #expect(!shown.contains("runner=ci"))
  }

  @Test("it counts once the branch has it, and then nobody is told")
  func merged() throws {
    try commit(Self.changed, "hide")
    try project.repository.git("branch", "-f", "main", "topic")
    let result = try project.run("perf-record", "-r", "1", "--", "true")
    #expect(result.status == 0)
    #expect(!result.err.contains("counts once"), "\(result.err)")
    #expect(try references() == ["refs/notes/hidden"])
  }

  @Test("a branch that is only behind is told nothing")
  func behind() throws {
    try project.repository.git("switch", "main")
    try commit(Self.changed, "on main")
    try project.repository.git("switch", "topic")
    let result = try project.run("perf-record", "-r", "1", "--", "true")
    #expect(result.status == 0)
    #expect(!result.err.contains("counts once"), "\(result.err)")
    #expect(try references() == ["refs/notes/hidden"])
  }

  @Test("runs that are exchanged are those of the base branch's place")
  func exchanged() throws {
    #expect(try project.run("perf-record", "-r", "1", "--", "true").status == 0)
    try commit(Self.changed, "hide")
    let hub = try ScratchDirectory.bareRepository()
    try project.repository.git("remote", "add", "hub", hub.path)
    #expect(try project.run("perf-sync", "push", "hub").out == "1 run to hub\n")
  }

  @Test("first rules do not hide what was recorded without any")
  func first() throws {
    let project = try Project()
    try project.record(milliseconds: 100)
    try project.repository.git("switch", "-c", "topic")
    try project.repository.directory.write(
      ".perfconfig", "[perf]\n    notesRef = refs/notes/hidden\n[environment]\n    key = mine\n")
    try project.repository.git("add", ".perfconfig")
    try project.repository.git("commit", "-m", "hide")
    let times = try Project.hyperfine(["parse": Project.times(200)])
    let recorded = try project.run("perf-record", "-q", "--import", "-", input: times)
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1)
    try expectGolden(recorded, gate)
  }

  @Test("without a base branch the work tree's own counts")
  func alone() throws {
    let project = try Project()
    try project.repository.git("branch", "-m", "only")
    try project.repository.directory.write(
      ".perfconfig", "[environment]\n    labels = runner=mine\n")
    let result = try project.run("perf-record", "--environment")
    #expect(!result.err.contains("counts once"), "\(result.err)")
    #expect(result.out.contains("runner=mine"))
  }
}
