import Foundation
import TestSupport
import Testing

@Suite("perf-record measures a suite that .perfconfig has")
struct SuiteTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  /// Commits the configuration, as a work tree with changes could not be measured for a commit.
  private func configure(_ lines: String...) throws {
    try repository.directory.write(".perfconfig", lines.joined(separator: "\n"))
    try repository.commit("configure", file: "configured.txt")
  }

  /// The run that HEAD has.
  private func run() throws -> [String: Any] {
    try repository.lastRun()
  }

  private func benchmarks() throws -> [String: Int] {
    let series = try #require(run()["series"] as? [[String: Any]])
    return series.reduce(into: [:]) { found, one in
      guard one["metric"] as? String == "wall_time", let name = one["benchmark"] as? String else {
        return
      }
      found[name] = (one["rounds"] as? [Any])?.count
    }
  }

  @Test("several commands, by their names, each with its rounds, and the seed of their order")
  func several() throws {
    try configure(
      "[suite \"default\"]", "command = true", "command = quick: sh -c 'exit 0'", "rounds = 3")
    let result = try project.run("perf-record")
    #expect(result.status == 0, "\(result.err)")
    #expect(try benchmarks() == ["true": 3, "quick": 3])
    #expect(try run()["seed"] as? Int != nil)
    #expect(try run()["suite"] as? String == "default")
    #expect(try project.run("perf-record", "--seed", "7", "--rounds", "2").status == 0)
    let seeds = try repository.note()
    #expect(seeds.contains("\"seed\":7,"))
  }

  @Test("prepare once, setup and cleanup around every launch, in the directory that is named")
  func around() throws {
    try repository.directory.write("bench/.keep", "")
    try configure(
      "[suite \"default\"]", "prepare = echo prepare >>../.git/log",
      "setup = echo setup >>../.git/log", "command = sh -c 'echo $WHAT >>../.git/log'",
      "cleanup = echo cleanup >>../.git/log", "workingDirectory = bench", "environment = WHAT=run",
      "rounds = 1", "warmup = 1")
    let result = try project.run("perf-record")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      try repository.directory.read(".git/log")
        == "prepare\nsetup\nrun\ncleanup\nsetup\nrun\ncleanup\n")
  }

  @Test("what a harness prints, and what it writes into a file that is new each time")
  func harness() throws {
    let line = "echo BenchmarkX 1 10 ns/op"
    try configure(
      "[suite \"default\"]", "command = sh -c '\(line)'", "format = go", "rounds = 2",
      "[suite \"file\"]", "command = sh -c '\(line) >out.txt'", "output = out.txt", "rounds = 3")
    #expect(try project.run("perf-record").status == 0)
    #expect(try benchmarks() == ["X": 2])
    #expect(try project.run("perf-record", "--suite", "file").status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/out.txt"))
    let text = try repository.note()
    #expect(text.contains("\"suite\":\"file\""))
  }

  @Test("one that fails does not stop the others, is kept as failed, and fails the gate")
  func failing() throws {
    try configure(
      "[suite \"default\"]", "command = good: true",
      "command = \"bad: sh -c 'echo why >&2; exit 3'\"",
      "rounds = 5")
    let result = try project.run("perf-record")
    #expect(result.status == 4)
    #expect(result.err.contains("error: 1 failed, and is kept as failed"))
    #expect(result.err.contains("status 3"))
    #expect(try benchmarks() == ["good": 5])
    let gate = try project.run("perf-gate", "--against", "HEAD")
    #expect(gate.status == 4)
    #expect(gate.out.contains("✗ bad"))
    #expect(gate.out.contains("failed: command failed with status 3 in warmup 1"))
  }

  @Test("one whose program is not there does not stop the others either")
  func missingProgram() throws {
    try configure(
      "[suite \"default\"]", "command = good: true", "command = bad: ./nowhere", "rounds = 2")
    let result = try project.run("perf-record")
    #expect(result.status == 4)
    #expect(result.err.contains("command './nowhere' not found"), "\(result.err)")
    #expect(try benchmarks() == ["good": 2])
  }

  @Test("failed imports are kept as failed too")
  func failedImport() throws {
    let text = #"{"results": [{"command": "a", "times": [1], "exit_codes": [1]}]}"#
    let result = try project.run("perf-record", "--import", "-", input: text)
    #expect(result.status == 4)
    try expectGolden(result)
    #expect((try run()["failures"] as? [Any])?.count == 1)
  }

  @Test("statuses that are allowed, and retries")
  func tolerant() throws {
    try configure(
      "[suite \"default\"]", "command = three: sh -c 'exit 3'", "exitCodes = 0 3", "rounds = 2",
      "[suite \"flaky\"]",
      "command = \"flaky: sh -c 'mkdir .git/x 2>/dev/null && exit 1; rmdir .git/x'\"",
      "retries = 1", "rounds = 2")
    #expect(try project.run("perf-record").status == 0)
    let flaky = try project.run("perf-record", "--suite", "flaky")
    #expect(flaky.status == 0)
    #expect(flaky.err.contains("warning: 'flaky' failed and was tried again"))
  }

  @Test("a prepare that fails is told with what it printed, and nothing is stored")
  func prepareFails() throws {
    try configure(
      "[suite \"default\"]", "prepare = \"echo building; echo broken >&2; exit 2\"",
      "command = true")
    let result = try project.run("perf-record")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try repository.git("for-each-ref", "refs/notes") == "")
  }

  @Test("a suite that is wrong is a configuration error")
  func wrong() throws {
    let lines = [
      "command = 'a", "format = nosuch", "timeout = soon", "exitCodes = ok", "retries = many",
      "rounds = 0", "rounds = 3", "comand = true",
    ]
    try expectGolden(
      lines.map { line in
        try configure("[suite \"default\"]", line)
        return try project.run("perf-record")
      })
  }

  @Test("two commands of one name would be one benchmark, and are refused")
  func twice() throws {
    try configure("[suite \"default\"]", "command = it: true", "command = it: false")
    let result = try project.run("perf-record")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("the value of a variable may hold spaces, and be empty")
  func environment() throws {
    try configure(
      "[suite \"default\"]", "command = sh -c 'echo $A-$B-$C >.git/log'",
      "environment = A=one two", "environment = B=", "environment = C=x=y", "rounds = 1")
    let result = try project.run("perf-record")
    #expect(result.status == 0, "\(result.err)")
    #expect(try repository.directory.read(".git/log") == "one two--x=y\n")
  }

  @Test("cleanup runs after a launch that failed, too")
  func cleanup() throws {
    try configure(
      "[suite \"default\"]", "command = false", "cleanup = touch .git/cleaned", "rounds = 1")
    #expect(try project.run("perf-record").status == 4)
    #expect(try repository.directory.read(".git/cleaned") == "")
  }

  @Test("a suite that is not there suggests one that is")
  func unknown() throws {
    try configure("[suite \"nightly\"]", "command = true")
    let result = try project.run("perf-record", "--suite", "nihgtly")
    #expect(result.status == 2)
    try expectGolden(result)
  }
}

@Test("what a failed command of a suite wrote last is shown")
func lastWordsOfSuite() throws {
  let paired = try PairedProject { branch, _ in
    branch == "topic" ? "echo 'no such table' >&2; exit 3" : "exit 0"
  }
  let project = paired.project
  for arguments in [["perf-record"], ["perf-record", "--paired", "main"]] {
    let result = try project.run(arguments[0], Array(arguments.dropFirst()))
    #expect(result.status == 4)
    #expect(result.err.contains("  | no such table"), "\(result.err)")
  }
  let gate = try project.run("perf-gate", "--measure", "--base", "main")
  #expect(gate.status == 4)
  #expect(gate.err.contains("  | no such table"), "\(gate.err)")
}
