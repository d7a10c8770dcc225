import Foundation
import TestSupport
import Testing

/// Standard input, given by hand rather than by git.
@Suite struct PrePushInput {
  let project: Project
  let id: String

  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
    id = try project.repository.git("rev-parse", "HEAD")
  }

  static let zeros = String(repeating: "0", count: 40)

  func judge(_ input: String, _ arguments: String...) throws -> Subprocess {
    try project.run(
      "perf-gate", ["--pre-push"] + (arguments.isEmpty ? ["origin", "url"] : arguments),
      input: input)
  }

  @Test("no input is no push, and that is said")
  func empty() throws {
    let result = try judge("")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: nothing is pushed, so nothing was judged\n")
  }

  @Test(
    "a line that git would not write is a usage error",
    arguments: [
      "junk", "refs/heads/a", "refs/heads/a abc refs/heads/a def", "a b c d", " ",
      "refs/heads/a \(zeros) refs/heads/a", "refs/heads/a \(zeros)0 refs/heads/a \(zeros)",
      "refs/heads/a\t\(zeros)\trefs/heads/a\t\(zeros)",
    ])
  func malformed(line: String) throws {
    let result = try judge("\(line)\n")
    #expect(result.status == 2)
    #expect(
      result.said == [
        "error: not a line of git's pre-push hook: '\(line.replacing("\t", with: "\\t"))'",
        "hint: --pre-push reads what git gives a hook, on standard input",
        "perf-gate: usage or configuration error",
      ])
  }

  @Test("an id that is not here is a failure that names it")
  func unknownID() throws {
    let id = String(repeating: "1", count: 40)
    let result = try judge("refs/heads/a \(id) refs/heads/a \(Self.zeros)\n")
    #expect(result.status == 5)
    #expect(
      result.said == [
        "error: 1111111111, pushed as 'a', is not in this repository",
        "perf-gate: git, storage or network failure",
      ])
  }

  @Test("a remote that moved on to what is not here is fetched first: git takes it by force only")
  func unknownRemote() throws {
    let there = String(repeating: "1", count: 40)
    let result = try judge("refs/heads/main \(id) refs/heads/main \(there)\n")
    #expect(result.status == 5)
    #expect(
      result.said.prefix(2) == [
        "error: origin/main is at 1111111111, which is not here",
        "hint: fetch it first: what is pushed is held against it",
      ])
  }

  @Test("an expression with spaces is known by where it goes")
  func expression() throws {
    let result = try judge("HEAD^{/fix it} \(id) refs/heads/fix \(Self.zeros)")
    #expect(result.status == 0)
    #expect(
      result.said == [
        "perf-gate: no baseline yet: main has no number of this machine. "
          + "The first recording of main becomes it; nothing was judged",
        "perf-gate: fix: no baseline yet: 1 new",
      ])
  }

  @Test("reports do not go with the hook")
  func reports() throws {
    let result = try judge("", "--report", "json")
    #expect(result.status == 2)
    #expect(result.said.first == "error: --report does not go with --pre-push")
  }

  @Test("PERF_GATE=off skips even what could not be read")
  func off() throws {
    let result = try project.run(
      "perf-gate", "--pre-push", environment: ["PERF_GATE": "off"], input: "junk\n")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: skipped, because PERF_GATE=off\n")
  }
}
