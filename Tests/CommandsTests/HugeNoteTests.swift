import Foundation
import TestSupport
import Testing

@Suite("Notes that are larger than any history are named, and harm nobody")
struct HugeNoteTests {
  let project: Project

  /// With a baseline on main, and a candidate on a branch.
  init() throws {
    project = try Project()
    try project.record(milliseconds: 10)
    try project.leaveMain()
    try project.record(milliseconds: 10)
  }

  /// Replaces the note of a commit by what a shell command prints.
  private func note(_ revision: String, _ command: String) throws {
    let script = """
      blob=$(\(command) | git hash-object -w --stdin)
      git notes --ref=perf add -f -C $blob \(revision)
      """
    let made = try Subprocess.run(
      "/bin/sh", ["-ec", script], in: project.repository.url,
      environment: project.programs.environment)
    try #require(made.status == 0, "\(made.err)")
  }

  @Test("one of more than 64 MB is not read, and no baseline where nothing else has its numbers")
  func large() throws {
    try note("main", "head -c 64000001 /dev/zero")
    let object = try project.repository.git("rev-parse", "main").prefix(10)
    let gate = try project.run("perf-gate")
    // Its tree has the same runs.
    #expect(gate.status == 0, "\(gate.err)")
    let warning =
      "read the note of \(object): it has 64 MB, and the most is 64; it is kept, not used"
    #expect((gate.out + gate.err).contains(warning), "\(gate.out)\(gate.err)")
    try note("main^{tree}", "head -c 64000001 /dev/zero")
    #expect(try project.run("perf-gate").status == 3)
    let record = try project.run(
      "perf-record", "--quiet", "--import", "-", "--commit", "main",
      input: Project.hyperfine(["b": Project.times(1)]))
    #expect(record.status == 5)
    try expectGolden(record)
  }

  @Test("one that would become so large is not written, and the numbers are kept in a file")
  func growing() throws {
    try note("main", "head -c 63999900 /dev/zero")
    let before = try project.repository.git("rev-parse", "refs/notes/perf")
    let record = try project.run(
      "perf-record", "--quiet", "--import", "-", "--commit", "main",
      input: Project.hyperfine(["b": Project.times(1)]))
    #expect(record.status == 5)
    try expectGolden(record)
    #expect(try project.repository.git("rev-parse", "refs/notes/perf") == before)
  }

  // One more is in the note of the tree.
  @Test("of very many runs the newest are read")
  func many() throws {
    let copies =
      #"{ for (i = 0; i < 10001; i++) { l = $0; sub(/"session":"/, "&" i, l); print l } }"#
    try note("main", "git notes --ref=perf show main | awk '\(copies)'")
    let gate = try project.run("perf-gate")
    #expect((gate.out + gate.err).contains("of 10002 runs of"), "\(gate.out)\(gate.err)")
  }
}
