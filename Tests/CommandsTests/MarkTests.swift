import Foundation
import TestSupport
import Testing

@Suite("What the gate has refused does not become the new normal")
struct MarkTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  /// On main: 10 ms, then 13.
  init() throws {
    project = try Project()
    try project.record(milliseconds: 10)
    try repository.commit("slower")
    try project.record(milliseconds: 13)
  }

  @Test("a marked commit is no baseline of the next, which is compared with the one before")
  func skipped() throws {
    let slower = try repository.git("rev-parse", "HEAD")
    let gate = try project.run("perf-gate", "--mark")
    #expect(gate.status == 1)
    try expectGolden(gate, naming: ["slower": slower])
    try repository.commit("next")
    try project.record(milliseconds: 13)
    let next = try project.run("perf-gate", "--report", "json")
    #expect(next.status == 1, "\(next.err)")
    #expect(next.out.contains("what the marked commit was refused against"), "\(next.out)")
    // Who asks for it by name gets it.
    #expect(try project.run("perf-gate", "--against", slower).status == 0)
  }

  @Test("nor are the runs that a commit of the same content lends to the next")
  func lent() throws {
    try project.run("perf-gate", "--mark")
    // As after a rebase: other commits, whose own notes tell of another suite only.
    try repository.git("commit", "--quiet", "--amend", "--message", "the same content")
    try project.record(milliseconds: 5, "--suite", "other")
    try repository.commit("next")
    try project.record(milliseconds: 13)
    let next = try project.run("perf-gate", "--report", "json")
    #expect(next.status == 1, "\(next.err)")
    #expect(next.out.contains("what the marked commit was refused against"), "\(next.out)")
  }

  @Test("a row that has the mark's baseline says so, and what is copied for it names that one")
  func ofRow() throws {
    let project = try Project()
    let repository = project.repository
    func record(_ milliseconds: Double) throws {
      let times = ["parse": milliseconds, "steady": 10, "still": 10].mapValues { Project.times($0) }
      try project.run("perf-record", "-q", "--import", "-", input: Project.hyperfine(times))
    }
    try record(10)
    let first = try repository.git("rev-parse", "HEAD")
    try repository.commit("slower")
    try record(13)
    #expect(try project.run("perf-gate", "--mark").status == 1)
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("slower still")
    try record(15)
    let text = try project.run("perf-gate").out
    let line = "of parse: \(first.prefix(10)), what the marked commit was refused against"
    #expect(text.contains("\nbaseline    \(line)\n"), "\(text)")
    let comment = try project.run("perf-gate", "--report", "markdown").out
    let sides = "--against \(first) \(try repository.git("rev-parse", "HEAD"))\n"
    for command in ["--measure", "--explain 'parse'", "--accept 'parse' --reason '<why>'"] {
      #expect(comment.contains("perf-gate \(command) \(sides)"), "\(comment)")
    }
    try project.run("perf-gate", "--accept", "parse", "--reason", "why", "--against", first)
    let rules = try repository.directory.read(".perfconfig")
    #expect(rules.contains("ceiling = 55%"), "\(rules)")
  }

  @Test("runs that are in no note cannot be marked, and that is said")
  func nothing() throws {
    let text = try Project.hyperfine(["parse": Project.times(20)])
    try repository.directory.write("new.json", text)
    let gate = try project.run("perf-gate", "--mark", "new.json")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
    #expect(
      try !repository.note().contains("\"rejects\""))
  }

  @Test("without a mark it would be, and a commit that passes is not marked")
  func without() throws {
    #expect(try project.run("perf-gate").status == 1)
    try repository.commit("next")
    try project.record(milliseconds: 13)
    let before = try repository.git("rev-parse", "refs/notes/perf")
    #expect(try project.run("perf-gate", "--mark").status == 0)
    #expect(try repository.git("rev-parse", "refs/notes/perf") == before)
  }

  @Test("it is marked once, and no later measurement lifts that, but a line that says so")
  func again() throws {
    try project.run("perf-gate", "--mark")
    let marked = try repository.git("rev-parse", "refs/notes/perf")
    #expect(try project.run("perf-gate", "--mark").status == 1)
    #expect(try repository.git("rev-parse", "refs/notes/perf") == marked)
    try project.record(milliseconds: 10.1)
    try repository.commit("next")
    try project.record(milliseconds: 10)
    let next = try project.run("perf-gate")
    #expect(next.status == 0, "\(next.out)")
    try expectGolden(next)
    #expect(try project.run("perf-gate", "--marks").out.contains("parse wall_time (default)"))
    #expect(try project.run("perf-gate", "--unmark", "parse", "HEAD~1").status == 0)
    #expect(try project.run("perf-gate", "--marks").out == "")
    #expect(try project.run("perf-gate").out.contains("the commit before"))
    #expect(try project.run("perf-gate", "--unmark", "parse", "HEAD~1").status == 2)
  }

  @Test("the mark goes with the runs, and is valid by the schema's own words")
  func travels() throws {
    try project.run("perf-gate", "--mark")
    let lines = try repository.note().split(separator: "\n")
    #expect(lines.count == 2)
    let mark = try #require(lines.first { $0.contains("\"marks\":") })
    #expect(mark.contains("\"series\":[]"))
    try project.run("perf-sync", "export", "main")
    try repository.git("update-ref", "-d", "refs/notes/perf")
    try project.run("perf-sync", "import", "main")
    #expect(
      try Set(repository.note().split(separator: "\n"))
        == Set(lines))
  }

  @Test("goes with a judgement only")
  func usage() throws {
    let mistakes = [["--explain", "x"], ["--null-check"], ["--pre-push"]]
    try expectGolden(mistakes.map { try project.run("perf-gate", $0 + ["--mark"]) })
  }
}
