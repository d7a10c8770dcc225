import Foundation
import TestSupport
import Testing

/// Choosing the baseline.
extension GateTests {
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

  @Test("a change cannot choose its baseline by the session of an older commit")
  func session() throws {
    try project.record("parse", milliseconds: 100, rounds: 10, "--session", "s1")
    let paired = try repository.git("rev-parse", "HEAD")
    try repository.commit("nearer")
    try project.record(milliseconds: 50)
    try project.leaveMain()
    try project.record("parse", milliseconds: 100, rounds: 10, "--session", "s1")
    let baseline = try baseline()
    #expect(baseline["rule"] as? String == "merge-base")
    #expect(baseline["commit"] as? String != paired)
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
    try expectGolden(file)
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
    try expectGolden(result)
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
    try expectGolden(result)
  }

  @Test("a clone, which brings no notes along, is told how to fetch them")
  func clone() throws {
    try project.record(milliseconds: 100)
    let clone = Project(try TemporaryRepository(cloning: repository.path))
    let result = try clone.run("perf-gate")
    #expect(result.status == 4)
    try expectGolden(result)
    try clone.run("perf-sync", "fetch")
    #expect(try clone.run("perf-gate").status == 0)
  }

  @Test("a base that does not exist is a configuration error, whatever it looks like")
  func badBase() throws {
    try branch(new: 100)
    try expectGolden(
      ["nosuch", "abc", "a..b", "HEAD:file.txt", "@{"].map {
        try project.run("perf-gate", "--base", $0)
      })
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
}
