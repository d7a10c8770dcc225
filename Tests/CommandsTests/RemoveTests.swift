import Foundation
import TestSupport
import Testing

@Suite("perf-sync remove takes a wrong run out, here and everywhere")
struct RemoveTests {
  /// Bare.
  let hub: ScratchDirectory
  let one: Project

  init() throws {
    hub = try ScratchDirectory.bareRepository()
    one = try Project.pushed(to: hub)
  }

  private func ids(_ project: Project) throws -> [String] {
    let note = try Subprocess.run(
      "/usr/bin/env", ["git", "notes", "--ref=perf", "show", "HEAD"],
      in: project.repository.directory.url)
    return try note.out.split(separator: "\n").map { line in
      let blob = try Subprocess.run(
        "/usr/bin/env", ["git", "hash-object", "--stdin"], in: project.repository.directory.url,
        input: line + "\n")
      return String(blob.out.prefix(40))
    }
  }

  private func remove(
    _ id: String, _ project: Project, _ options: String...
  ) throws -> Subprocess {
    try project.run("perf-sync", ["remove", id, "--reason", "a backup ran"] + options)
  }

  @Test("by the beginning of its id; the others stay, and others follow when they fetch")
  func everywhere() throws {
    try one.record(milliseconds: 10)
    try one.record(milliseconds: 20)
    try one.run("perf-sync", "push")
    let two = try Project.clone(of: hub)
    try two.run("perf-sync", "fetch")
    let all = try ids(one)
    let result = try remove(String(all[0].prefix(8)), one)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.hasPrefix("removed \(all[0].prefix(10)): default of "), "\(result.out)")
    #expect(result.out.hasSuffix("others follow after `perf-sync push`\n"))
    #expect(try ids(one) == [all[1]])
    try one.run("perf-sync", "push")
    try two.record("later", milliseconds: 5)
    let fetched = try two.run("perf-sync", "fetch")
    #expect(fetched.out.hasPrefix("1 run that somebody has removed is gone here, too\n"))
    #expect(try !ids(two).contains(all[0]) && ids(two).contains(all[1]))
    try two.run("perf-sync", "push")
    try one.run("perf-sync", "fetch")
    #expect(try !ids(one).contains(all[0]))
  }

  @Test("a copy that has it still brings it back to nobody")
  func copies() throws {
    try one.record(milliseconds: 10)
    try one.run("perf-sync", "push")
    let two = try Project.clone(of: hub)
    try two.run("perf-sync", "fetch")
    let id = try ids(one)[0]
    #expect(try remove(id, one).status == 0)
    try two.record("other", milliseconds: 5)
    try two.run("perf-sync", "push")
    try one.run("perf-sync", "push")
    try two.run("perf-sync", "fetch")
    for project in [one, two] { #expect(try !ids(project).contains(id)) }
    #expect(try ids(one) == ids(two))
  }

  @Test("--undo puts it back, here and everywhere")
  func undo() throws {
    try one.record(milliseconds: 10)
    let id = try ids(one)[0]
    #expect(try remove(id, one).status == 0)
    try one.run("perf-sync", "push")
    let two = try Project.clone(of: hub)
    try two.run("perf-sync", "fetch")
    let undone = try one.run("perf-sync", "remove", "--undo", String(id.prefix(6)))
    #expect(undone.status == 0, "\(undone.err)")
    #expect(try ids(one) == [id])
    try one.run("perf-sync", "push")
    try two.run("perf-sync", "fetch")
    #expect(try ids(two) == [id])
    #expect(try one.run("perf-sync", "remove", "--undo", id).status == 2)
  }

  @Test("what another machine has measured is removed with --force only")
  func otherMachine() throws {
    try one.repository.git("config", "perf.environment.key", "there")
    try one.record(milliseconds: 10)
    try one.repository.git("config", "--unset", "perf.environment.key")
    let id = try ids(one)[0]
    let refused = try remove(id, one)
    #expect(refused.status == 2)
    try expectGolden(refused)
    #expect(try ids(one) == [id])
    #expect(try remove(id, one, "--force").status == 0)
    #expect(try ids(one) == [])
  }

  @Test("a reason is needed, and an id that is one run's")
  func usage() throws {
    try one.record(milliseconds: 10)
    let id = try ids(one)[0]
    #expect(try one.run("perf-sync", "remove", id).err.contains("error: remove needs a reason"))
    #expect(try one.run("perf-sync", "remove").status == 2)
    #expect(try one.run("perf-sync", "fetch", "--reason", "x").status == 2)
    for typed in ["abc", "no-id", "*", String(repeating: "0", count: 40)] {
      #expect(try remove(typed, one).status == 2)
    }
    #expect(try ids(one) == [id])
    #expect(try remove(id, one).status == 0)
    let again = try remove(id, one)
    #expect(again.status == 2)
    try expectGolden(again)
  }

  @Test("a removed run that is imported again is told to go again")
  func imported() throws {
    try one.record(milliseconds: 10)
    let line = try one.repository.note()
    try one.repository.directory.write(".git/run.json", line)
    #expect(try remove(ids(one)[0], one).status == 0)
    let result = try one.run("perf-record", "--quiet", "--import", ".git/run.json")
    try expectGolden(result)
  }
}
