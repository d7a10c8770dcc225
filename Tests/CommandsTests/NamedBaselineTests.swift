import Foundation
import System
import TestSupport
import Testing

@Suite("Baselines have names, and lie beside the code")
struct NamedBaselineTests {
  let project: Project

  init() throws { project = try Project() }

  private func file() throws -> [[String: Any]] {
    let text = try project.repository.directory.read("baselines/main.json")
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require(document?["runs"] as? [[String: Any]])
  }

  @Test("what is recorded with --baseline is in the notes and in the file, and the gate reads it")
  func recorded() throws {
    try project.record(milliseconds: 10, "--baseline", "main")
    let commit = try project.repository.git("rev-parse", "HEAD")
    #expect(try file().map { $0["commit"] as? String } == [commit])
    #expect(try file()[0]["environment"] != nil)
    try project.repository.commit("baseline")
    try project.leaveMain()
    try project.record(milliseconds: 13)
    let gate = try project.run("perf-gate", "--against", "baselines/main.json")
    #expect(gate.status == 1, "\(gate.err)")
  }

  @Test("runs of one commit are gathered, those of another take their place, other suites stay")
  func replaced() throws {
    try project.record(milliseconds: 10, "--baseline", "main")
    try project.record(milliseconds: 11, "--baseline", "main")
    try project.record(milliseconds: 12, "--baseline", "main", "--suite", "other")
    #expect(try file().count == 3)
    let later = try project.repository.commit("later")
    try project.record(milliseconds: 10, "--baseline", "main")
    #expect(try file().count == 2)
    #expect(try file().contains { $0["suite"] as? String == "other" })
    #expect(try file().contains { $0["commit"] as? String == later })
  }

  @Test("export and import bring the runs of a commit out of the notes and into others")
  func exported() throws {
    try project.record(milliseconds: 10)
    try project.record(milliseconds: 11)
    let exported = try project.run("perf-sync", "export", "main")
    #expect(exported.status == 0, "\(exported.err)")
    #expect(exported.out.hasPrefix("2 runs of "), "\(exported.out)")
    #expect(exported.out.hasSuffix(" in baselines/main.json\n"))
    let text = try project.repository.directory.read("baselines/main.json")
    // The same file whenever it is written.
    try project.run("perf-sync", "export", "main", "HEAD")
    #expect(try project.repository.directory.read("baselines/main.json") == text)
    let notes = try project.repository.note()
    try project.repository.git("update-ref", "-d", "refs/notes/perf")
    let imported = try project.run("perf-sync", "import", "main")
    #expect(imported.status == 0, "\(imported.err)")
    #expect(try project.repository.note() == notes)
  }

  @Test("mistakes are refused before anything is measured")
  func mistakes() throws {
    let mistakes = [
      ["perf-record", "--baseline", "../x", "--", "true"],
      ["perf-record", "--baseline", "x", "--output", "y", "--", "true"],
      ["perf-record", "--baseline", "x", "--paired", "HEAD~1", "--", "true"],
      ["perf-sync", "export"], ["perf-sync", "export", "a", "HEAD", "b"],
      ["perf-sync", "export", ".a"], ["perf-sync", "export", "main"],
      ["perf-sync", "export", "main", "nosuch"], ["perf-sync", "import", "nosuch"],
    ]
    try expectGolden(mistakes.map { try project.run($0[0], Array($0.dropFirst())) })
  }

  @Test("export counts runs, takes marks along, and says how many lines it left out")
  func foreign() throws {
    try project.record(milliseconds: 10)
    try project.repository.commit("slower")
    try project.record(milliseconds: 13)
    #expect(try project.run("perf-gate", "--mark").status == 1)
    let note = try project.repository.note()
    let foreign = [
      "by hand", #"{"version":2,"commit":"?"}"#, #"{"version":1,"suite":"default","series":7}"#,
    ]
    for object in ["HEAD", "HEAD^{tree}"] {
      let text = ([note] + foreign).joined(separator: "\n")
      try project.repository.git("notes", "--ref=perf", "add", "--force", "--message", text, object)
    }
    let exported = try project.run("perf-sync", "export", "main")
    #expect(exported.status == 0, "\(exported.err)")
    #expect(exported.out.hasPrefix("1 run of "), "\(exported.out)")
    #expect(exported.err.hasPrefix("warning: 3 lines are left out"), "\(exported.err)")
    #expect(try file().count == 2)
    try project.repository.git("update-ref", "-d", "refs/notes/perf")
    let imported = try project.run("perf-sync", "import", "main")
    #expect(imported.status == 0, "\(imported.err)")
    let lines = { (text: String) in Set(text.split(separator: "\n")) }
    #expect(try lines(project.repository.note()) == lines(note))
  }

