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

  @Test("compares revisions and ranges, the newer side HEAD where it is not given")
  func revisions() throws {
    let sides = [
      ["v1"], ["main", "topic"], ["topic", "main"], ["main..topic"], ["main.."], ["..main"],
      ["main...topic"], ["topic~1", "HEAD"],
    ]
    try expectGolden(sides.map { try project.run("perf-diff", $0) })
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
    let markdown = try project.run("perf-diff", "v1", "topic~1", "topic", "--report", "markdown")
    try expectGolden(result, markdown)
    #expect(
      try project.run("perf-diff", "--exit-code", "v1", "topic~1", "topic").status == 1)
    #expect(try project.run("perf-diff", "--exit-code", "topic~1", "v1", "topic").status == 0)
  }

  @Test("several sides are a table for readers, and each is another one")
  func severalMistakes() throws {
    let mistakes = [
      ["v1", "topic", "main", "--report", "json"], ["v1", "topic", "v1"], [],
      ["--by", "label:size", "v1", "topic"], ["--by", "size", "v1"], ["--by", "label:", "v1"],
    ]
    try expectGolden(mistakes.map { try project.run("perf-diff", $0) })
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
    let none = try project.run("perf-diff", "--suite", "sizes", "--by", "label:colour")
    #expect(none.status == 3)
    let other = try project.run("perf-diff", "--suite", "sizes", "--by", "label:size=7")
    #expect(other.status == 3)
    try expectGolden(two, none, other)
  }

  @Test("compares two files of different tools, in a repository and outside")
  func files() throws {
    let directory = try ScratchDirectory()
    try directory.write(
      "old.json", Project.hyperfine(["parse": Project.times(100)]))
    try directory.write("new.json", Project.hyperfine(["parse": Project.times(50)]))
    let result = try project.programs.run("perf-diff", ["old.json", "new.json"], in: directory.url)
    #expect(result.status == 0, "\(result.err)")
    let inside = try project.run(
      "perf-diff", directory.path + "/old.json", directory.path + "/new.json")
    try expectGolden(result, inside)
  }

  @Test("a revision and a file are compared, each as what it is")
  func mixed() throws {
    try project.repository.directory.write(
      "slow.json", Project.hyperfine(["parse": Project.times(200)]))
    let result = try project.run("perf-diff", "main", "slow.json")
    try expectGolden(result)
    #expect(try project.run("perf-diff", "--exit-code", "main", "slow.json").status == 1)
  }

  @Test("a name that is a revision and a file must be made clear")
  func ambiguous() throws {
    try project.repository.directory.write("v1", Project.hyperfine(["parse": [0.1, 0.1]]))
    let result = try project.run("perf-diff", "v1")
    #expect(result.status == 2)
    try expectGolden(result)
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
    try expectGolden(markdown)
  }

  @Test("says what cannot be compared")
  func misuse() throws {
    let mistakes = [
      [], ["v1", "topic", "nosuch"], ["nosuch.json"], ["./nosuch.json"], ["v1..nosuch"],
      ["--suite", "other", "v1"], ["."],
    ]
    try expectGolden(mistakes.map { try project.run("perf-diff", $0) })
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
