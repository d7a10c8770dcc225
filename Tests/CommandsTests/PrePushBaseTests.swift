import Foundation
import TestSupport
import Testing

/// What a push is compared with.
@Suite struct PrePushBase {
  @Test("several commits on main are compared with what the remote has, not with each other")
  func main() throws {
    let here = try PushProject()
    try here.commit("slow", milliseconds: 150)
    let id = try here.commit("as slow", milliseconds: 150)
    let push = try here.push("origin", "main")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: main: regression: 1 regression"] + refused("regression"))
    try expectGolden(push)
    #expect(try here.remoteHas("main") != id)
  }

  @Test("HEAD:main from elsewhere is a push to main", arguments: ["HEAD", "HEAD~0", "topic"])
  func headToMain(source: String) throws {
    let here = try PushProject()
    try here.branch("topic", milliseconds: 150)
    try here.commit("more", milliseconds: 150)
    let push = try here.push("origin", "\(source):refs/heads/main")
    #expect(push.status == 1)
    #expect(push.said.dropFirst() == refused("regression")[...])
    #expect(push.err.contains("merge-base with origin/main"))
  }

  @Test("the first push of main has nothing to compare with, and says so kindly")
  func firstPush() throws {
    let here = try PushProject(pushed: false)
    let push = try here.push("origin", "main")
    #expect(push.status == 0)
    #expect(
      push.said == [
        "perf-gate: no baseline yet: main has no number of this machine. "
          + "The first recording of main becomes it; nothing was judged",
        "perf-gate: main: no baseline yet: 1 new",
      ])
  }

  @Test("the first push of a longer main is compared with the commit before")
  func firstPushOfMore() throws {
    let here = try PushProject(pushed: false)
    try here.commit("slow", milliseconds: 150)
    let push = try here.push("origin", "main")
    #expect(push.status == 1)
    try expectGolden(push)
  }

  @Test("main can be set back on the remote")
  func rewind() throws {
    let here = try PushProject()
    try here.commit("fast", milliseconds: 50)
    #expect(try here.push("origin", "main").status == 0)
    let push = try here.push("--force", "origin", "main~1:main")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: main: not judged again: origin/main has it already"])
  }

  @Test("a rewritten branch is compared with where it left main")
  func forcePush() throws {
    let here = try PushProject()
    try here.branch("topic", milliseconds: 100)
    #expect(try here.push("origin", "topic").status == 0)
    try here.git("commit", "--quiet", "--amend", "--message", "other")
    try here.repository.directory.write("file.txt", "other")
    try here.git("commit", "--quiet", "--all", "--amend", "--message", "other")
    try here.project.record(milliseconds: 150)
    let push = try here.push("--force", "origin", "topic")
    #expect(push.status == 1)
    try expectGolden(push)
  }

  @Test("a branch on a branch carries what that one costs")
  func stacked() throws {
    let here = try PushProject()
    try here.branch("lower", milliseconds: 150)
    try here.branch("upper", from: "lower", milliseconds: 150)
    #expect(try here.push("origin", "upper").status == 1)
    try here.git("config", "perf.gate.base", "lower")
    #expect(try here.push("origin", "upper").status == 0)
  }

  @Test("commits on a local main that the remote has not seen do not hide in a new branch")
  func unpushedMain() throws {
    let here = try PushProject()
    try here.commit("slow", milliseconds: 150)
    try here.commit("as slow", milliseconds: 150)
    let push = try here.push("origin", "HEAD:feature")
    #expect(push.status == 1)
    try expectGolden(push)
  }

  @Test("what the base branch has already is not judged again for another branch")
  func release() throws {
    let here = try PushProject()
    #expect(try here.push("origin", "main:release").status == 0)
    try here.commit("slow", milliseconds: 150)
    #expect(try here.push("origin", "main", environment: ["PERF_GATE": "off"]).status == 0)
    try here.commit("as slow", milliseconds: 150)
    #expect(try here.push("origin", "main").status == 0)
    let push = try here.push("origin", "main:release")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: main: not judged again: origin/main has it already"])
  }

  @Test("a base that is named counts as the remote has it", arguments: ["main", "origin/main"])
  func namedBase(name: String) throws {
    let here = try PushProject()
    try here.git("config", "-f", ".perfconfig", "gate.base", name)
    try here.commit("slow", milliseconds: 150)
    try here.branch("topic", milliseconds: 150)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.err.contains("merge-base with origin/main"))
    #expect(try here.push("origin", "main").said.last == "perf-gate: push refused: regression")
  }

  @Test("a base that does not exist refuses and is named")
  func noSuchBase() throws {
    let here = try PushProject()
    try here.git("config", "perf.gate.base", "mian")
    try here.branch("topic", milliseconds: 100)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(
      push.said == [
        "error: base branch 'mian' does not exist",
        "hint: fetch it, or name another with `git config perf.gate.base <branch>`",
        "perf-gate: topic: usage or configuration error",
      ] + refused("usage or configuration error"))
  }

  @Test("a remote of another name has its own main")
  func otherName() throws {
    let here = try PushProject(remoteName: "upstream")
    try here.commit("slow", milliseconds: 150)
    try here.commit("as slow", milliseconds: 150)
    let push = try here.push("upstream", "main")
    #expect(push.status == 1)
    try expectGolden(push)
  }

  @Test("a fork that is out of date does not blame a branch for what origin has")
  func staleFork() throws {
    let here = try PushProject()
    let fork = try ScratchDirectory()
    _ = try here.call(["git", "init", "--quiet", "--bare", fork.path])
    try here.git("remote", "add", "fork", fork.path)
    try here.git("push", "--quiet", "--no-verify", "fork", "main")
    try here.commit("slow", milliseconds: 150)
    #expect(try here.push("origin", "main", environment: ["PERF_GATE": "off"]).status == 0)
    try here.branch("topic", milliseconds: 150)
    let push = try here.push("fork", "topic")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: topic: no regression: 1 unchanged"])
  }
}

/// Remotes that have no name, only a URL or a path.
@Suite struct PrePushURL {
  let here: PushProject
  init() throws { here = try PushProject(remoteName: "unused") }

  @Test("main is compared with what is there, and a password stays secret")
  func main() throws {
    try here.git("remote", "remove", "unused")
    try here.commit("slow", milliseconds: 150)
    try here.commit("as slow", milliseconds: 150)
    let push = try here.push("file://me:secret@\(here.remote.path)", "main")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: main: regression: 1 regression"] + refused("regression"))
    try expectGolden(push, part: "without-name")
  }

  @Test("a branch is compared with the local main")
  func branch() throws {
    try here.git("remote", "remove", "unused")
    try here.branch("topic", milliseconds: 150)
    let push = try here.push(here.remote.path, "topic")
    #expect(push.status == 1)
    try expectGolden(push)
  }

  @Test("without any base branch a push that has numbers is refused with what to set")
  func noBase() throws {
    try here.git("remote", "remove", "unused")
    try here.git("branch", "--move", "main", "work")
    let push = try here.push("file://me:secret@\(here.remote.path)", "work")
    #expect(push.status == 1)
    #expect(
      push.said == [
        "error: no base branch: no remote says which, and there is neither main nor master",
        "hint: name it with `--base <branch>`, or for good with `git config perf.gate.base "
          + "<branch>`",
        "perf-gate: work: usage or configuration error",
      ] + refused("usage or configuration error"))
    #expect(!push.err.contains("secret"))
  }
}
