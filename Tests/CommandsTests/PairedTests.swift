import Foundation
import TestSupport
import Testing

@Suite("perf-record --paired measures two commits in turns", .serialized)
struct PairedTests {
  let paired: PairedProject
  var project: Project { paired.project }
  var temporary: ScratchDirectory { paired.temporary }
  var repository: TemporaryRepository { project.repository }

  /// main and topic have each their own `program`; it writes down where it ran.
  init() throws {
    paired = try PairedProject(settings: "rounds = 4\n") { branch, path in
      "echo \(branch) >>'\(path)/.git/log'"
    }
  }

  private func program(_ name: String, _ script: String = "") throws {
    try paired.executable("program", "echo \(name) >>'\(repository.path)/.git/log'\n\(script)")
  }

  private func prepare(_ script: String) throws { try paired.executable("prepare", script) }

  private func record(_ options: String...) throws -> Subprocess {
    try project.run(
      "perf-record", ["--paired", "main"] + options, environment: ["TMPDIR": temporary.path])
  }

  private var isTidy: Bool { get throws { try paired.isTidy } }

  private func runs(_ revision: String) throws -> [[String: Any]] {
    try repository.note(revision).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("each in a folder of its own, ABBA, as one session that the gate finds")
  func session() throws {
    let result = try record()
    #expect(result.status == 0, "\(result.err)")
    let order = try repository.directory.read(".git/log").split(separator: "\n")
    // One warm-up a side, the first one first; then the four rounds.
    let pairs = [
      "main", "topic", "main", "topic", "topic", "main", "main", "topic", "topic", "main",
    ]
    #expect(order.map(String.init) == pairs)
    let (old, new) = (try runs("main")[0], try runs("topic")[0])
    #expect(old["session"] as? String == new["session"] as? String)
    #expect(old["seed"] as? Int == new["seed"] as? Int && old["seed"] != nil)
    // One step, so that no death between two leaves one side without the other.
    #expect(try repository.git("rev-list", "--count", "refs/notes/perf") == "1")
    #expect(try isTidy)
    let gate = try project.run("perf-gate", "--threshold", "99%")
    #expect(gate.out.contains("measured in the same session"))
  }

  @Test("merge-base is where HEAD left main, and a typed command runs where the caller is")
  func mergeBase() throws {
    try repository.git("checkout", "--quiet", "main")
    try repository.commit("main goes on", file: "other.txt")
    try repository.git("checkout", "--quiet", "topic")
    try repository.directory.write("sub/keep", "")
    try repository.commit("sub")
    try repository.git("checkout", "--quiet", "-B", "topic")
    let result = try project.run(
      "perf-record", ["--paired", "merge-base", "--rounds", "1", "--", "./program"],
      environment: ["TMPDIR": temporary.path])
    #expect(result.status == 0, "\(result.err)")
    #expect(try runs("main~1").count == 1)
    #expect(throws: (any Error).self) { try runs("main") }
  }

  @Test("submodules are checked out on both sides, each as its commit has them")
  func submodules() throws {
    let library = try TemporaryRepository()
    for word in ["old", "new"] {
      try library.directory.write("word", word)
      try library.git("add", "word")
      try library.commit(word, file: "\(word).txt")
    }
    let allowed = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow",
      "GIT_CONFIG_VALUE_0": "always",
    ]
    for (branch, revision) in [("main", "HEAD~1"), ("topic", "HEAD")] {
      let id = try library.git("rev-parse", revision)
      try repository.git("checkout", "--quiet", branch)
      try repository.directory.write(
        ".gitmodules", "[submodule \"library\"]\npath = library\nurl = \(library.path)\n")
      try repository.git("add", ".gitmodules")
      try repository.git("update-index", "--add", "--cacheinfo", "160000,\(id),library")
      try paired.executable("program", "cat library/word >>'\(repository.path)/.git/words'")
      try repository.git("add", "program")
      try repository.git("commit", "--quiet", "--message", "with a library")
    }
    let result = try project.run(
      "perf-record", "--paired", "main", "--rounds", "1", "--warmup", "0",
      environment: allowed.merging(["TMPDIR": temporary.path]) { $1 })
    #expect(result.status == 0, "\(result.err)")
    #expect(try repository.directory.read(".git/words") == "oldnew")
    #expect(try isTidy)
  }

