import Foundation
import TestSupport
import Testing

/// What nobody pushes by hand, given to the hook as git would.
@Suite("The hook with much to read")
struct PrePushCrowdTests {
  let here: PushProject
  let head: String
  private static let zeros = String(repeating: "0", count: 40)

  init() throws {
    here = try PushProject()
    head = try here.repository.git("rev-parse", "HEAD")
  }

  private func push(_ input: String) throws -> Subprocess {
    let hook = Programs.packageRoot.appending(path: "hooks/pre-push")
    return try here.call(
      ["sh", hook.path(percentEncoded: false), "origin", "url"], input: input)
  }

  @Test("ten thousand references to one commit are judged once, and told in a few lines")
  func references() throws {
    let lines = (1...10_000).map { "refs/tags/t\($0) \(head) refs/tags/t\($0) \(Self.zeros)\n" }
    let result = try push(lines.joined())
    #expect(result.status == 0, "\(result.err.prefix(500))")
    try expectGolden(result)
    #expect(result.err.utf8.count < 2000)
  }

  @Test("ten thousand deletions have nothing to judge")
  func deletions() throws {
    let lines = (1...10_000).map { "(delete) \(Self.zeros) refs/tags/t\($0) \(head)\n" }
    let result = try push(lines.joined())
    #expect(result.status == 0, "\(result.err.prefix(500))")
    #expect(result.err.utf8.count < 500)
  }

  @Test("a name of megabytes is shown in part, and a line that git would not write as well")
  func long() throws {
    let name = String(repeating: "a", count: 4 << 20)
    let whole = try push("refs/tags/\(name) \(head) refs/tags/\(name) \(Self.zeros)\n")
    #expect(whole.status == 0, "\(whole.err.prefix(500))")
    #expect(whole.err.utf8.count < 2000)
    let broken = try push("refs/tags/\(name)")
    #expect(broken.status == 2)
    #expect(broken.err.utf8.count < 2000)
  }
}
