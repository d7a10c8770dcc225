import Foundation
import TestSupport
import Testing

/// What is measured prints its own numbers, so that the verdicts do not rest on this machine's mood.
@Suite("perf-gate --measure measures until it is clear", .serialized)
struct MeasureTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  /// main prints numbers around 100 ns.
  init() throws {
    project = try Project()
    try harness(around: 100)
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = ./bench\nformat = go\n[gate]\nbase = main\n")
    try repository.commit("on main")
    try repository.git("checkout", "--quiet", "-b", "topic")
  }

  /// Each launch counts on in a file beside the program, and prints a number near the one it is given.
  private func harness(around value: Int, noise: Int = 2) throws {
    let script = """
      #!/bin/sh
      echo x >>launches
      n=$(wc -l <launches)
      echo "BenchmarkParse 1 $((\(value) * 100 + n * 37 % 7 * \(noise) * 10)) ns/op"
      echo "BenchmarkLink 1 $((5000 + n * 37 % 5)) ns/op"
      """
    try repository.directory.writeExecutable("bench", script)
  }

  private func topic(_ value: Int, noise: Int = 2) throws {
    try harness(around: value, noise: noise)
    try repository.commit("on topic", file: "topic.txt", text: "\(value) \(noise)")
  }

  private func rounds(_ revision: String, _ benchmark: String) throws -> Int {
    let series = try #require(repository.lastRun(revision)["series"] as? [[String: Any]])
    let one = series.first { $0["benchmark"] as? String == benchmark }
    return (one?["rounds"] as? [Any])?.count ?? 0
  }

  @Test("what is unchanged passes after five rounds, and both sides have their numbers")
  func unchanged() throws {
    try topic(100)
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    try expectGolden(result)
    #expect(try rounds("main", "Parse") == 5)
    #expect(try rounds("topic", "Parse") == 5)
    #expect(try repository.git("worktree", "list").split(separator: "\n").count == 1)
  }

  @Test("a slow-down is found, and named at the level of the look that found it")
  func slower() throws {
    try topic(130)
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(result.out.contains("✗ Parse"))
    #expect(result.out.contains("in looks ("))
    #expect(try rounds("topic", "Parse") == 10)
    #expect(try project.run("perf-gate").status == 1)
  }

  @Test("what stays open has forty rounds, and what was clear before has no more than it took")
  func open() throws {
    try harness(around: 100, noise: 40)
    try repository.commit("noisy")
    try topic(105, noise: 45)
    let result = try project.run("perf-gate", "--measure", "--against", "HEAD~1")
    #expect([0, 1].contains(result.status), "\(result.err)")
    // One harness gives both, so the open one keeps the other going; its verdict stays as it was.
    #expect(try rounds("topic", "Parse") == 40)
  }

  @Test("a benchmark that fails on the candidate is told as failed")
  func failing() throws {
    try repository.directory.write("bench", "#!/bin/sh\nexit 3\n")
    try repository.commit("broken")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("a benchmark that fails on the base fails the gate too, and is named as such")
  func failingBase() throws {
    try repository.directory.write("bench", "#!/bin/sh\nexit 3\n")
    try repository.commit("broken")
    try topic(100)
    let result = try project.run("perf-gate", "--measure", "--against", "HEAD~1")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    try expectGolden(result)
  }

  /// A benchmark of a program that main does not have.
  private func newcomer(_ name: String = "newcomer") throws {
    try repository.directory.writeExecutable(
      "newcomer", "#!/bin/sh\necho 'BenchmarkNew 1 7 ns/op'\n")
    let file = "\(repository.path)/.perfconfig"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try repository.directory.write(
      ".perfconfig", text.replacingOccurrences(of: "format", with: "command = ./\(name)\nformat"))
    try repository.git("add", "newcomer", ".perfconfig")
    try topic(100)
  }

  @Test("a benchmark whose program the base does not have is new, and has its numbers")
  func newProgram() throws {
    try newcomer()
    let result = try project.run("perf-gate", "--measure", "--verbose")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.err.contains("'newcomer' is not there: command './newcomer' not found"))
    #expect(result.err.contains("no regression: 1 new, 2 unchanged"), "\(result.err)")
    #expect(try rounds("topic", "New") >= 5)
    #expect(try rounds("main", "New") == 0)
  }

  /// Only the benchmark of a program that main does not have.
  private func newcomerAlone() throws {
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = ./bench\nformat = go\n")
    try newcomer()
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = ./newcomer\nformat = go\n[gate]\nbase = main\n")
    try repository.git("add", ".perfconfig")
    try topic(101)
  }

  @Test("where the base can start nothing of the head's, its own benchmarks are there, and missing")
  func allReplaced() throws {
    try newcomerAlone()
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    try expectGolden(result)
    #expect(try rounds("main", "Parse") >= 5)
    #expect(try rounds("topic", "New") >= 5)
  }

  @Test("where all are new there is nothing to compare with, and nothing to find on the base")
  func allNew() throws {
    try repository.git("checkout", "--quiet", "main")
    try repository.git("rm", "--quiet", ".perfconfig")
    try repository.commit("no suite", file: "none.txt")
    try repository.git("checkout", "--quiet", "-B", "topic")
    try newcomerAlone()
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    try expectGolden(result)
    #expect(try rounds("topic", "New") >= 5)
  }

  @Test(
    "a suite that the change takes out is told, and one in its place that the base fails is no new one"
  )
  func renamedSuite() throws {
    try repository.directory.write(
      ".perfconfig", "[gate]\nbase = main\n[suite \"default\"]\ncommand = it: true\n")
    try repository.commit("timed")
    try repository.git("branch", "--force", "main")
    try repository.directory.write(
      ".perfconfig",
      "[gate]\nbase = main\n[suite \"c\"]\ncommand = it: sh -c 'test -e fresh.txt'\n")
    try repository.commit("renamed", file: "fresh.txt")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    #expect(result.out.contains(/not measured any more: suite default of \w+, which this change/))
    try repository.directory.write(
      ".perfconfig", "[gate]\nbase = main\n[suite \"c\"]\ncommand = it: true\n")
    try repository.commit("another", file: "another.txt")
    let able = try project.run("perf-gate", "--measure")
    #expect(able.status == 0, "\(able.out)\(able.err)")
    #expect(able.out.contains("not measured any more: suite default"))
    let typo = try project.run("perf-gate", "--measure", "--decide", "wal_time")
    #expect(typo.status == 2)
    #expect(typo.err.contains("did you mean 'wall_time'?"), "\(typo.err)")
  }

  /// What introduces a suite, by its lines besides the command, on a base that cannot be measured so.
  static let introductions = [
    "command = it: sh -c 'test -e newcomer'\n",
    "prepare = cp newcomer built\ncommand = it: ./built\n",
    "prepare = cp newcomer built\ncommand = ./built\nformat = go\n",
    "command = cat results\nformat = go\n",
  ]

  @Test(
    "the change that introduces a suite passes where its base cannot be measured",
    arguments: introductions)
  func introduced(_ lines: String) throws {
    try repository.git("checkout", "--quiet", "main")
    try repository.git("rm", "--quiet", ".perfconfig")
    try repository.commit("no suite", file: "none.txt")
    try repository.git("checkout", "--quiet", "-B", "topic")
    try repository.directory.write("results", "BenchmarkNew 1 7 ns/op\n")
    try repository.directory.write(
      ".perfconfig", "[gate]\nbase = main\n[suite \"default\"]\n\(lines)")
    try repository.directory.writeExecutable(
      "newcomer", "#!/bin/sh\necho 'BenchmarkNew 1 7 ns/op'\n")
    try repository.git("add", ".")
    try repository.commit("a suite", file: "suite.txt")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.contains(/no baseline yet: nothing of this can be launched on \w+/))
    // In pairs it is stored all the same, for the next one to be compared with.
    #expect(try project.run("perf-record", "--paired", "main").status == 0)
  }

  @Test(
    "a command that is new in a suite is new where the base fails with it, and the others are judged"
  )
  func newCommand() throws {
    try repository.directory.write(
      ".perfconfig", "[gate]\nbase = main\n[suite \"default\"]\ncommand = old: true\n")
    try repository.commit("timed")
    try repository.git("branch", "--force", "main")
    try repository.directory.write(
      ".perfconfig",
      "[gate]\nbase = main\n[suite \"default\"]\ncommand = old: true\n"
        + "command = fresh: sh -c 'test -e fresh.txt'\n")
    try repository.commit("fresh", file: "fresh.txt")
    let result = try project.run("perf-gate", "--measure", "--verbose")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.contains(/fresh +wall_time +[0-9.]+ .?s? +new|fresh +wall_time.*new/))
    #expect(
      result.err.contains("'fresh' is not there: command failed with status 1"), "\(result.err)")
  }

  @Test(
    "a base on which nothing could be launched hides no older numbers from those who come later")
  func emptyBase() throws {
    try repository.git("checkout", "--quiet", "main")
    try repository.directory.write(".gitignore", "launches\n")
    try repository.commit("ignore", file: ".gitignore", text: "launches\n")
    let record = ["--format", "go", "--", "./bench"]
    #expect(try project.run("perf-record", record).status == 0)
    try repository.git("rm", "--quiet", ".perfconfig")
    try repository.commit("main goes on", file: "later.txt")
    try repository.git("checkout", "--quiet", "-B", "topic")
    try newcomerAlone()
    #expect(try project.run("perf-gate", "--measure").status == 0)
    try repository.git("checkout", "--quiet", "-b", "other", "main")
    try repository.commit("on other", file: "other.txt")
    #expect(try project.run("perf-record", record).status == 0)
    let gate = try project.run("perf-gate", "-v")
    try expectGolden(gate)
  }

  @Test("one whose program the candidate does not have has failed, and the others are judged")
  func noProgram() throws {
    try newcomer("nowhere")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    try expectGolden(result)
  }

  @Test("the budget ends a launch that does not")
  func budgetOfALaunch() throws {
    try repository.directory.write("bench", "#!/bin/sh\nexec sleep 1000\n")
    try repository.commit("endless")
    let result = try project.run("perf-gate", "--measure", "--budget", "500ms")
    #expect(result.status == 4, "\(result.out)\(result.err)")
  }

  /// One benchmark on both sides, whose number follows from how many launches `n` there were of either.
  private func count(_ value: String) throws {
    let count = "'\(repository.path)/.git/count'"
    try repository.directory.write(
      "bench",
      "#!/bin/sh\necho x >>\(count)\nn=$(wc -l <\(count))\necho BenchmarkB 1 $((\(value))) ns/op\n")
    try repository.commit("counts")
    try repository.commit("counts too", file: "topic.txt")
    try repository.git("config", "perf.measure.unfit", "ignore")
  }

  @Test("what the rounds show of the machine is told for either side, as perf-record does")
  func drift() throws {
    try count("1000 + 50 * n")
    let result = try project.run("perf-gate", "--quiet", "--measure", "--against", "HEAD~1")
    for (side, revision) in [("base", "HEAD~1"), ("head", "HEAD")] {
      let id = try repository.git("rev-parse", "--short=10", revision)
      #expect(
        result.err.contains("warning: \(side) \(id): wall_time of 'B' rose across the rounds, by "),
        "\(result.err)")
    }
    #expect(result.err.contains("\nhint: the machine gets hot, or is shared"), "\(result.err)")
    #expect(!result.err.contains("the order matters"), "\(result.err)")
  }

  @Test("a launch that takes longer for being the second of its pair is told")
  func orderEffect() throws {
    // Of two launches the first is odd, whichever side it is of.
    try count("10000 + n * 37 % 100 + (n + 1) % 2 * 2000")
    let result = try project.run("perf-gate", "--measure", "--against", "HEAD~1")
    for side in ["base", "head"] {
      let warning = "warning: the order matters to 'B' (\(side)): as the second of a pair it took "
      let line = result.err.split(separator: "\n").first { $0.hasPrefix(warning) }
      #expect(
        line?.dropFirst(warning.count).hasPrefix("20 % of its time more;") == true, "\(result.err)")
    }
  }

  @Test("changes that are not committed are not measured, and that is said")
  func dirty() throws {
    try topic(100)
    try repository.directory.write("topic.txt", "changed")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 0)
    try expectGolden(result)
  }

  @Test("a time limit too small for a round is an error")
  func noTime() throws {
    try topic(100)
    let result = try project.run("perf-gate", "--measure", "--time-limit", "1ms")
    #expect(result.status == 4, "\(result.err)")
  }

  @Test("a shallow clone is told what to fetch")
  func shallow() throws {
    try topic(100)
    let place = "file://\(repository.path)"
    let topic = Project(try TemporaryRepository(cloning: place, "--depth=1", "--branch=topic"))
    let noBase = try topic.run("perf-gate", "--measure")
    #expect(noBase.status == 2)
    let main = Project(try TemporaryRepository(cloning: place, "--depth=1", "--branch=main"))
    let noParent = try main.run("perf-gate", "--measure")
    #expect(noParent.status == 5)
    try expectGolden(noBase, noParent)
  }

  @Test("without a suite, or with options that do not go with it, it is a usage error")
  func usage() throws {
    try topic(100)
    #expect(try project.run("perf-gate", "--measure", "--suite", "nightly").status == 2)
    #expect(try project.run("perf-gate", "--measure", "--against", "HEAD").status == 2)
    #expect(try project.run("perf-gate", "--measure", "--no-baseline").status == 2)
    #expect(try project.run("perf-gate", "--budget", "5m").status == 2)
    #expect(try project.run("perf-gate", "--measure", "--budget", "soon").status == 2)
  }
}
