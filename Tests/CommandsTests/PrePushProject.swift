import Foundation
import TestSupport

/// A project whose pushes are judged: a bare remote, and the hook that ci/install-hook puts there.
///
/// main has one commit at 100 ms, and the remote has it too.
struct PushProject {
  let project: Project
  let remote: ScratchDirectory

  /// - Parameters:
  ///   - remoteName: What the remote is called here.
  ///   - pushed: Whether main is on the remote already.
  ///   - milliseconds: What is recorded on main; nil for nothing.
  init(
    remoteName: String = "origin", pushed: Bool = true, milliseconds: Double? = 100
  ) throws {
    project = try Project()
    remote = try ScratchDirectory()
    try run("git", "init", "--quiet", "--bare", "--initial-branch=main", remote.path)
    try run("git", "remote", "add", remoteName, remote.path)
    if let milliseconds { try project.record(milliseconds: milliseconds) }
    if pushed { try run("git", "push", "--quiet", remoteName, "main") }
    try run(Self.installer)
  }

  /// On a repository that is there, such as a clone or another work tree.
  init(_ repository: TemporaryRepository, remote: ScratchDirectory) throws {
    self.project = Project(repository)
    self.remote = remote
    try run(Self.installer)
  }

  static var installer: String {
    Programs.packageRoot.appending(path: "ci/install-hook").path(percentEncoded: false)
  }

  var repository: TemporaryRepository { project.repository }

  @discardableResult
  func git(_ arguments: String...) throws -> String { try repository.git(arguments) }

  /// Runs what has to succeed, with the programs in PATH.
  private func run(_ words: String...) throws {
    let result = try call(words)
    guard result.status == 0 else { throw Project.Failed(result: result) }
  }

  /// Runs a command with the programs of this package first in PATH.
  func call(
    _ words: [String], in directory: URL? = nil, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Subprocess {
    try Subprocess.run(
      "/usr/bin/env", words, in: directory ?? repository.url,
      environment: project.programs.environment.merging(environment) { $1 }, input: input)
  }

  func push(_ arguments: String..., environment: [String: String] = [:]) throws -> Subprocess {
    try call(["git", "push"] + arguments, environment: environment)
  }

  /// Commits on the branch that is checked out, and stores what that takes.
  @discardableResult
  func commit(_ message: String, milliseconds: Double?) throws -> String {
    let id = try repository.commit(message)
    if let milliseconds { try project.record(milliseconds: milliseconds) }
    return id
  }

  /// Starts a branch with one commit.
  @discardableResult
  func branch(_ name: String, from start: String = "main", milliseconds: Double?) throws -> String {
    try git("checkout", "--quiet", "-b", name, start)
    return try commit(name, milliseconds: milliseconds)
  }

  /// The id that the remote has under a name; nil for none.
  func remoteHas(_ reference: String) throws -> String? {
    let result = try call(["git", "rev-parse", "--verify", "--quiet", reference], in: remote.url)
    return result.status == 0 ? result.out.trimmingCharacters(in: .newlines) : nil
  }
}

extension Subprocess {
  /// The lines that our programs say, without tables and without git's own.
  var said: [String] {
    err.split(separator: "\n").map(String.init).filter { line in
      ["perf-gate: ", "error: ", "warning: ", "hint: "].contains(where: line.hasPrefix)
        && !line.hasPrefix("error: failed to push")
    }
  }

  /// Whether a table with a row of this mark and benchmark is shown.
  func shows(_ row: String) -> Bool { err.contains("\n\(row) ") }
}

/// The last two lines of a push that is refused.
func refused(_ words: String) -> [String] {
  ["hint: `PERF_GATE=off git push` pushes all the same", "perf-gate: push refused: \(words)"]
}
