import Foundation
import TestSupport
import Testing

/// Where a push is started from.
@Suite struct PrePushPlaces {
  let here: PushProject
  init() throws { here = try PushProject() }

  private func expectRefusal(_ push: Subprocess, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    #expect(push.status == 1, sourceLocation: sourceLocation)
    #expect(
      push.said == ["perf-gate: topic: regression: 1 regression"] + refused("regression"),
      sourceLocation: sourceLocation)
    #expect(try here.remoteHas("topic") == nil, sourceLocation: sourceLocation)
  }

  @Test("a subdirectory")
  func subdirectory() throws {
    let directory = try here.repository.directory.write("a/b/file", "").deletingLastPathComponent()
    try here.branch("topic", milliseconds: 150)
    try expectRefusal(here.call(["git", "push", "origin", "topic"], in: directory))
  }

  @Test("outside, with git -C or --git-dir")
  func outside() throws {
    try here.branch("topic", milliseconds: 150)
    let elsewhere = try ScratchDirectory()
    let path = here.repository.path
    try expectRefusal(
      here.call(["git", "-C", path, "push", "origin", "topic"], in: elsewhere.url))
    try expectRefusal(
      here.call(
        ["git", "--git-dir", "\(path)/.git", "push", "origin", "topic"], in: elsewhere.url))
  }

  @Test("a linked work tree, with GIT_DIR and without")
  func linkedWorkTree() throws {
    let tree = try ScratchDirectory()
    try here.git("worktree", "add", "--quiet", "-b", "topic", "\(tree.path)/a tree")
    let directory = tree.url.appending(path: "a tree")
    try tree.write("a tree/file.txt", "slow")
    _ = try here.call(["git", "commit", "--quiet", "-am", "slow"], in: directory)
    let input = try Project.hyperfine(["parse": Project.times(150)])
    let record = try here.call(
      ["perf-record", "--quiet", "--import", "-"], in: directory, input: input)
    #expect(record.status == 0)
    try expectRefusal(here.call(["git", "push", "origin", "topic"], in: directory))
    let gitDirectory = try here.call(["git", "rev-parse", "--git-dir"], in: directory).out
    try expectRefusal(
      here.call(
        ["git", "push", "origin", "topic"], in: directory,
        environment: ["GIT_DIR": gitDirectory.trimmingCharacters(in: .newlines)]))
  }

  @Test("a relative GIT_DIR with GIT_WORK_TREE")
  func relativeGitDirectory() throws {
    try here.branch("topic", milliseconds: 150)
    let directory = try here.repository.directory.write("a/file", "").deletingLastPathComponent()
    try expectRefusal(
      here.call(
        ["git", "push", "origin", "topic"], in: directory,
        environment: ["GIT_DIR": "../.git", "GIT_WORK_TREE": ".."]))
  }

  @Test("a bare repository")
  func bare() throws {
    try here.branch("topic", milliseconds: 150)
    let bare = try ScratchDirectory()
    for words in [
      ["git", "clone", "--quiet", "--mirror", here.repository.path, "."],
      ["git", "remote", "add", "there", here.remote.path], [PushProject.installer],
    ] {
      #expect(try here.call(words, in: bare.url).status == 0)
    }
    try expectRefusal(here.call(["git", "push", "there", "topic"], in: bare.url))
  }
}

@Suite struct PrePushFromShallowClone {
  /// A clone of one commit, with the notes.
  private func shallow(_ here: PushProject) throws -> PushProject {
    try here.git("push", "--quiet", "--no-verify", "origin", "main", "refs/notes/perf")
    let clone = try TemporaryRepository(cloning: "file://\(here.remote.path)", "--depth=1")
    try clone.git("fetch", "--quiet", "--depth=1", "origin", "refs/notes/perf:refs/notes/perf")
    return try PushProject(clone, remote: here.remote)
  }

  @Test("is judged where the commit that it ends at has a result")
  func hasBaseline() throws {
    let clone = try shallow(PushProject())
    try clone.branch("topic", milliseconds: 150)
    let push = try clone.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: topic: regression: 1 regression"] + refused("regression"))
  }

  @Test("is refused where history ends before a baseline, with how to deepen it")
  func endsBefore() throws {
    let here = try PushProject()
    let tip = try here.commit("without a result", milliseconds: nil)
    let clone = try shallow(here)
    try clone.branch("topic", milliseconds: 100)
    let push = try clone.push("origin", "topic")
    #expect(push.status == 1)
    #expect(
      push.said == [
        "error: this clone is shallow and ends at \(tip.prefix(10)), before any baseline",
        "hint: deepen it with `git fetch --deepen=50`, or `git fetch --unshallow`",
        "perf-gate: topic: git, storage or network failure",
      ] + refused("git, storage or network failure"))
    try clone.git("fetch", "--quiet", "--deepen=50")
    #expect(
      try clone.push("origin", "topic").said == ["perf-gate: topic: no regression: 1 unchanged"])
  }
}
