import Foundation
import TestSupport
import Testing

@Suite("perf-diff")
struct DiffTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
    try project.repository.git("tag", "v1")
    try project.leaveMain()
    try project.record(milliseconds: 130)
  }

  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let change: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "compares revisions and ranges, the newer side HEAD where it is not given",
    arguments: [
      Case(arguments: ["v1"], change: "+30.0 %"),
      Case(arguments: ["main", "topic"], change: "+30.0 %"),
      Case(arguments: ["topic", "main"], change: "-23.1 %"),
      Case(arguments: ["main..topic"], change: "+30.0 %"),
      Case(arguments: ["main.."], change: "+30.0 %"),
      Case(arguments: ["..main"], change: "-23.1 %"),
      Case(arguments: ["main...topic"], change: "+30.0 %"),
      Case(arguments: ["topic~1", "HEAD"], change: "+30.0 %"),
    ])
  func revisions(_ sides: Case) throws {
    let result = try project.run("perf-diff", sides.arguments)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains(sides.change), "\(result.out)")
    #expect(result.err == "")
  }

  @Test("exits 0 whatever it finds, unless --exit-code asks for the gate's status")
  func exitCode() throws {
    #expect(try project.run("perf-diff", "main", "topic").status == 0)
    #expect(try project.run("perf-diff", "--exit-code", "main", "topic").status == 1)
    #expect(try project.run("perf-diff", "--exit-code", "topic", "main").status == 0)
  }

  @Test("compares several revisions with the first, in one table, for a terminal and a message")
  func several() throws {
    try project.repository.commit("faster")
    try project.record(milliseconds: 60)
    let result = try project.run("perf-diff", "v1", "topic~1", "topic")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      result.out.contains(/benchmark +metric +v1 +topic~1 +change +topic +change/), "\(result.out)")
    #expect(
      result.out.contains(/parse +wall_time +100 ms +130 ms +\+30.0 % +✗ +60.0 ms +-40.0 % +✓/),
      "\(result.out)")
    #expect(result.out.contains("topic~1: 1 regression\n"))
    let markdown = try project.run("perf-diff", "v1", "topic~1", "topic", "--report", "markdown")
    #expect(
      markdown.out.contains("| <code>parse</code> | <code>wall_time</code> | 100"),
      "\(markdown.out)")
    #expect(markdown.out.contains("+30.0"))
    #expect(
      try project.run("perf-diff", "--exit-code", "v1", "topic~1", "topic").status == 1)
    #expect(try project.run("perf-diff", "--exit-code", "topic~1", "v1", "topic").status == 0)
  }

  @Test(
    "several sides are a table for readers, and each is another one",
    arguments: [
      (["v1", "topic", "main", "--report", "json"], "--report json is of two sides"),
      (["v1", "topic", "v1"], "a side is named twice"),
      ([], "nothing to compare"),
      (["--by", "label:size", "v1", "topic"], "--by compares within one run"),
      (["--by", "size", "v1"], "not a label"),
      (["--by", "label:", "v1"], "a label without a name"),
    ])
  func misuse(_ arguments: [String], _ message: String) throws {
    let result = try project.run("perf-diff", arguments)
    #expect(result.status == 2, "\(result.out)\(result.err)")
    #expect(result.err.contains(message), "\(result.err)")
  }

  @Test("compares the values of a label within one run, numbers by their size")
  func labels() throws {
    for (size, time) in [("2", 100.0), ("10", 150), ("1", 50)] {
      let label = ["--label", "size=\(size)", "--session", "s"]
      let result = try project.run(
        "perf-record", ["--quiet", "--import", "-", "--suite", "sizes"] + label.suffix(2),
        input: "benchmark,metric,unit,value,size\n"
          + Project.times(time).map { "sort,wall_time,s,\($0),\(size)\n" }.joined())
      #expect(result.status == 0, "\(result.err)")
    }
    let result = try project.run("perf-diff", "--suite", "sizes", "--by", "label:size")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      result.out.contains(/benchmark +metric +size=1 +size=2 +change +size=10 +change/),
      "\(result.out)")
    #expect(result.out.contains(/sort +wall_time .*\+100.0 % +✗ .*\+200.0 % +✗/), "\(result.out)")
    let two = try project.run("perf-diff", "--suite", "sizes", "--by", "label:size=10", "HEAD")
    #expect(two.out.contains(/benchmark +metric +size=10 +size=1 +change +size=2 +change/))
    let none = try project.run("perf-diff", "--suite", "sizes", "--by", "label:colour")
    #expect(none.status == 3)
    #expect(none.err.contains("hint: there are size"), "\(none.err)")
    let other = try project.run("perf-diff", "--suite", "sizes", "--by", "label:size=7")
    #expect(other.status == 3)
    #expect(other.err.contains("has the label size=7\nhint: there are 1, 2, 10"), "\(other.err)")
  }

  @Test("compares two files of different tools, in a repository and outside")
  func files() throws {
    let directory = try ScratchDirectory()
    try directory.write(
      "old.json", Project.hyperfine(["parse": Project.times(100)]))
    try directory.write("new.json", Project.hyperfine(["parse": Project.times(50)]))
    let result = try project.programs.run("perf-diff", ["old.json", "new.json"], in: directory.url)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("-50.0 %"))
    #expect(result.out.contains("'old.json' does not say on which machine it was measured"))
    let inside = try project.run(
      "perf-diff", directory.path + "/old.json", directory.path + "/new.json")
    #expect(inside.out.contains("-50.0 %"))
  }

  @Test("a revision and a file are compared, each as what it is")
  func mixed() throws {
    try project.repository.directory.write(
      "slow.json", Project.hyperfine(["parse": Project.times(200)]))
    let result = try project.run("perf-diff", "main", "slow.json")
    #expect(result.out.contains("+100.0 %"), "\(result.err)")
    #expect(try project.run("perf-diff", "--exit-code", "main", "slow.json").status == 1)
  }

  @Test("a name that is a revision and a file must be made clear")
  func ambiguous() throws {
    try project.repository.directory.write("v1", Project.hyperfine(["parse": [0.1, 0.1]]))
    let result = try project.run("perf-diff", "v1")
    #expect(result.status == 2)
    #expect(result.err.contains("error: 'v1' is a revision and a file\nhint: write './v1'"))
    #expect(try project.run("perf-diff", "./v1", "topic").status == 0)
  }

  @Test("markdown and JSON hold the same comparison, JSON without an outcome")
  func renderings() throws {
    let json = try project.run("perf-diff", "main..topic", "--report", "json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    #expect(report["outcome"] == nil && report["status"] == nil)
    #expect((report["counts"] as? [String: Int])?["regression"] == 1)
    let markdown = try project.run("perf-diff", "main..topic", "--report", "markdown")
    #expect(markdown.out.contains("**1 regression**"))
  }

  struct Misuse: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let message: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "says what cannot be compared",
    arguments: [
      Misuse(arguments: [], status: 2, message: "error: "),
      Misuse(
        arguments: ["v1", "topic", "nosuch"], status: 2, message: "error: unknown revision 'nosuch'"
      ),
      Misuse(
        arguments: ["nosuch.json"], status: 2,
        message: "error: unknown revision 'nosuch.json', and there is no such file\nhint: name a "
          + "branch, tag or id, or a file that is there\n"),
      Misuse(
        arguments: ["./nosuch.json"], status: 2,
        message: "error: './nosuch.json' names no commit, and there is no such file\nhint: "),
      Misuse(arguments: ["v1..nosuch"], status: 2, message: "error: unknown revision 'nosuch'\n"),
      Misuse(
        arguments: ["--suite", "other", "v1"], status: 4, message: "in this suite, only in default"),
      Misuse(arguments: ["."], status: 2, message: "error: '.' is a directory"),
    ])
  func misuse(_ misuse: Misuse) throws {
    let result = try project.run("perf-diff", misuse.arguments)
    #expect(result.status == misuse.status, "\(result.err)")
    #expect(result.err.contains(misuse.message), "\(result.err)")
  }

  @Test("a commit that is gone is a failure of git, not a name that nobody has")
  func damaged() throws {
    let id = try project.repository.commit("gone")
    try project.repository.git("branch", "lost")
    try FileManager.default.removeItem(
      atPath: "\(project.repository.path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    for (program, name) in [("perf-diff", "HEAD"), ("perf-diff", "lost"), ("perf-gate", "lost")] {
      let result = try project.run(program, [name])
      #expect(result.status == 5, "\(result.err)")
      #expect(result.err.hasPrefix("error: resolve '\(name)': object not found"), "\(result.err)")
      #expect(result.err.contains("\nhint: `git fsck` tells damage"), "\(result.err)")
    }
  }

  @Test("a revision without runs on the old side is nothing to compare with")
  func noOldRuns() throws {
    try project.repository.commit("unmeasured")
    let result = try project.run("perf-diff", "HEAD", "topic~1")
    #expect(result.status == 3, "\(result.err)")
  }
}
