import Foundation
import Measurements
import TestSupport
import Testing

@Suite("What a recording says of itself")
struct EvidenceTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws {
    project = try Project()
    try repository.git("config", "perf.measure.unfit", "ignore")
  }

  private func csv(_ values: [Double], _ name: String = "p") -> String {
    "benchmark,metric,unit,value,round\n"
      + values.enumerated().map { "\(name),wall_time,ms,\($1),\($0)\n" }.joined()
  }

  private func imports(_ text: String, _ options: String...) throws -> Subprocess {
    try repository.directory.write(".git/in", text)
    return try project.run("perf-record", ["--import", ".git/in"] + options)
  }

  private func suite(_ command: String = "p: true") throws {
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = \(command)\nrounds = 1\nwarmup = 0\n")
    try repository.git("add", ".perfconfig")
    try repository.commit("suite \(command)")
  }

  @Test("the suite of .perfconfig and imported files are whole, what was typed is a part")
  func parts() throws {
    try suite()
    try project.run("perf-record", "--quiet")
    try project.run("perf-record", "--quiet", "--rounds", "1", "--name", "q", "--", "true")
    try project.run("perf-record", "--quiet", "--rounds", "1", "--", "true")
    try project.run("perf-record", "--quiet", "--metric", "page_faults")
    _ = try imports(csv([1, 2]))
    let parts = try repository.runs().map { $0.part ?? "whole" }.sorted()
    #expect(parts == ["--metric", "--name q", "a typed command", "whole", "whole"])
    #expect(try repository.runs().filter { $0.imported != nil }.count == 1)
  }

  @Test("each series has the definition of its command, which changes with its words")
  func definitions() throws {
    try suite("p: sh -c true one")
    try project.run("perf-record", "--quiet")
    let old = try #require(repository.runs().first)
    try suite("p: sh -c true two")
    try project.run("perf-record", "--quiet")
    let new = try #require(repository.runs().first)
    let (a, b) = (try #require(old.series[0].definition), try #require(new.series[0].definition))
    #expect(old.series.allSatisfy { $0.definition == a })
    #expect(b.changes(from: a) == ["command: one → two"])
    _ = try imports(csv([1, 2]))
    #expect(try repository.runs().first { $0.imported != nil }?.series[0].definition == nil)
  }

  @Test("the same files again are one piece of evidence, unless somebody says otherwise")
  func again() throws {
    #expect(try imports(csv([1, 2])).status == 0)
    let second = try imports(csv([1, 2]))
    #expect(second.status == 0)
    try expectGolden(second)
    #expect(try repository.runs().count == 1)
    #expect(try imports(csv([1, 2]), "--again").status == 0)
    #expect(try repository.runs().count == 2)
    #expect(try imports(csv([1, 3])).status == 0)
    #expect(try repository.runs().count == 3)
    #expect(try imports(csv([1, 2]), "--suite", "other").status == 0)
    #expect(try repository.runs().count == 4)
    #expect(try project.run("perf-record", "--again", "--", "true").status == 2)
  }

  @Test("the order of files is no matter, and another commit takes the same files")
  func files() throws {
    for (name, value) in [("a", 1.0), ("b", 2)] {
      try repository.directory.write(".git/\(name)", csv([value]))
    }
    for files in [["a", "b"], ["b", "a"]] {
      try project.run("perf-record", files.flatMap { ["--import", ".git/\($0)"] })
    }
    #expect(try repository.runs().count == 1)
    try repository.commit("next")
    try project.run("perf-record", "--import", ".git/a", "--import", ".git/b")
    #expect(try repository.runs().count == 1)
  }

  @Test("the numbers of another commit are an old file, which is said at once")
  func stale() throws {
    let text = csv([10.01, 10.123, 10.2301, 10.0042, 10.55])
    #expect(try !imports(text).err.contains("old file"))
    let first = try repository.git("rev-parse", "--short=10", "HEAD")
    try repository.commit("next")
    let result = try imports(text)
    #expect(result.status == 0)
    try expectGolden(result, naming: ["first": first])
  }

  private func pytest(at commit: String, dirty: Bool = false) -> String {
    """
    {"machine_info": {"cpu": {}}, "commit_info": {"id": "\(commit)", "dirty": \(dirty)},
     "benchmarks": [{"group": null, "name": "t", "fullname": "t", "params": null, "param": null,
      "options": {}, "stats": {"rounds": 2, "median": 1.0, "data": [1.0, 1.1]}}], "version": "4"}
    """
  }

  @Test("a file that names a commit is stored there")
  func named() throws {
    let first = try repository.git("rev-parse", "HEAD")
    try repository.commit("next")
    #expect(try imports(pytest(at: first)).status == 0)
    #expect(try repository.runs(first).count == 1)
    #expect(try repository.runs("HEAD").isEmpty)
    #expect(try imports(pytest(at: repository.git("rev-parse", "HEAD"))).status == 0)
    #expect(try repository.runs("HEAD").count == 1)
    #expect(try imports(pytest(at: "unversioned")).status == 0)
    #expect(try repository.runs("HEAD").count == 2)
  }

  @Test("one that is not here, or had changes on top, is refused with the option that takes it")
  func refused() throws {
    let head = try repository.git("rev-parse", "HEAD")
    let files = [
      pytest(at: String(repeating: "5b78", count: 10)), pytest(at: head, dirty: true),
    ]
    try expectGolden(files.map { try imports($0) })
    for file in files { #expect(try imports(file, "--commit", "HEAD").status == 0) }
    #expect(try repository.runs().count == 2)
  }

  @Test("a run from a day to come is told")
  func future() throws {
    let head = try repository.git("rev-parse", "HEAD")
    try repository.directory.write(
      ".git/in",
      #"{"version": 1, "commit": "\#(head)", "recordedAt": "2999-01-01T00:00:00Z", "suite": "default", "#
        + #""tool": "t", "series": [{"benchmark": "p", "metric": "n", "unit": "1", "#
        + #""better": "lower", "rounds": [[1]]}]}"#)
    let result = try project.run("perf-record", "--quiet", "--import", ".git/in")
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result)
  }

  @Test("a harness that leaves a benchmark out of some launches has failed in these")
  func attendance() throws {
    try repository.directory.write(
      "bench",
      """
      #!/bin/sh
      echo x >>.git/count
      echo BenchmarkA 1 10 ns/op
      [ $(($(wc -l <.git/count) % 3)) != 1 ] || echo BenchmarkB 1 10 ns/op 3 B/op
      """)
    let result = try project.run(
      "perf-record", "--quiet", "--format", "go", "--output", "x.json", "--", "sh", "./bench")
    #expect(result.status == 4, "\(result.err)")
    try expectGolden(result)
  }
}
