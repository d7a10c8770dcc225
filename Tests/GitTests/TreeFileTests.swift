import Foundation
import Git
import TestSupport
import Testing

@Suite("A file of a tree is found without a work tree")
struct TreeFileTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/\(name)", withDestinationPath: target)
  }

  private func find(_ path: String = "conf") throws -> (Repository, TreeFile) {
    try repository.commit("all")
    let here = try Repository(at: repository.path)
    return (here, try here.file(path, inTree: here.commit("HEAD").tree))
  }

  private func text(_ found: (Repository, TreeFile)) throws -> String? {
    guard case .file(let id) = found.1 else { return nil }
    return String(decoding: try found.0.text(ofBlob: id), as: UTF8.self)
  }

  @Test("a regular one, executable or not")
  func regular() throws {
    try repository.directory.write("conf", "a")
    #expect(try text(find()) == "a")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(repository.path)/conf")
    #expect(try text(find()) == "a")
  }

  @Test("links are followed inside the tree, through folders and other links")
  func links() throws {
    try repository.directory.write("deep/down/real", "b")
    try link("deep/side", to: "../deep/down")
    try link("deep/link", to: "./side/real")
    try link("conf", to: "deep/link")
    #expect(try text(find()) == "b")
  }

  @Test(
    "what leads out, to nothing, round and round, or to a directory is none",
    arguments: [
      ("/etc/passwd", "outside"), ("../conf", "outside"), ("nothing", "nothing"),
      ("conf", "itself"), ("folder", "directory"), ("file.txt/x", "nothing"),
    ])
  func unusable(target: String, why: String) throws {
    try repository.directory.write("folder/x", "x")
    try link("conf", to: target)
    guard case .unusable(let reason) = try find().1 else {
      Issue.record("taken for a file")
      return
    }
    #expect(reason.contains(why))
  }

  @Test("one that is not there is absent")
  func absent() throws { #expect(try find("none").1 == .absent) }
}
