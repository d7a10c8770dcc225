import Foundation
import Git
import TestSupport
import Testing

@Suite("Configuration is read as git reads it")
struct ConfigurationTests {
  @Test("sections, subsections with dots and case, repeated keys and keys without a value")
  func file() throws {
    let repository = try TemporaryRepository()
    let file = try repository.directory.write(
      ".perfconfig",
      """
      [gate]
        Threshold = 10% ; comment
        strict
      [benchmark "Parse/*.json"]
        threshold = 5%
      [environment]
        label = a=1
        label = b=2
      """)
    let entries = try Repository(at: repository.path)
      .configuration(inFile: file.path(percentEncoded: false))
    #expect(
      entries == [
        ConfigurationEntry(section: "gate", subsection: nil, name: "threshold", value: "10%"),
        ConfigurationEntry(section: "gate", subsection: nil, name: "strict", value: "true"),
        ConfigurationEntry(
          section: "benchmark", subsection: "Parse/*.json", name: "threshold", value: "5%"),
        ConfigurationEntry(section: "environment", subsection: nil, name: "label", value: "a=1"),
        ConfigurationEntry(section: "environment", subsection: nil, name: "label", value: "b=2"),
      ])
  }

  @Test("a file that does not exist says nothing")
  func absent() throws {
    let repository = try TemporaryRepository()
    let entries = try Repository(at: repository.path)
      .configuration(inFile: "\(repository.path)/.perfconfig")
    #expect(entries.isEmpty)
  }

  @Test("a malformed file is an error that names file and line")
  func malformed() throws {
    let repository = try TemporaryRepository()
    try repository.directory.write(".perfconfig", "[gate]\nthreshold = 10%\n[broken\n")
    let error = #expect(throws: GitError.self) {
      try Repository(at: repository.path).configuration(inFile: "\(repository.path)/.perfconfig")
    }
    #expect(error?.message.contains("line 3") == true || error?.message.contains(":3") == true)
  }

  @Test("only perf keys of git config are taken, and the repository's come last")
  func perf() throws {
    let repository = try TemporaryRepository()
    try repository.git("config", "perf.notesRef", "refs/notes/other")
    try repository.git("config", "perf.gate.base", "trunk")
    let entries = try Repository(at: repository.path).perfConfiguration()
    #expect(
      entries == [
        ConfigurationEntry(
          section: "perf", subsection: nil, name: "notesref", value: "refs/notes/other"),
        ConfigurationEntry(section: "perf", subsection: "gate", name: "base", value: "trunk"),
      ])
  }
}
