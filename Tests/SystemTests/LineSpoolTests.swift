import Foundation
import System
import TestSupport
import Testing

@Suite("A file that many processes append lines to")
struct LineSpoolTests {
  let folder: ScratchDirectory
  var path: String { "\(folder.path)/spool" }

  init() throws { folder = try ScratchDirectory() }

  private func append(_ text: String) throws { try LineSpool(path).append(Array(text.utf8)) }

  @Test("has every line as a whole")
  func lines() throws {
    try append("one\n")
    try append("two\n")
    #expect(try folder.read("spool") == "one\ntwo\n")
  }

  @Test("goes on after a line whose writer was killed")
  func torn() throws {
    try append("one\n")
    try append("tor")
    try append("two\n")
    #expect(try folder.read("spool") == "one\ntor\ntwo\n")
  }

  @Test("begins anew after somebody took it away")
  func renamed() throws {
    try append("one\n")
    #expect(try LineSpool(path).rename(to: "\(path)-taken"))
    #expect(try LineSpool("\(path)-taken").isQuiet())
    try append("two\n")
    #expect(try folder.read("spool-taken") == "one\n")
    #expect(try folder.read("spool") == "two\n")
    try FileManager.default.removeItem(atPath: path)
    #expect(try !LineSpool(path).rename(to: "\(path)-other"))
  }

  @Test("is no link, no folder and no device")
  func others() throws {
    try folder.write("target", "")
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "\(folder.path)/target")
    #expect(throws: SystemError.self) { try append("one\n") }
    #expect(try folder.read("target") == "")
    #expect(throws: SystemError.self) { try LineSpool(folder.path).append([10]) }
    #expect(throws: SystemError.self) { try LineSpool("/dev/null").append([10]) }
    #expect(throws: SystemError.noFile) { try LineSpool("\(folder.path)/none/x").append([10]) }
  }

  @Test("loses nothing while it is taken away again and again")
  func crowd() async throws {
    let (writers, each) = (8, 50)
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          for number in 0..<each { try LineSpool(path).append(Array("\(writer) \(number)\n".utf8)) }
        }
      }
      group.addTask {
        for turn in 0..<20 {
          guard try LineSpool(path).rename(to: "\(path)-\(turn)") else { continue }
          #expect(try LineSpool("\(path)-\(turn)").isQuiet())
        }
      }
      try await group.waitForAll()
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let lines = try files.flatMap { try folder.read($0).split(separator: "\n").map(String.init) }
    #expect(lines.count == writers * each)
    #expect(Set(lines).count == writers * each)
  }

  @Test("a file is replaced as a whole")
  func replaced() throws {
    try Platform.replace(path, with: Array("one".utf8))
    try Platform.replace(path, with: Array("two".utf8))
    #expect(try folder.read("spool") == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["spool"])
  }
}
