import Foundation
import TestSupport
import Testing

@Suite("perf-record")
struct RecordTests {
  let project: Project

  init() throws { project = try Project() }

  @Test("launches a command and stores four metrics on the commit and its tree")
  func records() throws {
    let result = try project.run(
      "perf-record", "--rounds", "3", "--name", "nothing", "--label", "size=1 kind=none", "--",
      "true")
    #expect(result.status == 0, "\(result.err)")
    #expect(!result.err.contains("error"), "\(result.err)")
    let head = try project.repository.git("rev-parse", "HEAD")
    #expect(result.out.contains("nothing kind=none size=1  wall_time"))
    #expect(result.out.hasSuffix("stored on \(head.prefix(10)) in refs/notes/perf\n"))
    let run = try project.repository.lastRun()
    #expect(run["commit"] as? String == head)
    #expect(
      try project.repository.lastRun("HEAD^{tree}")
        as NSDictionary
        == run as NSDictionary)
    let series = try #require(run["series"] as? [[String: Any]])
    #expect(
      series.map { $0["metric"] as? String } == [
        "wall_time", "user_time", "system_time", "max_rss",
      ])
    #expect(series.allSatisfy { ($0["rounds"] as? [[Double]])?.count == 3 })
    #expect(series[0]["labels"] as? [String: String] == ["size": "1", "kind": "none"])
  }

  @Test("names a benchmark after its command, launches it once more than it counts")
  func usual() throws {
    try project.repository.directory.write(
      "count.sh", "echo x >>\(project.repository.path)/count\n")
    try project.repository.git("add", ".")
    try project.repository.git("commit", "--quiet", "--message", "count")
    let result = try project.run("perf-record", "--", "/bin/sh", "count.sh")
    #expect(result.out.contains("\nsh count.sh  wall_time"), "\(result.out)\(result.err)")
    #expect(try project.repository.directory.read("count") == String(repeating: "x\n", count: 11))
  }

  @Test("takes rounds and warmups from git config before .perfconfig, and options before both")
  func configured() throws {
    try project.repository.commit(
      "configure", file: ".perfconfig", text: "[measure]\nrounds = 5\nwarmup = 0\n")
    #expect(try rounds([]) == 5)
    try project.repository.git("config", "perf.measure.rounds", "4")
    #expect(try rounds([]) == 4)
    #expect(try rounds(["-r", "6"]) == 6)
  }

  private func rounds(_ options: [String]) throws -> Int? {
    let arguments = options + ["--output", "out.json", "--", "true"]
    let result = try project.run("perf-record", arguments)
    #expect(result.status == 0, "\(result.err)")
    let document = try object(project.repository.directory.read("out.json"))
    let runs = try #require(document["runs"] as? [[String: Any]])
    let series = try #require(runs.first?["series"] as? [[String: Any]])
    return (series.first?["rounds"] as? [[Double]])?.count
  }

  @Test("reads what a harness prints, each launch a round")
  func harness() throws {
    let script = "echo 'BenchmarkParse-4 100 1500 ns/op'; echo 'BenchmarkParse-4 100 1600 ns/op'"
    let result = try project.run(
      "perf-record", "--format", "go", "--rounds", "2", "--", "sh", "-c", script)
    #expect(result.status == 0, "\(result.err)")
    let run = try project.repository.lastRun()
    let series = try #require(run["series"] as? [[String: Any]])
    #expect(series.first?["rounds"] as? [[Double]] == [[1500, 1600], [1500, 1600]])
    #expect(series.first?["source"] as? String == "go")
  }

  @Test("reads several files as several rounds, and finds their format")
  func imports() throws {
    try project.repository.directory.write("a.txt", "BenchmarkA 1 10 ns/op\n")
    try project.repository.directory.write("b.txt", "BenchmarkA 1 12 ns/op\n")
    let result = try project.run("perf-record", "--import", "a.txt", "--import", "b.txt")
    #expect(result.status == 0, "\(result.err)")
    let run = try project.repository.lastRun()
    let series = try #require(run["series"] as? [[String: Any]])
    #expect(series.first?["rounds"] as? [[Double]] == [[10], [12]])
  }

  @Test("a file that explains the others is no round of its own, wherever it is named")
  func explains() throws {
    try project.repository.directory.write(
      "benchmarks.json",
      #"{"time_a": {"param_names": ["size"], "type": "time", "unit": "seconds"}, "version": 2}"#)
    try project.repository.directory.write(
      "results/a.json",
      #"{"commit_hash": "a", "params": {}, "result_columns": ["result", "params"], "#
        + #""results": {"time_a": [[0.5], [["10"]]]}}"#)
    for files in [["benchmarks.json", "results/a.json"], ["results/a.json", "benchmarks.json"]] {
      let result = try project.run(
        "perf-record", "--output", "run.json", "--import", files[0], "--import", files[1])
      #expect(result.status == 0, "\(result.err)")
      let run = try project.repository.directory.read("run.json")
      #expect(run.contains("\"size\": \"10\"") && !run.contains("param1"), "\(run)")
    }
    let alone = try project.run("perf-record", "--import", "benchmarks.json")
    #expect(alone.status != 0 && alone.err.contains("holds no results"))
  }

  @Test("keeps a recorded file's provenance, unknown fields included, when it is imported")
  func reimport() throws {
    try project.run("perf-record", "--output", "run.json", "--rounds", "4", "--", "true")
    let text = try project.repository.directory.read("run.json")
    try project.repository.directory.write(
      "run.json", text.replacing("\"suite\"", with: "\"weather\" : \"clear\", \"suite\""))
    let result = try project.run("perf-record", "--import", "run.json")
    #expect(result.status == 0, "\(result.err)")
    let line = try project.repository.note()
    #expect(line.contains("\"weather\":\"clear\""))
    let again = try project.run("perf-record", "--import", "run.json")
    #expect(again.status == 0)
    #expect(try project.repository.note() == line)
  }

  @Test("measures a changed work tree into a file that belongs to no commit")
  func dirty() throws {
    try project.repository.directory.write("file.txt", "changed")
    let refused = try project.run("perf-record", "--", "true")
    #expect(refused.status == 2)
    try expectGolden(refused)
    let result = try project.run("perf-record", "-r", "2", "-o", "out.json", "--", "true")
    #expect(result.status == 0, "\(result.err)")
    let document = try object(project.repository.directory.read("out.json"))
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    #expect(run["commit"] == nil && run["environment"] != nil)
    #expect(throws: GitFailure.self) {
      try project.repository.git("rev-parse", "--verify", "--quiet", "refs/notes/perf")
    }
  }

  @Test("notices when the command changes the work tree, and keeps the numbers in a file")
  func changedMeanwhile() throws {
    let result = try project.run("perf-record", "-r", "2", "--", "sh", "-c", "echo x >>file.txt")
    #expect(result.status == 4, "\(result.err)")
    let file = try #require(
      result.err.firstMatch(of: /perf-record --commit <revision> --import '([^']+)'/)?.output.1)
    let document = try object(String(contentsOfFile: String(file), encoding: .utf8))
    #expect((document["runs"] as? [[String: Any]])?.first?["commit"] == nil)
    #expect(try project.repository.git("for-each-ref", "refs/notes") == "")
    // Such numbers stand for a commit only where somebody says so.
    try project.repository.git("checkout", "--quiet", "file.txt")
    let refused = try project.run("perf-record", "--import", String(file))
    #expect(refused.status == 2)
    try expectGolden(result, refused)
    let placed = try project.run("perf-record", "--import", String(file), "--commit", "HEAD")
    #expect(placed.status == 0, "\(placed.err)")
  }

  @Test("a file that was written while the command changed the work tree claims no commit")
  func changedOutput() throws {
    let result = try project.run(
      "perf-record", "-r", "2", "-o", "out.json", "--", "sh", "-c", "echo x >>file.txt")
    #expect(result.status == 0)
    #expect(result.err.contains("warning: tracked files changed while it was measured"))
    let document = try object(project.repository.directory.read("out.json"))
    #expect((document["runs"] as? [[String: Any]])?.first?["commit"] == nil)
  }

  @Test("what a sparse checkout leaves out, and what a filter rewrites, are no changes")
  func gitKnowsBetter() throws {
    let repository = project.repository
    try repository.commit("filter", file: ".gitattributes", text: "*.dat filter=upper\n")
    try repository.git("config", "filter.upper.clean", "tr a-z A-Z")
    try repository.git("config", "filter.upper.smudge", "tr A-Z a-z")
    try repository.commit("data", file: "a/x.dat", text: "abc\n")
    try repository.commit("more", file: "b/y.txt", text: "y\n")
    try repository.git("sparse-checkout", "set", "a")
    try repository.directory.write("a/x.dat", "abc\n")
    let result = try project.run("perf-record", "-r", "2", "--", "true")
    #expect(result.status == 0, "\(result.err)")
    try repository.directory.write("a/x.dat", "abcd\n")
    #expect(try project.run("perf-record", "-r", "2", "--", "true").status == 2)
  }

  @Test("numbers outlive a command that takes the branch away")
  func orphaned() throws {
    let result = try project.run(
      "perf-record", "-w", "0", "-r", "1", "-o", "out.json", "--", "git", "checkout", "--quiet",
      "--orphan", "other")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("warning: "))
    let document = try object(project.repository.directory.read("out.json"))
    #expect((document["runs"] as? [[String: Any]])?.first?["commit"] == nil)
  }

  @Test("in a bare repository nothing is checked out that numbers could stand for")
  func bareOutput() throws {
    let bare = try ScratchDirectory()
    try project.repository.git("clone", "--quiet", "--bare", project.repository.path, bare.path)
    let result = try project.programs.run(
      "perf-record", ["-r", "1", "-o", "out.json", "--", "true"], in: bare.url)
    #expect(result.status == 0, "\(result.err)")
    let document = try object(bare.read("out.json"))
    #expect((document["runs"] as? [[String: Any]])?.first?["commit"] == nil)
  }

  @Test("a run whose commit is no id is refused")
  func commitExpression() throws {
    try project.run("perf-record", "-r", "2", "-o", "out.json", "--", "true")
    let head = try project.repository.git("rev-parse", "HEAD")
    let text = try project.repository.directory.read("out.json")
    try project.repository.directory.write(
      "out.json", text.replacing("\"commit\": \"\(head)\"", with: "\"commit\": \"HEAD\""))
    let result = try project.run("perf-record", "--import", "out.json")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("stores nothing when the command fails")
  func failures() throws {
    let commands = [
      ["no-such-program"], ["sh", "-c", "echo why >&2; exit 3"], ["sh", "-c", "kill -SEGV $$"],
    ]
    try expectGolden(commands.map { try project.run("perf-record", ["--"] + $0) })
    #expect(try project.repository.git("for-each-ref", "refs/notes") == "")
  }

  @Test("refuses what it cannot store before it measures")
  func places() throws {
    let results = try [nil, ["--bare"], []].map { (options: [String]?) in
      let directory = try ScratchDirectory()
      if let options {
        _ = try Subprocess.run(
          "/usr/bin/env", ["git", "init", "--quiet"] + options, in: directory.url)
      }
      let result = try project.programs.run(
        "perf-record", ["--", "sh", "-c", "touch ran"], in: directory.url)
      #expect(!FileManager.default.fileExists(atPath: directory.path + "/ran"))
      return result
    }
    try expectGolden(results)
  }

  @Test("keeps names as they are, whatever they hold")
  func names() throws {
    let names = [
      "a|b`c", "line\nbreak", "\u{1B}[31mred", "emoji 🚀", String(repeating: "n", count: 10_000),
      "quote\"back\\slash/",
    ]
    let times = Dictionary(uniqueKeysWithValues: names.map { ($0, [0.1, 0.2]) })
    let result = try project.run(
      "perf-record", ["--import", "-"], input: Project.hyperfine(times))
    #expect(result.status == 0, "\(result.err)")
    #expect(!result.out.contains("\u{1B}"))
    let run = try project.repository.lastRun()
    let series = try #require(run["series"] as? [[String: Any]])
    #expect(Set(series.compactMap { $0["benchmark"] as? String }) == Set(names))
  }

  @Test("says what is wrong with a command line, and what to do")
  func misuse() throws {
    let mistakes = [
      [], ["--name", "x", "--import", "y"], ["--rounds", "5", "--import", "y"],
      ["--import", "x", "--", "true"], ["--commit", "HEAD", "--", "true"],
      ["--rounds", "0", "--", "true"], ["--format", "hyperfin", "--", "true"],
      ["--notes-ref", "refs/heads/x", "--", "true"], ["--import", "x.json", "--commit", "nosuch"],
    ]
    try expectGolden(mistakes.map { try project.run("perf-record", $0) })
  }

  @Test("stores nothing of a file that it does not understand, and says where it is wrong")
  func badInput() throws {
    let texts = [
      "", "hello\n", "{\"results\": [\n{\"command\": \"a\"",
      "{\"results\": [{\"command\": \"a\", \"times\": [NaN]}]}",
      "{\"results\": [{\"command\": \"a\"}]}", "goos: linux\nBenchmarkX 1 twelve ns/op\n",
    ]
    try expectGolden(
      texts.map { text in
        try project.repository.directory.write("in.txt", text)
        return try project.run("perf-record", "--import", "in.txt")
      })
    #expect(try project.repository.git("for-each-ref", "refs/notes") == "")
  }

  @Test(
    "a file that is not there, and a harness that prints nothing, are told with what to look at")
  func nothing() throws {
    let file = try project.run("perf-record", "--import", "nosuch.json")
    #expect(file.status == 4)
    #expect(
      file.err.hasPrefix(
        "error: nosuch.json: no such file or directory\nhint: check how the path is written"),
      "\(file.err)")
    let harness = try project.run("perf-record", "--format", "go", "--", "true")
    #expect(harness.status == 4)
    try expectGolden(harness)
  }

  @Test("an output that cannot be written is refused before anything is launched")
  func unwritable() throws {
    let result = try project.run(
      "perf-record", "-o", "no/such/dir.json", "--", "sh", "-c", "touch ran")
    #expect(result.status == 5)
    try expectGolden(result)
    #expect(!FileManager.default.fileExists(atPath: project.repository.path + "/ran"))
  }

  #if os(Linux)
    @Test("pins what it launches to processors, and refuses those that there are not")
    func pin() throws {
      let result = try project.run(
        "perf-record", "--pin", "0", "--rounds", "1", "--", "sh", "-c",
        "grep Cpus_allowed_list /proc/self/status >.git/allowed")
      #expect(result.status == 0, "\(result.err)")
      #expect(try project.repository.directory.read(".git/allowed").hasSuffix("\t0\n"))
      let refused = try project.run("perf-record", "--pin", "1000-1001", "--", "true")
      #expect(refused.status == 2)
      #expect(refused.err.contains("cannot pin to processors 1000,1001"))
      for list in ["x", "", "3-1", "0,", "2000"] {
        #expect(try project.run("perf-record", "--pin", list, "--", "true").status == 2)
      }
    }
  #endif

  @Test("completions and help come from the option table")
  func help() throws {
    let help = try project.run("perf-record", "--help")
    #expect(help.status == 0)
    try expectGolden(help)
    #expect(help.out.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(help.out)")
    let version = try project.run("perf-record", "--version")
    #expect(version.out == "perf-record 0.1.0\n")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
