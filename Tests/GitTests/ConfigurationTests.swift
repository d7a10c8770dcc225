import Foundation
import Git
import TestSupport
import Testing

@Suite("Configuration is read as git reads it")
struct ConfigurationTests {
  @Test("only perf keys of git config are taken, and the repository's come last")
  func perf() throws {
    let repository = try TemporaryRepository()
    try repository.git("config", "perf.notesRef", "refs/notes/other")
    try repository.git("config", "perf.gate.base", "trunk")
    let own = try Repository(at: repository.path).perfConfiguration()
    #expect(
      own.entries == [
        ConfigurationEntry(
          section: "perf", subsection: nil, name: "notesref", value: "refs/notes/other"),
        ConfigurationEntry(section: "perf", subsection: "gate", name: "base", value: "trunk"),
      ])
  }

  @Test(
    "what git reads otherwise than libgit2 is seen",
    arguments: [
      ("includeIf.onbranch:main.path", "other"), ("includeIf.gitdir:/.path", "other"),
      ("includeIf.hasconfig:remote.*.url:x.path", "other"), ("include.path", "other"),
      ("extensions.worktreeConfig", "true"),
    ])
  func others(key: String, value: String) throws {
    let repository = try TemporaryRepository()
    #expect(try Repository(at: repository.path).perfConfiguration().isForGitToRead == false)
    try repository.git("config", key, value)
    #expect(try Repository(at: repository.path).perfConfiguration().isForGitToRead)
  }
}
