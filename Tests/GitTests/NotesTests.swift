import Foundation
import Git
import TestSupport
import Testing

@Suite("Notes are git's own")
struct NotesTests {
  static let reference = "refs/notes/perf"
  let repository: TemporaryRepository
  let git: Repository
  let commit: Commit

  init() throws {
    repository = try TemporaryRepository()
    try repository.commit("first")
    git = try Repository(at: repository.path)
    commit = try git.head()
  }

  private func write(_ text: String, on objects: [ObjectID]) throws {
    try git.updateNotes(Self.reference, of: objects, message: "test", pause: { _ in }) {
      ($1 ?? []) + Array(text.utf8)
    }
  }

  @Test("what is written is what git notes show prints, on commit and tree")
  func shown() throws {
    try write("line\n", on: [commit.id, commit.tree])
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "line")
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD^{tree}") == "line")
    // Nothing dangles: what a store leaves behind would stay on disk for weeks.
    #expect(try repository.git("fsck", "--strict") == "")
  }

  @Test("the tree is fanned out by two directories of two digits")
  func fanOut() throws {
    try write("line\n", on: [commit.id])
    let id = commit.id.description
    let path = "\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id.dropFirst(4))"
    #expect(
      try repository.git("ls-tree", "-r", "--name-only", Self.reference) == path)
  }

  @Test("a note at any fan-out is read, and moves to its place when it is written")
  func foreignFanOut() throws {
    try repository.git("notes", "--ref=perf", "add", "-m", "flat", "HEAD")
    #expect(try repository.git("ls-tree", "--name-only", Self.reference).count == 40)
    let notes = try git.notes(Self.reference)
    #expect(try notes.contents(of: commit.id) == Array("flat\n".utf8))
    try write("fanned\n", on: [commit.id])
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "flat\nfanned")
    #expect(try repository.git("ls-tree", "-r", "--name-only", Self.reference).count == 42)
  }

  @Test("deeper fan-out than ours is read and folded in")
  func deepFanOut() throws {
    let id = commit.id.description
    let blob = try repository.git("hash-object", "-w", "file.txt")
    let parts = [id.prefix(2), id.dropFirst(2).prefix(2), id.dropFirst(4).prefix(2)]
    let path = parts.joined(separator: "/") + "/" + id.dropFirst(6)
    try repository.git(
      "update-index", "--add", "--cacheinfo", "100644,\(blob),\(path)")
    try repository.git("rm", "--quiet", "--cached", "file.txt")
    let tree = try repository.git("write-tree")
    let notes = try repository.git("commit-tree", "-m", "notes", tree)
    try repository.git("update-ref", Self.reference, notes)
    #expect(try git.notes(Self.reference).contents(of: commit.id) == Array("first".utf8))
    try write("\nmore\n", on: [commit.id])
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "first\nmore")
    #expect(try repository.git("ls-tree", "-r", "--name-only", Self.reference).count == 42)
  }

  @Test("notes of other objects and their history stay")
  func keepsOthers() throws {
    try write("one\n", on: [commit.id])
    try repository.commit("second")
    let second = try git.head()
    try write("two\n", on: [second.id])
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD~1") == "one")
    #expect(try repository.git("rev-list", "--count", Self.reference) == "2")
  }

  @Test("writing what is there already makes no commit")
  func unchanged() throws {
    try write("one\n", on: [commit.id])
    try git.updateNotes(Self.reference, of: [commit.id], message: "x", pause: { _ in }) { $1 ?? [] }
    #expect(try repository.git("rev-list", "--count", Self.reference) == "1")
  }

  @Test("a reference that moves during the edit is read again, and both writers' lines are there")
  func race() throws {
    var interfered = false
    var attempts = 0
    let other = repository
    try git.updateNotes(
      Self.reference, of: [commit.id], message: "x", pause: { _ in attempts += 1 }
    ) { _, old in
      if !interfered {
        interfered = true
        _ = try? other.git("notes", "--ref=perf", "append", "-m", "theirs", "HEAD")
      }
      return (old ?? []) + Array("ours\n".utf8)
    }
    #expect(attempts == 1)
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "theirs\nours")
  }

  @Test("a lock that stays is an error of its own kind, and nothing is changed")
  func locked() throws {
    try repository.directory.write(".git/refs/notes/perf.lock", "")
    var attempts = 0
    let error = #expect(throws: GitError.self) {
      try git.updateNotes(
        Self.reference, of: [commit.id], message: "x", pause: { _ in attempts += 1 }
      ) { _, _ in Array("x\n".utf8) }
    }
    #expect(error?.kind == .locked)
    #expect(error?.message.contains("\(repository.path)/.git/refs/notes/perf.lock") == true)
    #expect(attempts > 10)
    #expect(try git.notes(Self.reference).commit == nil)
    try FileManager.default.removeItem(
      at: repository.url.appending(path: ".git/refs/notes/perf.lock"))
    try write("one\n", on: [commit.id])
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "one")
  }

  @Test("without an identity a fixed one is used")
  func identity() throws {
    try repository.git("config", "--unset", "user.name")
    try repository.git("config", "--unset", "user.email")
    try repository.git("config", "user.useConfigOnly", "true")
    try write("one\n", on: [commit.id])
    #expect(try repository.git("log", "-1", "--format=%an", Self.reference).isEmpty == false)
  }

  @Test("the id of some bytes is git's blob id")
  func hashing() throws {
    let id = try ObjectID(hashing: Array("first".utf8))
    #expect(try repository.git("rev-parse", "HEAD:file.txt") == id.description)
  }
}
