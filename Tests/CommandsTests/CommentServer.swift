import Foundation
import TestSupport
import Testing

/// A server of comments on a free port of this machine, see `Fixtures/comment-server.py`.
final class CommentServer {
  private let process = Process()
  private let input = Pipe()
  private let folder: ScratchDirectory
  let port: Int

  static let python = "/usr/bin/python3"
  static let isInstalled = FileManager.default.isExecutableFile(atPath: python)

  init() throws {
    folder = try ScratchDirectory()
    let script = Programs.packageRoot.appending(
      path: "Tests/CommandsTests/Fixtures/comment-server.py")
    process.executableURL = URL(filePath: Self.python)
    process.arguments = ["-I", script.path(percentEncoded: false), folder.path]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The line that says that it listens.
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  var api: String { "http://127.0.0.1:\(port)" }

  struct Entry: Decodable {
    struct Body: Decodable { let body: String }

    let method: String
    let path: String
    let authorization: String?
    let body: Body?
  }

  struct Comment: Codable, Equatable {
    var id: Int
    var body: String?
    /// nil for the one whose token it is.
    var user: User?

    struct User: Codable, Equatable {
      let id: Int
      let type: String
    }
  }

  /// What was asked so far.
  func log() throws -> [Entry] {
    guard let text = try? folder.read("log.jsonl") else { return [] }
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(Entry.self, from: Data($0.utf8))
    }
  }

  /// Of what was asked about comments and lists of pull requests.
  func methods() throws -> [String] {
    try log().filter { !$0.path.contains(#/^/user$|/(pulls|merge_requests)/[0-9]+$/#) }
      .map(\.method)
  }

  /// What is said of the one pull request that is asked for: JSON.
  func describe(_ pullRequest: String) throws { try folder.write("pull.json", pullRequest) }

  func comments(at path: String) throws -> [Comment] {
    guard let text = try? folder.read("comments.json") else { return [] }
    let all = try JSONDecoder().decode([String: [Comment]].self, from: Data(text.utf8))
    return all[path] ?? []
  }

  func put(_ comments: [Comment], at path: String) throws {
    let data = try JSONEncoder().encode([path: comments])
    try folder.write("comments.json", String(decoding: data, as: UTF8.self))
  }

  /// All open pull requests of every repository.
  func open(_ pulls: [Pull]) throws {
    try folder.write("pulls.json", "[\(pulls.map(\.json).joined(separator: ","))]")
  }

  struct Pull {
    let number: Int
    /// nil for a repository that is no more.
    let repository: String?
    let branch: String
    let commit: String

    fileprivate var json: String {
      let repository = repository.map { #"{"full_name": "\#($0)"}"# } ?? "null"
      return #"{"id": \#(number + 9000), "number": \#(number), "head": "#
        + #"{"ref": "\#(branch)", "sha": "\#(commit)", "repo": \#(repository)}}"#
    }
  }

  /// What it does instead of answering, for one request after the other: JSON.
  func plan(_ steps: String) throws { try folder.write("plan.json", "[\(steps)]") }

  func behave(like kind: String) throws { try folder.write("kind.json", "\"\(kind)\"") }
}
