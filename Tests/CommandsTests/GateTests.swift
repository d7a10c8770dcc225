import Foundation
import TestSupport
import Testing

@Suite("perf-gate")
struct GateTests {
  let project: Project

  init() throws { project = try Project() }

  var repository: TemporaryRepository { project.repository }

  /// A topic branch with one commit on top of a recorded main.
  func branch(old: Double = 100, new: Double) throws {
    try project.record(milliseconds: old)
    try project.leaveMain()
    try project.record(milliseconds: new)
  }

  func report(_ options: String...) throws -> [String: Any] {
    let result = try project.run("perf-gate", options + ["--report", "json"])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any],
      "\(result.err)")
  }

  func baseline(_ options: String...) throws -> [String: Any] {
    let result = try project.run("perf-gate", options + ["--report", "json"])
    let report = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    return try #require(report?["baseline"] as? [String: Any], "\(result.err)")
  }

  @Test("a slower commit is a regression: status 1, the row, and the outcome last")
  func slower() throws {
    try branch(new: 130)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    try expectGolden(result)
  }

  @Test("an unchanged and a faster commit pass", arguments: [100.0, 101, 70])
  func passes(milliseconds: Double) throws {
    try branch(new: milliseconds)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.err.hasPrefix("perf-gate: no regression: 1 "))
  }

  @Test("a benchmark that is no longer measured is said: status 4")
  func missing() throws {
    let times = try Project.hyperfine(["parse": Project.times(100), "print": Project.times(50)])
    try project.run("perf-record", "--import", "-", input: times)
    try project.leaveMain()
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  /// Of 100 ms on main, and of others on topic.
  private func threeRounds(then milliseconds: Double) throws {
    try project.record(milliseconds: 100, rounds: 3)
    try project.leaveMain()
    try project.record(milliseconds: milliseconds, rounds: 3)
  }

  @Test("few rounds are inconclusive: said, and a failure only where that is asked for")
  func inconclusive() throws {
    try threeRounds(then: 104)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--strict").status == 6)
    try repository.git("config", "perf.gate.inconclusive", "fail")
    #expect(try project.run("perf-gate").status == 6)
  }

  @Test("three rounds that are far apart are a regression")
  func separated() throws {
    try threeRounds(then: 150)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    try expectGolden(result)
  }

  @Test("many of few rounds are one line, and --strict is refused where a suite has three")
  func fewRounds() throws {
    let times = try Project.hyperfine(
      Dictionary(
        uniqueKeysWithValues: (1...5).map { ("task\($0)", Project.times(100, 3)) }))
    func record() throws {
      try project.run("perf-record", "-q", "--import", "-", "--suite", "fleet", input: times)
    }
    try repository.commit(
      "rules", file: ".perfconfig", text: "[suite \"fleet\"]\n\tcommand = t: true\n\trounds = 3\n")
    try record()
    try project.leaveMain()
    try record()
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(try project.run("perf-gate", "--verbose").out.contains("task1"))
    let strict = try project.run("perf-gate", "--strict")
    #expect(strict.status == 2)
    try expectGolden(result, strict)
    // No row is decided.
    #expect(try project.run("perf-gate", "--strict=50%").status == 6)
  }

  @Test("without a result for the commit there is nothing to judge: status 4")
  func noResult() throws {
    let result = try project.run("perf-gate")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("where nothing was ever recorded before, the first recording passes")
  func noBaseline() throws {
    try project.leaveMain()
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: no baseline yet: 1 new\n")
  }

  @Test("runs of another machine are refused with what differs, unless that is allowed")
  func otherMachine() throws {
    try repository.git("config", "perf.environment.labels", "runner=laptop")
    try project.record(milliseconds: 100)
    try project.leaveMain()
    try repository.git("config", "perf.environment.labels", "runner=ci")
    try project.record(milliseconds: 130)
    let result = try project.run("perf-gate")
    #expect(result.status == 3)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--environment", "any").status == 1)
    try repository.git("config", "perf.gate.environment", "any")
    #expect(try project.run("perf-gate").status == 1)
  }

  @Test("a benchmark that is gone on purpose may be missing where the configuration says so")
  func dispensable() throws {
    try project.record("old/a", milliseconds: 10)
    try branch(new: 100)
    let refused = try project.run("perf-gate", "--rules", "worktree")
    #expect(refused.status == 4)
    try repository.directory.write(".perfconfig", "[benchmark \"old/*\"]\nmissing = ignore\n")
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 0)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--rules", "worktree", "--verbose").out.contains("old/a"))
    try repository.directory.write(".perfconfig", "[gate]\nmissing = warn\n")
    let warned = try project.run("perf-gate", "--rules", "worktree")
    #expect(warned.status == 0 && warned.out.contains("old/a"))
    try repository.directory.write(
      ".perfconfig",
      "[benchmark \"old/a\"]\nmissing = fail\n[benchmark \"old/*\"]\nmissing = ignore\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 4)
  }

  @Test("two sides with no benchmark in common are told how to bring them together")
  func nothingInCommon() throws {
    try project.record("old", milliseconds: 100)
    try project.leaveMain()
    try project.record("new", milliseconds: 900)
    for (response, status) in [("fail", 4), ("warn", 3)] as [(String, Int32)] {
      try repository.directory.write(".perfconfig", "[gate]\nmissing = \(response)\n")
      let result = try project.run("perf-gate", "--rules", "worktree")
      #expect(result.status == status)
      #expect(
        result.err.hasPrefix("hint: nothing is called the same on both sides"), "\(result.err)")
      #expect(result.err.hasSuffix(": 1 missing, 1 new\n"), "\(result.err)")
    }
  }

  @Test("nothing decided is not called a pass")
  func undecided() throws {
    try project.record(milliseconds: 100, rounds: 1)
    try project.leaveMain()
    try project.record(milliseconds: 900, rounds: 1)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: undecided: 1 inconclusive\n")
    #expect(try report()["outcome"] as? String == "undecided")
  }

  @Test("a report of an earlier time does not stay where nothing could be judged")
  func staleReport() throws {
    try repository.directory.write("perf.md", "stale")
    #expect(try project.run("perf-gate", "--report", "markdown=perf.md").status == 4)
    #expect(!FileManager.default.fileExists(atPath: repository.path + "/perf.md"))
  }

  @Test("HEAD is HEAD, whatever files and directories are called")
  func namesOfFiles() throws {
    try branch(new: 130)
    try repository.directory.write("HEAD", "x")
    try repository.directory.write("topic/file", "x")
    #expect(try project.run("perf-gate").status == 1)
    #expect(try project.run("perf-gate", "topic").status == 1)
    #expect(try project.run("perf-gate", "@~0").status == 1)
    #expect(try project.run("perf-diff", "--exit-code", "main").status == 1)
    let result = try project.run("perf-gate", "HEAD")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("a key without its pattern, or with one it does not take, is told how to be written")
  func keyShapes() throws {
    try branch(new: 100)
    try repository.directory.write(
      ".perfconfig", "[benchmark]\nthreshold = 5%\n[gate \"x\"]\nbase = main\n")
    let result = try project.run("perf-gate", "--rules", "worktree")
    try expectGolden(result)
  }

  @Test(
    "a file that .perfconfig includes has no say, and is not opened",
    arguments: ["[include]\npath = other\n", "[gate]\n[includeIf \"gitdir:/\"] path = /dev/zero\n"])
  func include(text: String) throws {
    try branch(new: 130)
    try repository.directory.write("other", "[gate]\nthreshold = 90%\n")
    try repository.directory.write(".perfconfig", text)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 2)
    #expect(result.err.contains("error: an include in .perfconfig:2: other files are not read"))
  }

  @Test("a .perfconfig that cannot be read is an error, never no configuration")
  func unreadable() throws {
    try branch(new: 100)
    let path = "\(repository.path)/.perfconfig"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
    let dangling = try project.run("perf-gate", "--rules", "worktree")
    #expect(dangling.status == 2)
    try FileManager.default.removeItem(atPath: path)
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let pipe = try project.run("perf-gate", "--rules", "worktree")
    #expect(pipe.status == 2)
    try expectGolden(dangling, pipe)
  }

  @Test("in a bare repository the .perfconfig of the commit counts as everywhere")
  func bare() throws {
    try branch(new: 100)
    try repository.directory.write(".perfconfig", "[benchmark \"parse\"]\nbudget = 1ns\n")
    try repository.commit("configure")
    try project.record(milliseconds: 100)
    let clone = try ScratchDirectory()
    try repository.git("clone", "--quiet", "--mirror", ".", clone.path)
    let result = try project.programs.run("perf-gate", ["--base", "main"], in: clone.url)
    #expect(result.status == 1, "\(result.err)")
    try expectGolden(result)
  }
}
