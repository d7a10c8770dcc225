import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A commit borrows the numbers of those before it that differ in nothing that is measured")
struct LentTests {
  let project: Project
  let root: Commit

  /// Only changes of text in `docs/` are without effect.
  static var rules: ContentRules {
    ContentRules(
      isIrrelevant: { path, _ in path.hasPrefix("docs/") }, measureAlike: { _, _, _ in true })
  }

  init() throws {
    project = try Project()
    root = try project.commit("root")
    try project.record(root, value: 1)
  }

  @discardableResult
  private func document(_ text: String) throws -> Commit {
    try project.commit(at: project.repository.commit(text, file: "docs/a.md", text: text))
  }

  private func recordings(_ revision: String = "HEAD") throws -> Recordings {
    var search = try project.search(rules: Self.rules)
    return try search.recordings(of: project.commit(at: revision))
  }

  private func found(base: String = "main") throws -> Found {
    try project.found(base: base, rules: Self.rules)
  }

  @Test("through any number of such commits, and the lender is named")
  func borrows() throws {
    try document("one")
    try document("two")
    let found = try recordings()
    #expect(found.parts.flatMap(\.pool.runs).map(\.run.firstValue) == [1])
    #expect(found.lenders == [root])
  }

  @Test("together with its own numbers")
  func together() throws {
    try project.record(document("one"), value: 2, hour: 1)
    #expect(try recordings().parts.flatMap(\.pool.runs).map(\.run.firstValue) == [2, 1])
  }

  @Test("a change of anything else ends it")
  func ends() throws {
    try project.commit("code")
    try document("one")
    #expect(try recordings().parts.isEmpty)
  }

  @Test(
    "whatever is no change of a file's text matters: modes, links, submodules",
    arguments: ["mode", "link", "link removed", "submodule"])
  func kinds(_ kind: String) throws {
    let folder = project.repository.directory
    try folder.write("docs/run", "text")
    if kind == "link removed" {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/docs/link", withDestinationPath: "run")
    }
    try project.record(project.commit("before"), value: 3)
    switch kind {
    case "mode":
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/docs/run")
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/docs/link", withDestinationPath: "run")
    case "link removed":
      try FileManager.default.removeItem(atPath: "\(folder.path)/docs/link")
    default:
      try project.repository.git(
        "update-index", "--add", "--cacheinfo", "160000,\(root.id),docs/module")
    }
    if kind != "submodule" { try project.repository.git("add", "--all") }
    try project.repository.git("commit", "--quiet", "-m", kind)
    #expect(try recordings().parts.isEmpty)
  }

  @Test("the same content as the merge-base, in what matters, is unchanged by definition")
  func same() throws {
    try project.switchTo("topic", from: "main")
    try document("one")
    let found = try found()
    #expect(found.row?.isSame == true)
    #expect(found.result.rows.count == 1)
  }

  @Test("a mark on the lender holds for what it lends: the merge-base's regression is inherited")
  func markedLender() throws {
    let slow = try project.commit("slow")
    try project.record(slow, value: 9)
    try project.mark(slow, against: root)
    try document("on main")
    try project.switchTo("topic", from: "main")
    try document("on topic")
    let found = try found()
    #expect(found.row?.isSame == false)
    #expect(found.commit == root)
    #expect(found.row?.marked == slow)
    #expect(found.new == [9])
  }

  @Test("nothing was unmeasured between the baseline and a merge-base that borrows from it")
  func baseline() throws {
    try document("one")
    try project.switchTo("topic", from: "main")
    try project.record(project.commit("code"), value: 2)
    let found = try found()
    #expect(found.commit == root)
    #expect(found.distance == 1)
    #expect(found.row?.unmeasured == [])
  }

  @Test("what cannot be read at a lender may be the candidate's number, too")
  func unreadable() throws {
    try project.overwrite(root.id, "by hand")
    try document("one")
    #expect(try recordings().unreadable.map(\.number) == [1])
    try project.commit("code")
    #expect(try recordings().unreadable.isEmpty)
  }

  @Test("newest first, whoever they were recorded for")
  func order() throws {
    try project.record(document("one"), value: 2, hour: 1)
    try project.record(root, value: 3, hour: 2)
    #expect(try recordings().parts.flatMap(\.pool.runs).map(\.run.firstValue) == [3, 2, 1])
  }

  @Test("where a shallow clone ends before a lender, that is said")
  func cut() throws {
    try document("one")
    let clone = try Project(cloning: project, depth: 1)
    var search = try clone.search(rules: Self.rules)
    let head = try clone.commit(at: "HEAD")
    let found = try search.recordings(of: head)
    #expect(found.parts.isEmpty)
    #expect(found.cut == head.id)
    #expect(try recordings().cut == nil)
  }
}
