import Foundation
import TestSupport
import Testing

@Suite("perf-sync note tells everybody what a person knows about a run")
struct NoteTests {
  /// Bare.
  let hub: ScratchDirectory
  let one: Project

  init() throws {
    hub = try ScratchDirectory.bareRepository()
    one = try Project()
    try one.repository.git("remote", "add", "origin", hub.path)
    try one.repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    try one.record(milliseconds: 10)
  }

  private func id() throws -> String {
    let line = try one.repository.git("notes", "--ref=perf", "show", "HEAD")
    let blob = try Subprocess.run(
      "/usr/bin/env", ["git", "hash-object", "--stdin"], in: one.repository.directory.url,
      input: line + "\n")
    return String(blob.out.prefix(40))
  }

  private func files(_ project: Project) throws -> [String] {
    let tree = try project.repository.git("ls-tree", "--name-only", "refs/notes/perf")
    return tree.split(separator: "\n").map(String.init).filter { $0.contains("noted-") }
  }

  @Test("a note travels with the runs, and is taken back everywhere")
  func everywhere() throws {
    try one.run("perf-sync", "push")
    let two = try Project.clone(of: hub)
    try two.run("perf-sync", "fetch")
    let id = try id()
    let noted = try one.run("perf-sync", "note", String(id.prefix(6)), "a backup ran meanwhile")
    #expect(noted.status == 0, "\(noted.err)")
    #expect(noted.out.hasPrefix("noted on \(id.prefix(10)): default of "), "\(noted.out)")
    #expect(noted.out.hasSuffix("others see it after `perf-sync push`\n"))
    let file = try #require(files(one).first)
    let text = try one.repository.git("show", "refs/notes/perf:\(file)")
    #expect(text.contains(#""text":"a backup ran meanwhile""#), "\(text)")
    #expect(text.contains(#""run":"\#(id)""#) && text.contains(#""author":"#), "\(text)")
    #expect(try one.run("perf-sync", "push").out == "1 note on runs to origin\n")
    #expect(try one.run("perf-sync", "push").out == "origin has all runs\n")
    #expect(try two.run("perf-sync", "fetch").out == "1 note on runs from origin\n")
    #expect(try files(two) == [file])
    let undone = try one.run("perf-sync", "note", "--undo", String(id.prefix(6)))
    #expect(undone.status == 0, "\(undone.err)")
    #expect(undone.out.hasPrefix("taken back from \(id.prefix(10)): a backup ran meanwhile\n"))
    try one.run("perf-sync", "push")
    try two.run("perf-sync", "fetch")
    #expect(try files(two) == files(one))
    let nothing = try two.run("perf-sync", "note", "--undo", id)
    #expect(
      nothing.status == 2 && nothing.err.contains("error: there is no note on \(id.prefix(10))"))
  }

  @Test("what somebody else noted stays theirs")
  func others() throws {
    let id = try id()
    try one.run("perf-sync", "note", id, "mine")
    try one.repository.git("config", "user.name", "Somebody Else")
    let refused = try one.run("perf-sync", "note", "--undo", id)
    #expect(refused.status == 2)
    #expect(refused.err.contains("error: there is no note of Somebody Else"), "\(refused.err)")
    #expect(refused.err.contains(": mine"), "\(refused.err)")
  }

  @Test("a run and a line of text are needed")
  func usage() throws {
    let id = try id()
    let cases: [(arguments: [String], message: String)] = [
      (["note"], "note needs a run and a text"), (["note", id], "note needs a run and a text"),
      (["note", "--undo"], "note needs a run and a text"),
      (["note", id, "a", "b"], "unexpected"), (["note", "--undo", id, "text"], "unexpected"),
      (["note", "abc", "text"], "'abc' is no id of a run"),
      (["note", "zzzzzz", "text"], "'zzzzzz' is no id of a run"),
      (["note", String(repeating: "0", count: 40), "text"], "begins with '0000"),
      (["note", id, ""], "the note has no text"),
      (["note", id, "a\nb"], "the note has a line break"),
      (["note", id, String(repeating: "x", count: 501)], "the note has 501 characters"),
      (["note", id, "text", "--reason", "x"], "--reason and --force go with remove"),
    ]
    for (arguments, message) in cases {
      let result = try one.run("perf-sync", arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.err.contains(message), "\(result.err)")
    }
    #expect(try files(one).isEmpty)
  }

  @Test("a removed run is named as removed")
  func removed() throws {
    let id = try id()
    try one.run("perf-sync", "remove", id, "--reason", "wrong branch")
    let result = try one.run("perf-sync", "note", id, "text")
    #expect(result.status == 2)
    #expect(result.err.contains("was removed on") && result.err.contains("wrong branch"))
  }

  @Test("a damaged file beside the notes is told, and the note is made all the same")
  func damaged() throws {
    let id = try id()
    let git = one.repository
    try git.directory.write(".git/text", "nonsense")
    let blob = try git.git("hash-object", "-w", ".git/text")
    let script = """
      { git ls-tree refs/notes/perf; printf '100644 blob \(blob)\\tnoted-2026-11-20-0\\n'; } | git mktree
      """
    let made = try Subprocess.run(
      "/bin/sh", ["-ec", script], in: git.url, environment: Subprocess.cleanEnvironment)
    let tree = made.out.trimmingCharacters(in: .newlines)
    let commit = try git.git("commit-tree", "-p", "refs/notes/perf", "-m", "x", tree)
    try git.git("update-ref", "refs/notes/perf", commit)
    let result = try one.run("perf-sync", "note", id, "text")
    #expect(result.status == 0)
    #expect(
      result.err
        == "warning: 'noted-2026-11-20-0' beside the notes holds no note on a run that can be read\n"
    )
    #expect(try files(one).count == 2)
  }
}
