import Foundation
import TestSupport
import Testing

/// A server that takes numbers badly: `Fixtures/metrics-server.py`.
final class MetricsServer {
  private let process = Process()
  private let input = Pipe()
  private let folder: ScratchDirectory
  let port: Int

  static let isInstalled = CommentServer.isInstalled

  /// - Parameters:
  ///   - mode: What it does with lines, as JSON.
  ///   - folder: That of one that has ended, whose port is taken again.
  init(_ mode: String, in folder: ScratchDirectory? = nil) throws {
    self.folder = try folder ?? ScratchDirectory()
    try self.folder.write("mode.json", mode)
    let script = Programs.packageRoot.appending(
      path: "Tests/CommandsTests/Fixtures/metrics-server.py")
    process.executableURL = URL(filePath: CommentServer.python)
    process.arguments = ["-I", script.path(percentEncoded: false), self.folder.path]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The line that says that it listens.
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// A healthy one on the same port, after this one has ended.
  func successor() throws -> MetricsServer {
    process.waitUntilExit()
    return try MetricsServer("\"keep\"", in: folder)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// What was asked so far, a line each.
  func log() throws -> String { (try? folder.read("log.jsonl")) ?? "" }
}
