import Foundation
import TestSupport
import Testing

@Suite("A fixed point catches what small steps add up to")
struct AnchorTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  /// A release at 100 ms, and 4 % more with each of three commits on main since.
  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
    try project.repository.git("tag", "v1.0")
    for step in 1...3 {
      try project.repository.commit("step \(step)")
      try project.record(milliseconds: 100 + 4 * Double(step))
    }
  }

  @Test("each step passes, the sum does not, and both comparisons are shown")
  func creep() throws {
    #expect(try project.run("perf-gate").status == 0)
    let result = try project.run("perf-gate", "--anchor", "v*")
    #expect(result.status == 1)
    try expectGolden(result)
    try repository.git("config", "perf.gate.anchor", "v*")
    #expect(try project.run("perf-gate").status == 1)
  }

  @Test("a revision and a baseline file are fixed points too; a file counts from the top")
  func others() throws {
    #expect(try project.run("perf-gate", "--rules", "worktree", "--anchor", "HEAD~3").status == 1)
    #expect(try project.run("perf-gate", "--rules", "worktree", "--anchor", "HEAD~1").status == 0)
    let line = try repository.note("v1.0")
    try repository.directory.write("baselines/release.json", line)
    try repository.directory.write(
      ".perfconfig", "[gate]\nanchor = baselines/release.json\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 1)
    try repository.directory.write("sub/file", "")
    #expect(try project.run("perf-gate", "--rules", "worktree", "-C", "sub").status == 1)
  }

  @Test("the newest tag that is older than what is judged, and has numbers")
  func newest() throws {
    try repository.git("tag", "v1.1", "HEAD~1")
    try repository.git("tag", "v2.0")
    let result = try project.run("perf-gate", "--anchor", "v*", "--against", "HEAD~2")
    try repository.git("notes", "--ref=perf", "remove", "v1.1", "v1.1^{tree}")
    let older = try project.run("perf-gate", "--anchor", "v*", "--against", "HEAD~2")
    #expect(older.status == 1)
    try expectGolden(result, older)
  }

  @Test("a tag in the history goes before newer ones beside it, and whatever its date is")
  func beside() throws {
    try repository.git("checkout", "--quiet", "-b", "side", "v1.0")
    for number in 1...12 {
      try repository.commit("side \(number)", file: "side.txt")
      try repository.git("tag", "v-side-\(number)")
    }
    try repository.git("checkout", "--quiet", "main")
    #expect(try project.run("perf-gate", "--anchor", "v*").out.contains("since v1.0:"))
  }

  @Test("without numbers it is nothing to compare with: status 3, after the report")
  func missing() throws {
    try repository.git("notes", "--ref=perf", "remove", "v1.0", "v1.0^{tree}")
    let result = try project.run("perf-gate", "--anchor", "v*")
    #expect(result.status == 3)
    try expectGolden(result)
  }

  @Test("the first release has none before it, and what is judged is no anchor of its own")
  func first() throws {
    try repository.git("tag", "-d", "v1.0")
    try repository.git("tag", "v1.0")
    let result = try project.run("perf-gate", "--anchor", "v*")
    #expect(result.status == 0)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--anchor", "HEAD").status == 0)
  }

  @Test("where it is the baseline already, it is not shown twice")
  func same() throws {
    try repository.git("tag", "v2.0", "HEAD~1")
    let result = try project.run("perf-gate", "--anchor", "v2*")
    try expectGolden(result)
  }

  @Test("a benchmark that came or went since the release is not its business")
  func comings() throws {
    try project.record("late", milliseconds: 10)
    try repository.commit("next")
    try project.record(milliseconds: 112)
    try project.record("late", milliseconds: 10)
    let result = try project.run("perf-gate", "--anchor", "HEAD~3", "--verbose")
    #expect(result.status == 0)
    #expect(result.err.hasSuffix("since the anchor: 1 unchanged\n"))
  }

  @Test("a waiver holds since the anchor as well")
  func waived() throws {
    let result = try project.run(
      "perf-gate", "--rules", "worktree", "--anchor", "v*", "--accept", "parse", "--reason",
      "worth it")
    #expect(result.status == 0)
    #expect(result.err.hasSuffix("1 unchanged; since the anchor: 1 waived\n"))
  }
}
