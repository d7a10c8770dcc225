import Foundation
import TestSupport
import Testing

@Suite("git's configuration counts by git's own rules")
struct GitSettingsTests {
  let project: Project
  /// Elsewhere, a file with a threshold that lets everything pass.
  let place: ScratchDirectory

  var repository: TemporaryRepository { project.repository }
  private var loose: String { "\(place.path)/loose" }

  /// A topic of 115 ms on a main of 100 ms: a regression as long as nobody says otherwise.
  init() throws {
    project = try Project()
    place = try ScratchDirectory()
    try place.write("loose", "[perf \"gate\"]\nthreshold = 50%\n")
    try project.record(milliseconds: 100)
    try project.leaveMain()
    try project.record(milliseconds: 115)
  }

  private func status(_ environment: [String: String] = [:]) throws -> Int32 {
    try project.run("perf-gate", environment: environment).status
  }

  @Test(
    "files that are included under a condition",
    arguments: [
      ("onbranch:topic", Int32(0)), ("onbranch:main", 1),
      ("hasconfig:remote.*.url:file:///up/**", 0),
      ("hasconfig:remote.*.url:file:///down", 1), ("gitdir:**/.git", 0), ("gitdir:/nowhere/", 1),
    ])
  func conditions(condition: String, expected: Int32) throws {
    try repository.git("remote", "add", "up", "file:///up/x")
    #expect(try status() == 1)
    try repository.git("config", "includeIf.\(condition).path", loose)
    #expect(try status() == expected)
  }

  @Test("a work tree's own")
  func worktree() throws {
    try repository.git("config", "extensions.worktreeConfig", "true")
    try repository.git("config", "--worktree", "perf.gate.threshold", "50%")
    #expect(try status() == 0)
  }

  @Test("the system's, from where the environment says, or not at all")
  func system() throws {
    #expect(try status(["GIT_CONFIG_SYSTEM": loose, "GIT_CONFIG_NOSYSTEM": "0"]) == 0)
    #expect(try status(["GIT_CONFIG_SYSTEM": loose, "GIT_CONFIG_NOSYSTEM": "1"]) == 1)
    #expect(try status(["GIT_CONFIG_GLOBAL": loose]) == 0)
  }

  @Test("what git cannot read is status 2, with file and line")
  func broken() throws {
    try place.write("broken", "[perf \"gate\"]\nthreshold\0 = 50%\n")
    let result = try project.run(
      "perf-gate", environment: ["GIT_CONFIG_GLOBAL": "\(place.path)/broken"])
    #expect(result.status == 2)
    try expectGolden(result)
    let path = "\(repository.path)/.git/config"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for end in ["\0\0\0\0", "[perf\n"] {
      try (text + end).write(toFile: path, atomically: true, encoding: .utf8)
      let refused = try project.run("perf-gate")
      #expect(refused.status == 2, "\(refused.err)")
      #expect(refused.err.contains("config"), "\(refused.err)")
    }
  }

  @Test("a waiver there is an error, as nobody reviews it")
  func waiver() throws {
    try repository.git("config", "perf.waiver.parse.ceiling", "90%")
    let result = try project.run("perf-gate")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("a replaced or grafted commit on the way is refused with the reason")
  func replaced() throws {
    try repository.git("replace", "--graft", "HEAD")
    let result = try project.run("perf-gate")
    #expect(result.status == 5)
    try expectGolden(result)
    #expect(try status(["GIT_NO_REPLACE_OBJECTS": "1"]) == 1)
  }
}