  @Test("a note without any run that is understood is no baseline")
  func strangersOnly() throws {
    try project.repository.git("notes", "--ref=perf", "add", "--message", "by hand", "HEAD")
    let result = try project.run("perf-sync", "export", "main")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("whoever writes at the same time as others loses none of their runs")
  func together() throws {
    try project.repository.directory.write(
      "results.json", Project.hyperfine(["b": Project.times(1)]))
    let writers = try (1...6).map { number in
      try project.start("perf-record -q --import results.json --suite \(number) --baseline main")
    }
    for writer in writers {
      writer.waitUntilExit()
      #expect(writer.terminationStatus == 0)
    }
    #expect(
      try file().compactMap { $0["suite"] as? String }.sorted() == ["1", "2", "3", "4", "5", "6"])
  }

  @Test("a file that somebody else writes all the time is an error that says so")
  func locked() throws {
    try project.record(milliseconds: 10)
    let folder = "\(project.repository.path)/.git/perf"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lock = try FileLock("\(folder)/baselines.lock")
    #expect(try lock.seize())
    let result = try project.run("perf-sync", "export", "main")
    #expect(result.status == 5, "\(result.err)")
    try expectGolden(result)
    lock.release()
    #expect(try project.run("perf-sync", "export", "main").status == 0)
  }

  @Test("what only looks at a baseline leaves no trace")
  func traceless() throws {
    try project.run("perf-sync", "import", "main")
    try project.run("perf-record", "--import", "nosuch", "--baseline", "main")
    for name in [".git/perf", "baselines"] {
      #expect(!FileManager.default.fileExists(atPath: "\(project.repository.path)/\(name)"))
    }
  }

  @Test("runs of several commits are not put into one file, but for those of the same content")
  func several() throws {
    let first = try project.repository.git("rev-parse", "HEAD")
    try project.record(milliseconds: 10)
    try project.repository.commit("second")
    try project.record(milliseconds: 11)
    let lines = try [first, "HEAD"].map {
      try project.repository.note($0)
    }
    try project.repository.git("update-ref", "-d", "refs/notes/perf")
    let mixed = try project.run(
      "perf-record", "--import", "-", "--baseline", "main", input: lines.joined(separator: "\n"))
    #expect(mixed.status == 2, "\(mixed.err)")
    try expectGolden(mixed)
    // Seen before anything was stored.
    #expect(throws: (any Error).self) { try project.repository.git("rev-parse", "refs/notes/perf") }
    let suites = [lines[0], lines[1].replacing(#""suite":"default""#, with: #""suite":"other""#)]
    let apart = try project.run(
      "perf-record", "--import", "-", "--baseline", "main", input: suites.joined(separator: "\n"))
    #expect(apart.status == 0, "\(apart.err)")
    #expect(try file().count == 2)
    // Neither of the two is the commit's own.
    try project.repository.git("commit", "--quiet", "--amend", "--message", "same content")
    try project.record(milliseconds: 12)
    try project.repository.git("commit", "--quiet", "--amend", "--message", "the same once more")
    #expect(try project.run("perf-sync", "export", "main").out.hasPrefix("2 runs of "))
  }

  @Test("a file that is no baseline is not written over")
  func broken() throws {
    try project.repository.directory.write("baselines/main.json", "by hand")
    try project.repository.commit("by hand", file: "x")
    let text = try Project.hyperfine(["b": Project.times(1)])
    let result = try project.run(
      "perf-record", "--import", "-", "--baseline", "main", input: text)
    #expect(result.status == 4, "\(result.err)")
    #expect(try project.repository.directory.read("baselines/main.json") == "by hand")
    // Seen before anything was stored.
    #expect(throws: (any Error).self) { try project.repository.git("rev-parse", "refs/notes/perf") }
    try FileManager.default.removeItem(atPath: "\(project.repository.path)/baselines/main.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(project.repository.path)/baselines/main.json", withDestinationPath: "../../x.json")
    let link = try project.run(
      "perf-record", "--import", "-", "--baseline", "main", input: text)
    try expectGolden(link)
  }
}
