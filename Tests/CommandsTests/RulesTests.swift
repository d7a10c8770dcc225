import Foundation
import TestSupport
import Testing

@Suite("The rules are those of the commit that is judged")
struct RulesTests {
  let project: Project
  let loose = "[metric \"wall_time\"]\n\tignoreBelow = 1s\n"

  var repository: TemporaryRepository { project.repository }

  /// main at 100 ms under a threshold of 10 %.
  init() throws {
    project = try Project()
    try rules("[gate]\n\tthreshold = 10%\n")
    try project.record(milliseconds: 100)
  }

  /// Commits a `.perfconfig`.
  @discardableResult
  private func rules(_ text: String) throws -> String {
    try repository.commit("rules", file: ".perfconfig", text: text)
  }

  /// A topic of 150 ms, with rules of its own where some are given.
  private func slowTopic(_ text: String? = nil) throws {
    try project.leaveMain()
    if let text { try rules(text) }
    try project.record(milliseconds: 150)
  }

  @Test("what lies in the work tree has no say, and a line says what it would change")
  func uncommitted() throws {
    try slowTopic()
    try repository.directory.write(".perfconfig", loose)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    #expect(
      result.out.hasPrefix(
        """
        .perfconfig here is not committed: judged by HEAD's. With yours: parse unchanged, \
        status 0 (try: --rules worktree; for good: git commit .perfconfig, nothing needs measuring again)


        """), "\(result.out)")
    #expect(result.err == "perf-gate: regression: 1 regression\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
  }

  @Test("one that cannot be read there judges nobody, and is told")
  func uncommittedBroken() throws {
    try slowTopic()
    try repository.directory.write(".perfconfig", "[gate\n")
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    try expectGolden(result)
  }

  @Test("git's configuration completes what the file says")
  func together() throws {
    let suite = "[suite \"users\"]\ncommand = true\nrequests = 5\n"
    try repository.git("config", "perf.suite.users.concurrency", "2")
    try slowTopic(suite)
    #expect(try project.run("perf-gate").status == 1)
    try repository.git("config", "--unset", "perf.suite.users.concurrency")
    #expect(try project.run("perf-gate").status == 2)
  }

  @Test("where what is measured differs, it would have to be measured again")
  func uncommittedSuite() throws {
    try slowTopic()
    try repository.directory.write(".perfconfig", "[suite \"default\"]\ncommand = true\n")
    let result = try project.run("perf-gate")
    try expectGolden(result)
  }

  @Test("a file that was measured from changes is judged by the work tree's")
  func changes() throws {
    try project.leaveMain()
    try repository.directory.write("file.txt", "changed")
    let numbers = try Project.hyperfine(["parse": Project.times(150)])
    try project.run("perf-record", "--import", "-", "--output", "try.json", input: numbers)
    #expect(try project.run("perf-gate", "try.json").status == 1)
    try repository.directory.write(".perfconfig", loose)
    #expect(try project.run("perf-gate", "try.json").status == 0)
  }

  @Test("the status is the same whatever is checked out, and wherever")
  func checkouts() throws {
    try slowTopic()
    let topic = try repository.git("rev-parse", "HEAD")
    #expect(try project.run("perf-gate", topic).status == 1)
    try FileManager.default.removeItem(atPath: "\(repository.path)/.perfconfig")
    #expect(try project.run("perf-gate", topic).status == 1)
    try repository.git("checkout", "--quiet", ".perfconfig")
    try repository.git("checkout", "--quiet", "-b", "loose", "main")
    try rules(loose)
    #expect(try project.run("perf-gate", topic).status == 1)
    let elsewhere = try ScratchDirectory()
    let alone = try project.programs.run(
      "perf-gate", [topic], in: elsewhere.url,
      environment: ["GIT_DIR": "\(repository.path)/.git"])
    #expect(alone.status == 1, "\(alone.err)")
    let bare = try ScratchDirectory()
    try repository.git("clone", "--quiet", "--mirror", ".", bare.path)
    #expect(try project.programs.run("perf-gate", [topic], in: bare.url).status == 1)
    let linked = try ScratchDirectory()
    try repository.git("worktree", "add", "--quiet", "--detach", "\(linked.path)/w", "loose")
    #expect(
      try project.programs.run("perf-gate", ["-C", "w", topic], in: linked.url).status == 1)
    try repository.git("sparse-checkout", "set", "--no-cone", "nothing")
    #expect(try project.run("perf-gate", topic).status == 1)
  }

  @Test("looser rules of a tree count there as well, and are told in every report")
  func looser() throws {
    try slowTopic("[gate]\n\tthreshold = 10%\n[benchmark \"parse\"]\n\tthreshold = 99%\n")
    let text = try project.run("perf-gate")
    #expect(text.status == 0)
    try expectGolden(text)
    for (rendering, words) in [
      ("markdown", "this change loosens threshold of parse: "), ("json", "\"old\": \"10 %\""),
    ] {
      let report = try project.run("perf-gate", "--report", rendering).out
      #expect(report.contains(words), "\(report)")
    }
  }

  @Test("tighter ones, and those for what the base has not, are not told")
  func tighter() throws {
    try slowTopic("[gate]\n\tthreshold = 5%\n[benchmark \"new\"]\n\tthreshold = 99%\n")
    try project.record("new", milliseconds: 10)
    #expect(try !project.run("perf-gate").out.contains("loosens"))
  }

  @Test("first rules are one line that names their keys")
  func first() throws {
    let project = try Project()
    try project.record(milliseconds: 100)
    try project.leaveMain()
    try project.repository.commit(
      "rules", file: ".perfconfig", text: "[gate]\nthreshold = 99%\nalpha = 0.1\n")
    try project.record(milliseconds: 150)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(result.out.hasPrefix("first rules: gate.threshold, gate.alpha\n"))
    #expect(!result.out.contains("loosens"))
  }

  @Test("a regular file that is linked inside the tree counts, anything else is an error")
  func links() throws {
    try slowTopic()
    let path = "\(repository.path)/.perfconfig"
    try FileManager.default.removeItem(atPath: path)
    try repository.directory.write("ci/rules", loose)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "ci/rules")
    try repository.commit("linked")
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate").status == 0)
    for target in ["/etc/passwd", "../x", "nothing", "ci", ".perfconfig"] {
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
      try repository.commit("linked to \(target)")
      let result = try project.run("perf-gate")
      #expect(result.status == 2, "\(target): \(result.err)")
      #expect(result.err.contains("error: cannot read .perfconfig: "), "\(result.err)")
    }
  }

  @Test("of two revisions the newer one's count for perf-diff")
  func diff() throws {
    try slowTopic(loose)
    #expect(try project.run("perf-diff", "--exit-code", "main", "topic").status == 0)
    #expect(try project.run("perf-diff", "--exit-code", "topic", "main").status == 0)
    try repository.git("checkout", "--quiet", "main")
    try repository.directory.write(".perfconfig", "[benchmark \"parse\"]\nbudget = 1ns\n")
    #expect(try project.run("perf-diff", "--exit-code", "main", "topic").status == 0)
  }
}