  @Test("a TMPDIR that is a relative path is the caller's")
  func relativeTemporary() throws {
    try repository.directory.write(".git/tmp/keep", "")
    let result = try project.run(
      "perf-record", "--paired", "main", environment: ["TMPDIR": ".git/tmp"])
    #expect(result.status == 0, "\(result.err)")
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(repository.path)/.git/tmp")
    #expect(left == ["keep"])
  }

  @Test("a prepare that fails on one side names it, and nothing is stored for either")
  func prepareFails() throws {
    try prepare("echo broken; exit 2")
    try repository.commit("broken")
    let head = try repository.git("rev-parse", "--short=10", "HEAD")
    let result = try record()
    #expect(result.status == 4)
    try expectGolden(result, naming: ["head": head])
    #expect(try repository.git("for-each-ref", "refs/notes") == "")
    #expect(try isTidy)
  }

  @Test("a benchmark that fails on one side is kept as failed there, and the gate says so")
  func fails() throws {
    try program("topic", "exit 3")
    try repository.commit("fails")
    #expect(try record().status == 4)
    #expect((try runs("HEAD")[0]["failures"] as? [Any])?.count == 1)
    #expect(try project.run("perf-gate", "--against", "main").status == 4)
  }

  @Test("a path into this work tree would be the same on both sides, and is refused")
  func fixedPath() throws {
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = it: \(repository.path)/program\n")
    try repository.commit("fixed")
    let result = try record()
    #expect(result.status == 2, "\(result.err)")
    #expect(result.err.contains("is the same on both sides"), "\(result.err)")
    let typed = try record("--rounds", "4", "--", "sh", "\(repository.path)/program")
    #expect(typed.status == 0, "\(typed.err)")
    #expect(typed.err.contains("warning: '\(repository.path)/program' is the same on both sides"))
    #expect(try isTidy)
  }

  @Test("numbers that cannot be stored are kept, and importing them stores both sides")
  func keepUnstored() throws {
    try repository.directory.write(".git/refs/notes/perf.lock", "")
    let result = try record("--session", "lost")
    #expect(result.status != 0)
    try expectGolden(result)
    try FileManager.default.removeItem(atPath: "\(repository.path)/.git/refs/notes/perf.lock")
    let file = "\(repository.path)/.git/perf/unstored-lost.json"
    #expect(try project.run("perf-record", "--import", file).status == 0)
    #expect(try runs("main").count == 1 && runs("topic").count == 1)
  }

  @Test("changes that are not committed are not measured, and that is said")
  func dirty() throws {
    try program("changed")
    let result = try record()
    #expect(result.status == 0)
    #expect(result.err.contains("warning: uncommitted changes are not measured"))
    #expect(try !repository.directory.read(".git/log").contains("changed"))
  }

  @Test("with --keep-builds the folders stay, and prepare finds what it left there")
  func keepBuilds() throws {
    try prepare("test -e built && echo again >>'\(repository.path)/.git/log'; touch built")
    try repository.commit("build")
    #expect(try record("--keep-builds").status == 0)
    #expect(try record("--keep-builds").status == 0)
    #expect(try repository.directory.read(".git/log").contains("again"))
    let list = try repository.git("worktree", "list")
    #expect(list.contains(".git/perf/builds/base") && list.contains(".git/perf/builds/head"))
  }

  @Test("in a hook, whose variables name this repository, both sides are still their own")
  func hook() throws {
    let result = try project.run(
      "perf-record", ["--paired", "main", "--rounds", "1"],
      environment: [
        "TMPDIR": temporary.path, "GIT_DIR": "\(repository.path)/.git", "GIT_INDEX_FILE": "x",
      ])
    #expect(result.status == 0, "\(result.err)")
    #expect(try isTidy)
  }

  @Test("what cannot be paired is a usage error")
  func misuse() throws {
    let mistakes = [
      ["--paired", "HEAD"], ["--paired", "nosuch"], ["--paired", "main", "--import", "x"],
      ["--paired", "main", "--output", "x"], ["--keep-builds"],
    ]
    try expectGolden(mistakes.map { try project.run("perf-record", $0) })
  }

  @Test(
    "neither a signal nor a killed recorder leaves a folder, a program or numbers",
    arguments: [SIGINT, SIGTERM, SIGKILL])
  func ended(by number: Int32) throws {
    try program("topic", "sleep 1000 & echo $! >\(repository.path)/.git/child; wait")
    try repository.commit("sleeps")
    try project.interruptRecording(["--paired", "main"], with: number, temporary: temporary)
    #expect(try repository.git("for-each-ref", "refs/notes") == "")
  }
}
