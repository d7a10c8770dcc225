import Foundation
import TestSupport
import Testing

@Suite("perf-gate")
struct GateTests {
  let project: Project

  init() throws { project = try Project() }

  private var repository: TemporaryRepository { project.repository }

  /// A topic branch with one commit on top of a recorded main.
  private func branch(old: Double = 100, new: Double) throws {
    try project.record(milliseconds: old)
    try project.leaveMain()
    try project.record(milliseconds: new)
  }

  private func report(_ options: String...) throws -> [String: Any] {
    let result = try project.run("perf-gate", options + ["--report", "json"])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any],
      "\(result.err)")
  }

  private func baseline(_ options: String...) throws -> [String: Any] {
    let result = try project.run("perf-gate", options + ["--report", "json"])
    let report = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    return try #require(report?["baseline"] as? [String: Any], "\(result.err)")
  }

  // MARK: - Outcomes

  @Test("a slower commit is a regression: status 1, the row, and the outcome last")
  func slower() throws {
    try branch(new: 130)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    #expect(result.out.contains("parse"))
    #expect(result.out.contains("+30.0 %"))
    #expect(result.out.contains("regression, certain"))
    #expect(result.err == "perf-gate: regression: 1 regression\n")
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
    #expect(result.out.contains("print"))
    #expect(result.err.hasPrefix("perf-gate: measurement unusable: 1 missing"))
  }

  @Test("few rounds are inconclusive: said, and a failure only where that is asked for")
  func inconclusive() throws {
    try project.record(milliseconds: 100, rounds: 3)
    try project.leaveMain()
    try project.record(milliseconds: 150, rounds: 3)
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(result.out.contains("inconclusive: too few rounds (3 and 3), 4 a side needed"))
    #expect(try project.run("perf-gate", "--strict").status == 6)
    try repository.git("config", "perf.gate.inconclusive", "fail")
    #expect(try project.run("perf-gate").status == 6)
  }

  @Test("without a result for the commit there is nothing to judge: status 4")
  func noResult() throws {
    let result = try project.run("perf-gate")
    #expect(result.status == 4)
    #expect(result.err.contains("error: no result for "))
    #expect(result.err.contains("hint: record one with `perf-record -- <command>`"))
  }

  @Test("without a baseline there is nothing to compare with: status 3, and what was looked at")
  func noBaseline() throws {
    try project.leaveMain()
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate")
    #expect(result.status == 3)
    #expect(result.err.hasPrefix("error: no baseline: "))
    #expect(result.err.contains(": no runs\nhint: "))
    #expect(result.err.hasSuffix("perf-gate: nothing to compare with\n"))
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
    #expect(result.err.contains("labels: runner=laptop / runner=ci"))
    #expect(try project.run("perf-gate", "--environment", "any").status == 1)
    try repository.git("config", "perf.gate.environment", "any")
    #expect(try project.run("perf-gate").status == 1)
  }

  @Test("a benchmark that is gone on purpose may be missing where the configuration says so")
  func dispensable() throws {
    try project.record("old/a", milliseconds: 10)
    try branch(new: 100)
    let refused = try project.run("perf-gate")
    #expect(refused.status == 4)
    try repository.directory.write(".perfconfig", "[benchmark \"old/*\"]\nmissing = ignore\n")
    let result = try project.run("perf-gate")
    #expect(result.status == 0)
    #expect(result.out.contains("old/a"))
    try repository.directory.write(
      ".perfconfig",
      "[benchmark \"old/a\"]\nmissing = fail\n[benchmark \"old/*\"]\nmissing = ignore\n")
    #expect(try project.run("perf-gate").status == 4)
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
    #expect(result.err.contains("'HEAD' is a revision and a file"))
  }

  @Test("a key without its pattern, or with one it does not take, is told how to be written")
  func keyShapes() throws {
    try branch(new: 100)
    try repository.directory.write(
      ".perfconfig", "[benchmark]\nthreshold = 5%\n[gate \"x\"]\nbase = main\n")
    let result = try project.run("perf-gate")
    #expect(
      result.err.contains("unknown key 'benchmark.threshold' in .perfconfig: write `[benchmark "))
    #expect(result.err.contains("unknown key 'gate.x.base' in .perfconfig: it takes no subsection"))
  }

  @Test("a file that is included from .perfconfig has no say")
  func include() throws {
    try branch(new: 130)
    try repository.directory.write("other", "[gate]\nthreshold = 90%\n")
    try repository.directory.write(".perfconfig", "[include]\npath = other\n")
    #expect(try project.run("perf-gate").status == 1)
  }

  // MARK: - Choosing the baseline

  @Test("newer commits on main are passed over: the merge-base is compared with")
  func mergeBase() throws {
    try branch(new: 100)
    let fork = try repository.git("rev-parse", "main")
    try repository.git("checkout", "--quiet", "main")
    try repository.commit("unrelated", file: "other.txt")
    try project.record(milliseconds: 10)
    try repository.git("checkout", "--quiet", "topic")
    let baseline = try baseline()
    #expect(baseline["rule"] as? String == "merge-base")
    #expect(baseline["commit"] as? String == fork)
    #expect(baseline["distance"] as? Int == 0)
  }

  @Test("a commit on main is compared with the commit before it")
  func onMain() throws {
    try project.record(milliseconds: 100)
    let first = try repository.git("rev-parse", "HEAD")
    try repository.commit("not measured")
    try repository.commit("third")
    try project.record(milliseconds: 100)
    let baseline = try baseline()
    #expect(baseline["rule"] as? String == "first-parent")
    #expect(baseline["commit"] as? String == first)
    #expect(baseline["distance"] as? Int == 2)
    #expect((baseline["skipped"] as? [String])?.count == 1)
  }

  @Test("a squash-merge finds the numbers of the branch by its tree")
  func squash() throws {
    try branch(new: 130)
    try repository.git("checkout", "--quiet", "main")
    try repository.git("merge", "--quiet", "--squash", "topic")
    try repository.git("commit", "--quiet", "--message", "squashed")
    #expect(
      try repository.git("notes", "--ref=perf", "list").contains(
        repository.git("rev-parse", "HEAD")) == false)
    let result = try project.run("perf-gate")
    #expect(result.status == 1, "\(result.err)")
  }

  @Test("an amended message keeps the numbers, amended content does not")
  func amend() throws {
    try branch(new: 130)
    try repository.git("commit", "--quiet", "--amend", "--message", "better words")
    #expect(try project.run("perf-gate").status == 1)
    try repository.directory.write("file.txt", "other content")
    try repository.git("commit", "--quiet", "--all", "--amend", "--message", "other code")
    #expect(try project.run("perf-gate").status == 4)
  }

  @Test("a run of the same session goes before a nearer one")
  func session() throws {
    try project.record("parse", milliseconds: 100, rounds: 10, "--session", "s1")
    let paired = try repository.git("rev-parse", "HEAD")
    try repository.commit("nearer")
    try project.record(milliseconds: 50)
    try project.leaveMain()
    try project.record("parse", milliseconds: 100, rounds: 10, "--session", "s1")
    let baseline = try baseline()
    #expect(baseline["rule"] as? String == "session")
    #expect(baseline["commit"] as? String == paired)
  }

  @Test("--against names a revision or a file, and exactly that is compared with")
  func against() throws {
    try project.record(milliseconds: 100)
    try repository.git("tag", "v1")
    try project.run(
      "perf-record", "--import", "-", "--output", "slow.json",
      input: Project.hyperfine(["parse": Project.times(200)]))
    try repository.commit("second")
    try project.record(milliseconds: 130)
    #expect(try project.run("perf-gate", "--against", "v1").status == 1)
    let file = try project.run("perf-gate", "--against", "slow.json")
    #expect(file.status == 0)
    #expect(file.out.contains("improvement"))
    #expect(try project.run("perf-gate", "--against", "nosuch").status == 2)
  }

  @Test("uncommitted work measured into a file is judged against the commit it stands on")
  func file() throws {
    try project.record(milliseconds: 100)
    try repository.directory.write("file.txt", "changed")
    try project.run(
      "perf-record", "--import", "-", "--output", "try.json",
      input: Project.hyperfine(["parse": Project.times(130)]))
    let result = try project.run("perf-gate", "try.json")
    #expect(result.status == 1, "\(result.err)")
    #expect(result.out.contains("candidate   try.json"))
  }

  @Test("a shallow clone that ends before a baseline is an error that says how to deepen it")
  func shallow() throws {
    try project.record(milliseconds: 100)
    for name in ["a", "b", "c"] { try repository.commit(name) }
    let clone = Project(try TemporaryRepository(cloning: "file://\(repository.path)", "--depth=2"))
    try clone.repository.git("fetch", "--quiet", "origin", "refs/notes/perf:refs/notes/perf")
    try clone.record(milliseconds: 100)
    let result = try clone.run("perf-gate")
    #expect(result.status == 5)
    #expect(result.err.contains("this clone is shallow"))
    #expect(result.err.contains("hint: deepen it with `git fetch --deepen"))
  }

  @Test("a clone, which brings no notes along, is told how to fetch them")
  func clone() throws {
    try project.record(milliseconds: 100)
    let clone = Project(try TemporaryRepository(cloning: repository.path))
    let result = try clone.run("perf-gate")
    #expect(result.status == 4)
    #expect(result.err.contains("`git fetch origin refs/notes/perf:refs/notes/perf`"))
    try clone.repository.git("fetch", "--quiet", "origin", "refs/notes/perf:refs/notes/perf")
    #expect(try clone.run("perf-gate").status == 3)
  }

  @Test(
    "a base that does not exist is a configuration error, whatever it looks like",
    arguments: ["nosuch", "abc", "a..b", "HEAD:file.txt", "@{"])
  func badBase(_ base: String) throws {
    try branch(new: 100)
    let result = try project.run("perf-gate", "--base", base)
    #expect(result.status == 2, "\(result.err)")
    #expect(result.err.contains("error: base branch '\(base)' does not exist\nhint: "))
  }

  @Test(
    "a notes reference that git would not take is refused before anything is measured",
    arguments: ["a b", ".a", "a..b", "/a", "a//b", "x.lock", "refs/heads/x", "a@{b"])
  func badNotesRef(_ reference: String) throws {
    let result = try project.run(
      "perf-record", "--notes-ref", reference, "--", "sh", "-c", "touch ran")
    #expect(result.status == 2)
    #expect(!FileManager.default.fileExists(atPath: repository.path + "/ran"))
  }

  // MARK: - Configuration

  @Test("thresholds come from the benchmark's pattern, then the metric, then the gate")
  func thresholds() throws {
    try branch(new: 115)
    #expect(try project.run("perf-gate").status == 1)
    try repository.directory.write(".perfconfig", "[gate]\nthreshold = 20%\n")
    #expect(try project.run("perf-gate").status == 0)
    try repository.directory.write(
      ".perfconfig", "[gate]\nthreshold = 20%\n[metric \"wall_*\"]\nthreshold = 5%\n")
    #expect(try project.run("perf-gate").status == 1)
    try repository.directory.write(
      ".perfconfig",
      "[metric \"wall_*\"]\nthreshold = 5%\n[benchmark \"p*\"]\nthreshold = 30%\n")
    #expect(try project.run("perf-gate").status == 0)
    #expect(try project.run("perf-gate", "--threshold", "1%").status == 0)
  }

  @Test("an unknown key is a warning that suggests one, a bad value an error that names its place")
  func configuration() throws {
    try branch(new: 100)
    try repository.directory.write(".perfconfig", "[gate]\ntreshold = 5%\n")
    let warned = try project.run("perf-gate")
    #expect(warned.status == 0)
    #expect(
      warned.err.contains(
        "warning: unknown key 'gate.treshold' in .perfconfig, did you mean 'gate.threshold'?"))
    try repository.directory.write(".perfconfig", "[gate]\nthreshold = ten\n")
    let refused = try project.run("perf-gate")
    #expect(refused.status == 2)
    #expect(refused.err.contains("invalid value 'ten' for 'gate.threshold' in .perfconfig"))
    try repository.directory.write(".perfconfig", "[gate\n")
    #expect(try project.run("perf-gate").status == 2)
  }

  // MARK: - Notes and reports

  @Test("broken lines and lines of a newer version are named and kept, the rest is used")
  func brokenNotes() throws {
    try branch(new: 130)
    for line in ["{broken", #"{"version": 9, "other": []}"#] {
      try repository.git("notes", "--ref=perf", "append", "-m", line, "HEAD")
    }
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    #expect(result.out.contains("warning: line "))
    #expect(result.out.contains("newer version (9)"))
    try project.record("other", milliseconds: 5)
    let note = try repository.git("notes", "--ref=perf", "show", "HEAD")
    #expect(note.contains("{broken") && note.contains(#"{"version": 9, "other": []}"#))
  }

  @Test("reports go to files beside the text, and what cannot be written is said first")
  func reports() throws {
    try branch(new: 130)
    let result = try project.run(
      "perf-gate", "--report", "markdown=perf.md", "--report", "json=perf.json")
    #expect(result.status == 1)
    #expect(result.out.contains("baseline "))
    let markdown = try repository.directory.read("perf.md")
    #expect(markdown.hasPrefix("<!-- perf-gate "))
    let json = try JSONSerialization.jsonObject(
      with: Data(repository.directory.read("perf.json").utf8))
    #expect((json as? [String: Any])?["outcome"] as? String == "regression")
    #expect((json as? [String: Any])?["status"] as? Int == 1)
    let refused = try project.run("perf-gate", "--report", "json=no/such/file")
    #expect(refused.status == 5 && refused.out == "")
    #expect(try project.run("perf-gate", "--report", "htlm").status == 2)
    #expect(try project.run("perf-gate", "--report", "json", "--report", "markdown").status == 2)
  }

  @Test("the report has the numbers that the rounds give by hand")
  func numbersInReport() throws {
    try branch(new: 130)
    let report = try report()
    let series = try #require((report["series"] as? [[String: Any]])?.first)
    #expect(series["verdict"] as? String == "regression")
    #expect(series["certain"] as? Bool == true)
    #expect(series["evidence"] as? String == "rounds")
    // Both sides have the same ten factors, so the pairs are symmetric about 1.3.
    let change = try #require(series["change"] as? Double)
    #expect(abs(change - 0.3) < 1e-9)
    // All hundred pairs have the new value larger: p = 2 / C(20, 10).
    #expect(series["u"] as? Double == 100)
    let p = try #require(series["p"] as? Double)
    #expect(abs(p - 2 / 184_756) < 1e-12)
    #expect((report["family"] as? [String: Any])?["size"] as? Int == 1)
  }

  @Test("a report goes through a link, and into a device without replacing it")
  func devices() throws {
    try branch(new: 130)
    let pipe = repository.path + "/pipe", link = repository.path + "/link.json"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.json")
    _ = try Subprocess.run("/usr/bin/env", ["mkfifo", pipe], in: repository.url)
    try repository.directory.write("target.json", "old")
    let script = "perf-gate --report json=link.json --report json=pipe & cat pipe >copy"
    _ = try Subprocess.run(
      "/bin/sh", ["-c", script], in: repository.url, environment: project.programs.environment)
    #expect(try repository.directory.read("copy") == repository.directory.read("target.json"))
    #expect(try repository.directory.read("copy").isEmpty == false)
    let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
    #expect(type != .typeRegular)
    // A link to what is not there yet stays one too.
    try FileManager.default.removeItem(atPath: repository.path + "/target.json")
    #expect(try project.run("perf-gate", "--report", "json=link.json").status == 1)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target.json")
    #expect(try repository.directory.read("target.json") == repository.directory.read("copy"))
    let twice = ["--report", "json=link.json", "--report", "markdown=./target.json"]
    #expect(try project.run("perf-gate", twice).status == 2)
  }

  @Test("two runs of a commit are pooled")
  func pooled() throws {
    try project.record(milliseconds: 100, rounds: 5)
    try project.record(milliseconds: 101, rounds: 5)
    try project.leaveMain()
    try project.record(milliseconds: 130)
    let report = try report()
    let series = try #require((report["series"] as? [[String: Any]])?.first)
    #expect((series["old"] as? [String: Any])?["rounds"] as? Int == 10)
  }

  @Test("a benchmark that has a run of its own is not pushed out by runs of others")
  func runsOfTheirOwn() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    for name in names { try project.record(name, milliseconds: 100) }
    try project.leaveMain()
    for name in names { try project.record(name, milliseconds: name == "a" ? 900 : 100) }
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    #expect(result.err == "perf-gate: regression: 1 regression, 6 unchanged\n")
  }

  @Test("outside a repository, in an empty one and in one of nobody: a clear error")
  func nowhere() throws {
    let directory = try ScratchDirectory()
    let outside = try project.programs.run("perf-gate", [], in: directory.url)
    #expect(outside.status == 5)
    #expect(outside.err.contains("hint: run it inside a git repository"))
    let empty = Project(try TemporaryRepository())
    let unborn = try empty.run("perf-gate")
    #expect(unborn.status == 5)
    #expect(unborn.err.contains("error: HEAD has no commit yet"))
  }
}
