import Foundation
import TestSupport
import Testing

@Suite("Repositories of every shape that git checks out")
struct CheckoutTests {
  let project: Project

  init() throws { project = try Project() }

  private func record(in folder: String, milliseconds: Double = 10) throws {
    let result = try project.run(
      "perf-record", "-C", folder, "--quiet", "--import", "-",
      input: Project.hyperfine(["parse": Project.times(milliseconds)]))
    try #require(result.status == 0, "\(result.err)")
  }

  @Test("a sparse one, whose work tree has settings of its own")
  func sparse() throws {
    let git = project.repository
    try git.directory.write("in/file", "x")
    try git.directory.write("out/file", "x")
    try git.commit("two folders")
    try git.git("sparse-checkout", "set", "in")
    try git.git("config", "core.repositoryFormatVersion", "1")
    #expect(try git.git("config", "extensions.worktreeConfig") == "true")
    try record(in: ".")
    try git.git("checkout", "--quiet", "-b", "topic")
    try git.commit("next")
    try record(in: ".", milliseconds: 13)
    #expect(try project.run("perf-gate").status == 1)
  }

  @Test("a linked work tree has the runs of its repository, and exchanges them")
  func linked() throws {
    let hub = try TemporaryRepository(cloning: project.repository.path, "--bare")
    try project.repository.git("remote", "add", "origin", hub.path)
    try project.repository.git("worktree", "add", "--quiet", "-b", "topic", "linked")
    try record(in: "linked")
    #expect(try project.run("perf-sync", "push", "-C", "linked").out == "1 run to origin\n")
    #expect(try project.run("perf-sync", "status").out.hasPrefix("only here    0 runs"))
  }

  @Test("a submodule is a repository of its own, with its own remote")
  func submodule() throws {
    let library = try TemporaryRepository()
    try library.commit("library")
    let git = project.repository
    try git.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.path, "lib")
    try git.commit("with a library")
    try record(in: "lib")
    let pushed = try project.run("perf-sync", "push", "-C", "lib")
    #expect(pushed.out == "1 run to origin\n", "\(pushed.err)")
    #expect(try library.git("notes", "--ref=perf", "list").split(separator: "\n").count == 2)
    #expect(try project.run("perf-gate", "lib").status != 0)
    #expect(throws: GitFailure.self) { try git.git("rev-parse", "refs/notes/perf") }
    // What is checked out there is what the commit of the superproject says.
    try record(in: ".")
  }

  @Test("one of SHA-256 is told what can be done, and files are compared there all the same")
  func otherHash() throws {
    let folder = try ScratchDirectory()
    func run(_ program: String, _ arguments: [String], input: String = "") throws -> Subprocess {
      try project.programs.run(program, arguments, in: folder.url, environment: [:], input: input)
    }
    let made = try Subprocess.run(
      "/usr/bin/env", ["git", "init", "--quiet", "--object-format=sha256"], in: folder.url,
      environment: Subprocess.cleanEnvironment)
    try #require(made.status == 0)
    for program in ["perf-gate", "perf-sync"] {
      let result = try run(program, program == "perf-sync" ? ["status"] : [])
      #expect(result.status == 5)
      #expect(result.err.contains("extensions.objectformat"), "\(result.err)")
      #expect(result.err.contains("hint: libgit2 here knows SHA-1 only"), "\(result.err)")
    }
    for (name, time) in [("old", 10.0), ("new", 13)] {
      let result = try run(
        "perf-record", ["--import", "-", "--output", "\(name).json"],
        input: Project.hyperfine(["parse": Project.times(time)]))
      #expect(result.status == 0, "\(result.err)")
      #expect(result.err.contains("warning: open repository"), "\(result.err)")
    }
    let diff = try run("perf-diff", ["old.json", "new.json"])
    #expect(diff.status == 0 && diff.out.contains("parse"), "\(diff.out)\(diff.err)")
  }
}