@Suite("A file that cannot be read never counts as none")
struct BrokenRulesTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
  }

  private func rules(_ text: String) throws {
    try project.repository.commit("rules", file: ".perfconfig", text: text)
  }

  @Test(
    "of the commit that is judged: status 2, with file and line",
    arguments: [
      ("\0\0\0\0", 1), ("[gate]\nthreshold = 5%\n[gate\n", 3), ("[gate]\nbase = \"main\n", 2),
    ])
  func own(text: String, line: Int) throws {
    try project.leaveMain()
    try rules(text)
    let result = try project.run("perf-gate")
    #expect(result.status == 2)
    #expect(result.err.contains("error: bad line \(line) in .perfconfig"), "\(result.err)")
    #expect(try project.run("perf-gate", "--measure").status == 2)
  }

  @Test("of the base: it is told, and who repairs it is judged by the own ones")
  func base() throws {
    try rules("[gate\n")
    try project.repository.git("checkout", "--quiet", "-b", "repair")
    try rules("[gate]\nthreshold = 5%\nenvironment = any\n")
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result)
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate").status == 1)
  }
}

@Suite("What is compared is not the change's to say")
struct ComparisonRulesTests {
  let project: Project

  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  private func rules(_ text: String) throws {
    try repository.commit("rules", file: ".perfconfig", text: text)
  }

  /// A change of the rules and of the program.
  private func topic(_ text: String, _ milliseconds: Double = 150) throws {
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("code", file: "code.txt")
    try rules(text)
    try project.record(milliseconds: milliseconds)
  }

  @Test("a key that chooses it counts once it is on the branch")
  func pending() throws {
    try rules("[gate]\nthreshold = 10%\n")
    try project.record(milliseconds: 100)
    try topic("[gate]\nthreshold = 10%\nmaxDistance = 0\nbase = topic\n")
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    let out = result.out
    #expect(out.contains("gate.maxDistance: not set → 0: counts once it is on main"), "\(out)")
    #expect(out.contains("gate.base: not set → topic: counts once it is on main"), "\(out)")
  }

  @Test("the branch's own names another one, and that one's tip the rest")
  func named() throws {
    try repository.git("checkout", "--quiet", "-b", "next")
    try rules("[gate]\nmaxDistance = 7\n")
    try project.record(milliseconds: 100)
    try repository.git("checkout", "--quiet", "main")
    try rules("[gate]\nbase = next\n")
    try project.record(milliseconds: 10)
    try repository.git("checkout", "--quiet", "-b", "topic", "next")
    try repository.commit("topic")
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.out)")
    try expectGolden(result)
  }

  @Test("with gate.policy = base its rules judge, and the change's own only measure")
  func policy() throws {
    try rules("[gate]\npolicy = base\n")
    try project.record(milliseconds: 100)
    let waiver =
      "[waiver \"parse\"]\nceiling = 90%\nexpires = 2999-01-01\nreason = x\n"
    try topic("[gate]\npolicy = base\n" + waiver)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    try expectGolden(result)
    try rules("[gate]\npolicy = change\n" + waiver)
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate").status == 1)
    try repository.git("config", "perf.gate.policy", "change")
    #expect(try project.run("perf-gate").status == 0)
  }

  @Test("what was recorded elsewhere is no result, and a change cannot have it recorded there")
  func notes() throws {
    try rules("[gate]\nthreshold = 10%\n")
    try project.record(milliseconds: 100)
    try topic("[gate]\nthreshold = 10%\n[perf]\nnotesRef = other\n", 200)
    #expect(try project.run("perf-gate").status == 1)
    #expect(try project.run("perf-gate", "--notes-ref", "other").status == 4)
    try repository.commit("further")
    try project.record(milliseconds: 200, "--notes-ref", "other")
    #expect(try project.run("perf-gate").status == 4)
  }

  @Test("the first rules of all are taken whole")
  func first() throws {
    try project.record(milliseconds: 100)
    try topic("[gate]\nmaxDistance = 1\n", 100)
    try repository.commit("further")
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    try expectGolden(result)
  }
}
