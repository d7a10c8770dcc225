import Foundation
import Git
import TestSupport
import Testing

@Suite("HEAD is read as plain files as git reads it")
struct GitFolderTests {
  let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.commit("first")
  }

  private func head(
    _ folder: String? = nil, _ environment: [String: String] = [:]
  ) throws -> String {
    try GitFolder(of: folder ?? repository.path, environment).head().description
  }

  private func git() throws -> String { try repository.git("rev-parse", "HEAD") }

  @Test("on a branch, packed and loose, below the top, and detached")
  func plain() throws {
    let first = try git()
    #expect(try head() == first)
    try repository.git("pack-refs", "--all")
    #expect(try head() == first)
    // A loose reference goes before a packed one.
    let second = try repository.commit("second")
    #expect(try head() == second)
    try FileManager.default.createDirectory(
      atPath: "\(repository.path)/a/b", withIntermediateDirectories: true)
    #expect(try head("\(repository.path)/a/b") == second)
    try repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    #expect(try head() == first)
  }

  @Test("with many packed references whose names are like the one that is meant")
  func packed() throws {
    for name in ["a", "feature/main", "main2", "xmain"] {
      try repository.commit(name)
      try repository.git("branch", name)
    }
    try repository.git("tag", "-a", "-m", "x", "main")
    try repository.git("pack-refs", "--all")
    #expect(try head() == git())
  }

  @Test("in another work tree, whose own references are its own")
  func workTree() throws {
    let other = "\(repository.path)/.git/other"
    try repository.git("worktree", "add", "--quiet", "-b", "topic", other)
    try repository.commit("second")
    let first = try repository.git("rev-parse", "topic")
    #expect(try head(other) == first)
    let folder = try GitFolder(of: other, [:])
    let common = try repository.git("rev-parse", "--path-format=absolute", "--git-common-dir")
    #expect(folder.commonPath == URL(filePath: common).resolvingSymlinksInPath().path)
    try repository.git("pack-refs", "--all")
    #expect(try head(other) == first)
    #expect(try head() == git())
  }

  @Test("where GIT_DIR says, and in a bare repository")
  func named() throws {
    let first = try git()
    let elsewhere = try ScratchDirectory()
    #expect(try head(elsewhere.path, ["GIT_DIR": "\(repository.path)/.git"]) == first)
    #expect(throws: GitError.self) { try head(elsewhere.path, ["GIT_DIR": "nowhere"]) }
    try repository.git("clone", "--quiet", "--bare", ".", "\(elsewhere.path)/bare")
    #expect(try head("\(elsewhere.path)/bare") == first)
  }

  @Test("through a symbolic reference")
  func symbolic() throws {
    try repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    try repository.git("symbolic-ref", "HEAD", "refs/heads/alias")
    #expect(try head() == git())
  }

  @Test("what is no commit is an error, and leads nowhere else")
  func damaged() throws {
    let path = "\(repository.path)/.git/HEAD"
    try repository.directory.write("secret", "0123456789012345678901234567890123456789\n")
    for text in [
      "", "nonsense\n", "ref: refs/heads/none\n", "ref: ../secret\n", "ref: refs/../../secret\n",
      "ref: /etc/passwd\n", String(repeating: "0", count: 40), "ref: refs/heads/.invalid\n",
    ] {
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: GitError.self, "\(text)") { try head() }
    }
    try Data("ref: refs/heads/loop\n".utf8).write(to: URL(filePath: path))
    try Data("ref: refs/heads/loop\n".utf8)
      .write(to: URL(filePath: "\(repository.path)/.git/refs/heads/loop"))
    #expect(throws: GitError.self) { try head() }
  }

  @Test("outside a repository there is none")
  func outside() throws {
    let elsewhere = try ScratchDirectory()
    let error = #expect(throws: GitError.self) { try GitFolder(of: elsewhere.path, [:]) }
    #expect(error?.kind == .noRepository)
  }
}
