import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Merges lead to the first parent, and to one merge-base")
struct MergeTests {
  let project: Project

  init() throws { project = try Project() }

  private func merge(_ branch: String) throws {
    try project.repository.git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", "merge", branch)
  }

  /// A branch with one commit, measured last of all.
  private func side() throws -> Commit {
    try project.switchTo("side", from: "main")
    let side = try project.commit("side")
    try project.record(side, value: 9, hour: 9)
    try project.switchTo("main")
    return side
  }

  @Test("a measured commit that was merged in from a branch is not on the walk")
  func firstParentOnly() throws {
    let main = try project.line(2)
    try project.record(main[0])
    let side = try side()
    try project.commit("main 3")
    try merge("side")
    try project.record(project.commit("after the merge"))
    let found = try project.found()
    #expect(found.commit == main[0])
    #expect(found.distance == 4)
    #expect(!found.skipped.map(\.commit).contains(side.id))
  }

  @Test("a merge commit on main is compared with what main was before")
  func mergeCommit() throws {
    let main = try project.line(2)
    try project.record(main[1])
    _ = try side()
    try project.repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "side")
    let found = try project.found()
    #expect(found.new == [9])
    #expect(found.commit == main[1])
    #expect(found.distance == 1)
  }

  @Test("after main was merged into a branch the merge-base is what was merged")
  func updatedBranch() throws {
    let main = try project.line(1)
    try project.record(main[0])
    try project.topic()
    try project.switchTo("main")
    let later = try project.commit("later")
    try project.record(later, hour: 3)
    try project.switchTo("topic")
    try merge("main")
    try project.record(project.commit("after the merge"), hour: 5)
    #expect(try project.found().commit == later)
  }

  @Test("of the merge-bases of a criss-cross merge always the same is taken")
  func crissCross() throws {
    _ = try project.line(1)
    try project.switchTo("topic", from: "main")
    let left = try project.commit("left", text: "left")
    try project.switchTo("main")
    let right = try project.commit("right", text: "right")
    try merge(left.id.description)
    try project.switchTo("topic")
    try merge(right.id.description)
    try project.record(project.commit("topic"))
    for commit in [left, right] { try project.record(commit, hour: 2) }
    let bases = try project.repository.git("merge-base", "--all", "main", "topic")
      .split(separator: "\n").map(String.init)
    #expect(bases.count == 2)
    let first = try #require(try project.found().commit)
    #expect(bases.contains(first.id.description))
    for _ in 1...3 { #expect(try project.found().commit == first) }
  }
}
