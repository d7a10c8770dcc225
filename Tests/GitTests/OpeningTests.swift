import Foundation
import Git
import TestSupport
import Testing

@Suite("A repository is opened as git opens it, or the error says why not")
struct OpeningTests {
  static let reference = "refs/notes/perf"
  let repository: TemporaryRepository
  let scratch: ScratchDirectory

  init() throws {
    repository = try TemporaryRepository()
    scratch = try ScratchDirectory()
    try repository.commit("first")
  }

  private func write(_ text: String, in git: Repository) throws {
    let commit = try git.head()
    try git.updateNotes(Self.reference, of: [commit.id], message: "test", pause: { _ in }) {
      ($1 ?? []) + Array(text.utf8)
    }
  }

  private func show(_ directory: String) throws -> String {
    try repository.git("-C", directory, "notes", "--ref=perf", "show", "HEAD")
  }

  @Test("from a directory below the top")
  func below() throws {
    try repository.directory.write("a/b/c.txt", "text")
    let git = try Repository(at: "\(repository.path)/a/b")
    #expect(git.workTree == repository.path)
  }

  @Test("GIT_DIR may be relative, and GIT_WORK_TREE is the work tree")
  func gitDirectory() throws {
    try repository.directory.write("tree/file.txt", "first")
    let git = try Repository(at: repository.path, gitDirectory: ".git", workTree: "tree")
    #expect(git.workTree == "\(repository.path)/tree")
    #expect(try git.modifiedFiles().isEmpty)
    #expect(throws: GitError.self) {
      try Repository(at: repository.path, gitDirectory: "no such")
    }
  }

  @Test("a linked work tree writes the notes of the repository")
  func linkedWorkTree() throws {
    let tree = "\(scratch.path)/tree"
    try repository.git("worktree", "add", "--quiet", "--detach", tree)
    let git = try Repository(at: tree)
    try write("from the tree\n", in: git)
    #expect(try show(repository.path) == "from the tree")
    try repository.directory.write("../\(scratch.url.lastPathComponent)/tree/file.txt", "changed")
    #expect(try git.modifiedFiles() == ["file.txt"])
    #expect(try Repository(at: repository.path).modifiedFiles().isEmpty)
  }

  @Test("a bare repository has notes and no work tree")
  func bare() throws {
    let path = "\(scratch.path)/bare.git"
    try repository.git("clone", "--quiet", "--bare", repository.path, path)
    let git = try Repository(at: path)
    try write("bare\n", in: git)
    #expect(git.workTree == nil)
    #expect(try git.modifiedFiles().isEmpty)
    #expect(try show(path) == "bare")
  }

  @Test("objects of another repository are found by its alternates")
  func alternates() throws {
    try write("one\n", in: Repository(at: repository.path))
    let clone = try TemporaryRepository(cloning: repository.path, "--shared")
    try clone.git("fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*")
    try write("two\n", in: Repository(at: clone.path))
    #expect(try show(clone.path) == "one\ntwo")
    #expect(try show(repository.path) == "one")
    #expect(try clone.git("fsck", "--strict") == "")
  }

  @Test(
    "a format that libgit2 does not know is refused by name",
    arguments: [
      ("refstorage", GitError.Kind.Format.reftables), ("objectformat", .otherHash),
      ("novelty", .other),
    ])
  func extensions(name: String, format: GitError.Kind.Format) throws {
    try repository.git("config", "core.repositoryFormatVersion", "1")
    try repository.directory.write(
      ".git/config", repository.directory.read(".git/config") + "[extensions]\n\(name) = new\n")
    let error = #expect(throws: GitError.self) { try Repository(at: repository.path) }
    #expect(error?.operation == "open repository")
    #expect(error?.message.contains("extensions.\(name)") == true)
    #expect(error?.kind == .unsupportedFormat(format))
  }

  @Test(
    "extensions that do not concern commits and notes are none of its business",
    arguments: ["partialClone", "worktreeConfig", "preciousObjects", "relativeWorktrees"])
  func harmless(name: String) throws {
    try repository.git("config", "core.repositoryFormatVersion", "1")
    try repository.directory.write(
      ".git/config", repository.directory.read(".git/config") + "[extensions]\n\(name) = true\n")
    try write("one\n", in: Repository(at: repository.path))
    #expect(try Repository(at: repository.path).notes(Self.reference).commit != nil)
  }

  @Test("somebody else's repository is an error of its own kind", .enabled(if: isRoot))
  func owner() throws {
    _ = try Subprocess.run(
      "/usr/bin/env", ["chown", "-R", "12345", repository.path], in: scratch.url)
    let error = #expect(throws: GitError.self) { try Repository(at: repository.path) }
    #expect(error?.kind == .owner)
    #expect(error?.description == "open repository: it belongs to another user")
  }

  /// Only root can give a directory away.
  private static var isRoot: Bool { NSUserName() == "root" }
}
