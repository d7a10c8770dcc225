import Foundation
import Git
import TestSupport
import Testing

@Suite("A commit that git reads as another is refused where it is on the way")
struct ReplacementTests {
  let repository: TemporaryRepository
  let commits: [String]

  /// Five commits of main, and a topic of one that leaves it at the fourth.
  init() throws {
    let repository = try TemporaryRepository()
    commits = try (0..<5).map { try repository.commit("c\($0)") }
    try repository.git("checkout", "--quiet", "-b", "topic", commits[3])
    try repository.commit("topic")
    self.repository = repository
  }

  private func here() throws -> Repository { try Repository(at: repository.path) }

  private func meeting() throws -> Commit? {
    let here = try here()
    return try here.mergeBase(here.commit("topic").id, here.commit("main").id)
  }

  private func isRefused(_ body: () throws -> some Any) -> Bool {
    do {
      _ = try body()
      return false
    } catch {
      return (error as? GitError)?.kind == .replaced
    }
  }

  @Test("by `git replace`: itself, and where two histories meet after it")
  func replaced() throws {
    try repository.git("replace", commits[4], commits[0])
    #expect(isRefused { try here().commit("main") })
    #expect(try here().commit("topic").id.description.count == 40)
    try repository.git("replace", "-d", commits[4])
    try repository.git("replace", commits[3], commits[0])
    #expect(isRefused { try meeting() })
  }

  @Test("far below where two histories meet it is on nobody's way")
  func below() throws {
    try repository.git("replace", "--graft", commits[1])
    #expect(try meeting()?.id.description == commits[3])
    #expect(isRefused { try here().firstParent(of: here().commit(commits[2]).id) })
  }

  @Test("by a graft")
  func grafted() throws {
    try repository.directory.write(".git/info/grafts", "\(commits[4]) \(commits[0])\n")
    #expect(isRefused { try here().commit("main") })
  }

  @Test("not where git itself was told to read what was committed")
  func switchedOff() throws {
    try repository.git("replace", commits[4], commits[0])
    let here = try here()
    here.readAsCommitted()
    #expect(try here.commit("main").id.description == commits[4])
    try repository.git("config", "core.useReplaceRefs", "false")
    #expect(try self.here().commit("main").id.description == commits[4])
  }
}
