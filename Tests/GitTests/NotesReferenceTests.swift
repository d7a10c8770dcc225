import Foundation
import Git
import TestSupport
import Testing

@Suite("A notes reference is a reference to a commit, loose or packed")
struct NotesReferenceTests {
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

  private func write(_ text: String, _ reference: String = reference) throws {
    try git.updateNotes(reference, of: [commit.id], message: "test", pause: { _ in }) {
      ($1 ?? []) + Array(text.utf8)
    }
  }

  /// What reading and writing say, which is the same.
  private func error() throws -> GitError? {
    let reading = #expect(throws: GitError.self) { try git.notes(Self.reference) }
    let writing = #expect(throws: GitError.self) { try write("x\n") }
    #expect(reading == writing)
    return reading
  }

  @Test("a symbolic reference is refused by the name of its target, and stays", arguments: [1, 0])
  func symbolic(notes: Int) throws {
    if notes > 0 { try write("theirs\n", "refs/notes/other") }
    try repository.git("symbolic-ref", Self.reference, "refs/notes/other")
    #expect(
      try error()?.description
        == "read 'refs/notes/perf': it is symbolic; name 'refs/notes/other' itself")
    #expect(try repository.git("symbolic-ref", Self.reference) == "refs/notes/other")
  }

  @Test(
    "a reference to something else than a commit says what it points to",
    arguments: [("HEAD:file.txt", "blob"), ("HEAD^{tree}", "tree"), ("v1", "tag")])
  func noCommit(object: String, kind: String) throws {
    try repository.git("tag", "-a", "v1", "-m", "one")
    let id = try repository.git("rev-parse", object)
    try repository.git("update-ref", Self.reference, id)
    let error = try error()
    #expect(error?.kind == .invalid)
    #expect(
      error?.description == "read 'refs/notes/perf': it points to a \(kind), not to a commit")
  }

  @Test("a reference to a commit that is not here is an error that names the reference")
  func missing() throws {
    let id = String(repeating: "ab", count: 20)
    try repository.directory.write(".git/\(Self.reference)", id + "\n")
    let error = try error()
    #expect(error?.kind == .missing)
    #expect(error?.operation == "read 'refs/notes/perf'")
  }

  @Test("a name that is none is an error, not an empty history")
  func invalidName() throws {
    let error = #expect(throws: GitError.self) { try git.notes("refs/notes/a..b") }
    #expect(error?.kind == .invalid)
  }

  @Test("references packed between two writes by the same program are seen")
  func packed() throws {
    try write("one\n")
    try repository.git("pack-refs", "--all")
    try write("two\n")
    try repository.git("pack-refs", "--all")
    #expect(try git.notes(Self.reference).contents(of: commit.id) == Array("one\ntwo\n".utf8))
    try write("three\n")
    try repository.git("gc", "--quiet", "--prune=now")
    try write("four\n")
    #expect(try repository.git("notes", "--ref=perf", "show", "HEAD") == "one\ntwo\nthree\nfour")
    #expect(try repository.git("rev-list", "--count", Self.reference) == "4")
    #expect(try repository.git("fsck", "--strict") == "")
  }
}
