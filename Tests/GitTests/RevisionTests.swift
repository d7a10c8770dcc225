import Foundation
import Git
import TestSupport
import Testing

@Suite("Revisions are resolved as git resolves them")
struct RevisionTests {
  let repository: TemporaryRepository
  let first: String
  let second: String

  init() throws {
    repository = try TemporaryRepository()
    first = try repository.commit("first")
    second = try repository.commit("second")
  }

  @Test("names, abbreviations, ancestors and tags give the commit and its tree")
  func resolves() throws {
    try repository.git("tag", "-a", "v1", "-m", "one", first)
    let git = try Repository(at: repository.path)
    for revision in ["v1", "HEAD~1", "main^", String(first.prefix(8)), first] {
      #expect(try git.commit(revision).id.description == first, "\(revision)")
    }
    let tree = try repository.git("rev-parse", "HEAD^{tree}")
    #expect(try git.head().tree.description == tree)
  }

  @Test("an unknown revision is not found, and says which")
  func unknown() throws {
    let git = try Repository(at: repository.path)
    let error = #expect(throws: GitError.self) { try git.commit("nosuch") }
    #expect(error?.kind == .notFound)
    #expect(error?.description.hasPrefix("resolve 'nosuch': ") == true)
    #expect(try git.commitIfPresent("nosuch") == nil)
  }

  @Test("a branch whose commit is gone is damage, and an id that is not here is none")
  func missing() throws {
    try FileManager.default.removeItem(
      atPath: "\(repository.path)/.git/objects/\(second.prefix(2))/\(second.dropFirst(2))")
    let git = try Repository(at: repository.path)
    for name in ["main", "HEAD"] {
      let error = #expect(throws: GitError.self) { try git.commitIfPresent(name) }
      #expect(error?.kind == .missing, "\(name)")
    }
    #expect(try git.commitIfPresent(second) == nil)
  }

  @Test("a tag of a blob has no commit")
  func blobTag() throws {
    let blob = try repository.git("rev-parse", "HEAD:file.txt")
    let git = try Repository(at: repository.path)
    #expect(try git.commit(peeling: #require(ObjectID(blob))) == nil)
  }

  @Test("an all-zero id is no object")
  func zero() {
    #expect(ObjectID(String(repeating: "0", count: 40)) == nil)
    #expect(ObjectID("abc") == nil)
  }

  @Test("a branch without a commit is unborn, not unknown")
  func unborn() throws {
    let empty = try TemporaryRepository()
    let git = try Repository(at: empty.path)
    let error = #expect(throws: GitError.self) { try git.head() }
    #expect(error?.kind == .unborn)
    #expect(error?.description == "resolve 'HEAD': the branch has no commit yet")
  }

  @Test("a directory outside any repository is an error that says what was tried")
  func outside() throws {
    let scratch = try ScratchDirectory()
    let error = #expect(throws: GitError.self) { try Repository(at: scratch.path) }
    #expect(error?.kind == .noRepository)
    #expect(error?.operation == "open repository")
  }

  @Test("the merge base and first parents are those that git names")
  func ancestry() throws {
    try repository.git("checkout", "--quiet", "-b", "topic", first)
    let topic = try repository.commit("topic")
    let git = try Repository(at: repository.path)
    let ids = try (#require(ObjectID(topic)), #require(ObjectID(second)))
    #expect(try git.mergeBase(ids.0, ids.1)?.id.description == first)
    #expect(try git.firstParent(of: ids.0)?.id.description == first)
    #expect(try git.firstParent(of: #require(ObjectID(first))) == nil)
  }

  @Test("histories that do not meet have no merge base")
  func unrelated() throws {
    try repository.git("checkout", "--quiet", "--orphan", "other")
    let other = try repository.commit("other")
    let git = try Repository(at: repository.path)
    #expect(try git.mergeBase(#require(ObjectID(other)), #require(ObjectID(second))) == nil)
  }

  @Test("histories with a commit missing on the way are damage, not histories that do not meet")
  func damagedAncestry() throws {
    let third = try repository.commit("third")
    try repository.git("checkout", "--quiet", "-b", "topic", first)
    let topic = try repository.commit("topic")
    try FileManager.default.removeItem(
      atPath: "\(repository.path)/.git/objects/\(second.prefix(2))/\(second.dropFirst(2))")
    let git = try Repository(at: repository.path)
    #expect(throws: GitError.self) {
      try git.mergeBase(#require(ObjectID(topic)), #require(ObjectID(third)))
    }
  }

  @Test("the parent beyond the edge of a shallow clone is not found")
  func shallow() throws {
    let clone = try TemporaryRepository(cloning: "file://\(repository.path)", "--depth=1")
    let git = try Repository(at: clone.path)
    #expect(git.isShallow)
    let error = #expect(throws: GitError.self) {
      try git.firstParent(of: try git.head().id)
    }
    #expect(error?.kind == .missing)
  }

  @Test("a merge base at the edge of a shallow clone, or inside it, is the one that git names")
  func shallowMergeBase() throws {
    for number in 3...6 { try repository.commit("\(number)") }
    for depth in [1, 3] {
      let clone = try TemporaryRepository(cloning: "file://\(repository.path)", "--depth=\(depth)")
      let fork = try clone.git("rev-parse", "HEAD~\(depth - 1)")
      try clone.git("checkout", "--quiet", "-b", "topic", fork)
      let topic = try clone.commit("topic")
      let git = try Repository(at: clone.path)
      let base = try git.mergeBase(#require(ObjectID(topic)), git.commit("main").id)
      #expect(try base?.id.description == clone.git("merge-base", "topic", "main"))
      #expect(base?.id.description == fork)
    }
  }

  @Test("a merge base of a criss-cross in a shallow clone is one of git's")
  func shallowCrissCross() throws {
    for name in ["left", "right"] {
      try repository.git("checkout", "--quiet", "-b", name, second)
      try repository.commit(name)
    }
    for (branch, other) in [("left", "right~0"), ("right", "left~1")] {
      try repository.git("checkout", "--quiet", branch)
      try repository.git(
        "merge", "--quiet", "--no-ff", "-s", "ours", "-m", "into \(branch)", other)
    }
    try repository.git("branch", "--quiet", "-D", "main")
    let clone = try TemporaryRepository(
      cloning: "file://\(repository.path)", "--depth=3", "--no-single-branch")
    let git = try Repository(at: clone.path)
    #expect(git.isShallow)
    let ours = try git.mergeBase(
      git.commit("origin/left").id, git.commit("origin/right").id)
    let bases = try clone.git("merge-base", "--all", "origin/left", "origin/right")
      .split(separator: "\n").map(String.init)
    #expect(bases.count == 2)
    #expect(bases.contains(try #require(ours).id.description))
  }

  @Test("a linked work tree is found by its git directory")
  func worktree() throws {
    let scratch = try ScratchDirectory()
    try repository.git("worktree", "add", "--quiet", "--detach", "\(scratch.path)/tree", first)
    let directory = try repository.git(
      "-C", "\(scratch.path)/tree", "rev-parse", "--absolute-git-dir")
    let git = try Repository(at: "\(scratch.path)/tree", gitDirectory: directory)
    #expect(try git.head().id.description == first)
    #expect(git.workTree == "\(scratch.path)/tree")
    #expect(git.commonDirectory == "\(repository.path)/.git")
  }
}
