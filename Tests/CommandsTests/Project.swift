import Foundation
import Synchronization
import TestSupport
import Testing

/// A repository with the programs of this package at hand, and numbers that are known.
struct Project {
  let repository: TemporaryRepository
  let programs = Programs(beside: .module)

  /// With a first commit on main.
  init() throws {
    repository = try TemporaryRepository()
    try repository.commit("first")
  }

  init(_ repository: TemporaryRepository) { self.repository = repository }

  /// With a first commit on main, which a new remote, `origin`, has too.
  static func pushed(to hub: ScratchDirectory) throws -> Project {
    let project = try Project()
    try project.repository.git("remote", "add", "origin", hub.path)
    try project.repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    return project
  }

  /// With main of a remote, `origin`, checked out.
  ///
  /// - Parameter options: Of `git fetch`.
  static func clone(of hub: ScratchDirectory, _ options: [String] = []) throws -> Project {
    let repository = try TemporaryRepository()
    try repository.git("remote", "add", "origin", "file://\(hub.path)")
    try repository.git(["fetch", "--quiet"] + options + ["origin", "main"])
    try repository.git("checkout", "--quiet", "-B", "main", "FETCH_HEAD")
    return Project(repository)
  }

  @discardableResult
  func run(
    _ program: String, _ arguments: String..., environment: [String: String] = [:],
    input: String = ""
  ) throws -> Subprocess {
    try run(program, arguments, environment: environment, input: input)
  }

  @discardableResult
  func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String = ""
  ) throws -> Subprocess {
    let result = try programs.run(
      program, arguments, in: repository.url, environment: environment, input: input)
    #expect(HintOptions.unknown(in: result.err, of: program).isEmpty, "\(result.err)")
    return result
  }

  /// Starts a line of shell with the programs in PATH, for what several do at the same time.
  func start(_ script: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = repository.url
    process.environment = programs.environment
    try process.run()
    return process
  }

  /// Stores ten rounds around a time in milliseconds, for HEAD or another commit.
  ///
  /// The rounds differ by up to ±2 %, so that nothing rests on equal values.
  func record(
    _ name: String = "parse", milliseconds: Double, rounds: Int = 10, _ options: String...
  ) throws {
    let result = try run(
      "perf-record", ["--quiet", "--import", "-"] + options,
      input: Self.hyperfine([name: Self.times(milliseconds, rounds)]))
    guard result.status == 0 else { throw Failed(result: result) }
  }

  /// A branch `topic` with one commit of its own.
  func leaveMain() throws {
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("topic")
  }

  struct Failed: Error, CustomStringConvertible {
    let result: Subprocess
    var description: String { "\(result.status)\n\(result.err)" }
  }

  /// The same but for nanoseconds, as no two measurements give the same times. What a test records does
  /// not depend on the tests beside it.
  private static func unique(_ times: [Double]) -> [Double] {
    let test = Test.current.map { "\($0.id)" } ?? ""
    let number = recordings.withLock { counts in
      counts[test, default: 0] += 1
      return counts[test] ?? 0
    }
    return times.map { $0 + Double(number) * 1e-9 }
  }

  private static let recordings = Mutex<[String: Int]>([:])

  static func times(_ milliseconds: Double, _ rounds: Int = 10) -> [Double] {
    (0..<rounds).map { milliseconds / 1000 * (1 + 0.02 * sin(Double($0) * 2.1)) }
  }

  /// What `hyperfine --export-json` writes, as far as it matters.
  static func hyperfine(_ results: [String: [Double]]) throws -> String {
    let entries = results.sorted { $0.key < $1.key }.map { name, times in
      ["command": name, "times": unique(times), "exit_codes": times.map { _ in 0 }] as [String: Any]
    }
    let data = try JSONSerialization.data(withJSONObject: ["results": entries])
    return String(decoding: data, as: UTF8.self)
  }
}
