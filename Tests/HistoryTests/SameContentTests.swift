import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Numbers belong to content: they are found by tree, and never judge themselves unseen")
struct SameContentTests {
  let project: Project
  let root: Commit

  init() throws {
    project = try Project()
    root = try project.commit("root")
  }

  @Test("a squash merge finds the numbers of the branch")
  func squash() throws {
    try project.record(root, value: 1)
    try project.switchTo("topic", from: "main")
    try project.commit("one")
    let id = try project.record(project.commit("two"), value: 2)
    try project.switchTo("main")
    try project.repository.git("merge", "--quiet", "--squash", "topic")
    try project.repository.git("commit", "--quiet", "-m", "squashed")
    let found = try project.found()
    #expect(found.candidate.pool.runs.map(\.id) == [id])
    #expect(found.old == [1])
    #expect(found.row?.isSame == false)
  }

  @Test("a squashed commit serves as baseline with the numbers of its branch")
  func squashedBaseline() throws {
    try project.switchTo("topic", from: "main")
    let id = try project.record(project.commit("one", text: "one"), value: 2)
    try project.switchTo("main")
    try project.repository.git("merge", "--quiet", "--squash", "topic")
    try project.repository.git("commit", "--quiet", "-m", "squashed")
    try project.record(project.commit("next"))
    let found = try project.found()
    #expect(found.baseline?.runs.map(\.id) == [id])
    #expect(found.distance == 1)
  }

  @Test("a rebase and a cherry-pick to the same content find their numbers")
  func rebase() throws {
    let other = try project.commit("other", text: "same")
    try project.switchTo("topic", from: root.id.description)
    let picked = try project.commit("topic", text: "same")
    let id = try project.record(picked)
    try project.repository.git("checkout", "--quiet", "--detach", root.id.description)
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
    try project.repository.git("cherry-pick", picked.id.description)
    for revision in ["HEAD", other.id.description] {
      #expect(try project.part(revision)?.pool.runs.map(\.id) == [id], "\(revision)")
    }
  }

  @Test("runs of another machine in the commit's own note do not hide this machine's by tree")
  func otherMachineOwn() throws {
    let id = try project.record(root, value: 1)
    let again = try emptyCommit()
    try project.record(again, value: 2, hour: 5, machine: .there)
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("topic"))
    let found = try project.found()
    #expect(found.commit == again)
    #expect(found.baseline?.runs.map(\.id) == [id])
  }

  @Test("a revert finds the numbers of the earlier content, and is compared with what it reverts")
  func revert() throws {
    let id = try project.record(root, value: 1)
    try project.record(project.commit("slow"), value: 9)
    try project.repository.git("revert", "--no-edit", "HEAD")
    let found = try project.found()
    #expect(found.candidate.pool.runs.map(\.id) == [id])
    #expect(found.old == [9])
  }

  @Test("a revert of something never measured is the earlier content itself: nothing is new")
  func unmeasuredRevert() throws {
    try project.record(root, value: 1)
    try project.commit("slow")
    try project.repository.git("revert", "--no-edit", "HEAD")
    #expect(try project.found().row?.isSame == true)
  }

  @Test("an empty commit is its parent's content, so that nothing can have changed")
  func emptyCommits() throws {
    try project.record(root, value: 1, session: "s")
    _ = try emptyCommit()
    #expect(try project.found().row?.isSame == true)
    try project.record(project.commit(at: "HEAD"), value: 2, hour: 1)
    let measured = try project.found()
    #expect(measured.row?.isSame == true)
    #expect(Set(measured.new) == [1, 2])
  }

  @Test("so it is where the parent has only the candidate's own numbers, by its tree")
  func borrowingParent() throws {
    try project.record(root, value: 1)
    try project.commit("change")
    try project.record(emptyCommit(), value: 2, session: "s")
    #expect(try project.found().row?.isSame == true)
  }

  private func emptyCommit(_ message: String = "empty") throws -> Commit {
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", message)
    return try project.commit(at: "HEAD")
  }
}
