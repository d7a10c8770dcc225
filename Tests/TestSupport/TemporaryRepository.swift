package import Foundation

/// A real git repository with one branch, `main`, made and read by the git program.
package final class TemporaryRepository: Sendable {
  package let directory: ScratchDirectory

  package init() throws {
    directory = try ScratchDirectory()
    try git("init", "--quiet", "--initial-branch=main")
    try configure()
  }

  /// A clone of another repository.
  package init(cloning source: String, _ options: String...) throws {
    directory = try ScratchDirectory()
    try git(["clone", "--quiet"] + options + [source, "."])
    try configure()
  }

  private func configure() throws {
    try git("config", "user.name", "Tester")
    try git("config", "user.email", "tester@example.com")
    try git("config", "gc.auto", "0")
  }

  package var path: String { directory.path }
  package var url: URL { directory.url }

  /// Runs git here and returns what it printed, without the newline at its end.
  @discardableResult
  package func git(_ arguments: String...) throws -> String { try git(arguments) }

  @discardableResult
  package func git(_ arguments: [String]) throws -> String {
    let result = try Subprocess.run(
      "/usr/bin/env", ["git"] + arguments, in: url, environment: environment)
    guard result.status == 0 else { throw GitFailure(arguments: arguments, result: result) }
    return result.out.hasSuffix("\n") ? String(result.out.dropLast()) : result.out
  }

  /// Writes a file, commits everything and returns the commit's id.
  @discardableResult
  package func commit(_ message: String, file: String = "file.txt", text: String? = nil) throws
    -> String
  {
    try directory.write(file, text ?? message)
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", message)
    return try git("rev-parse", "HEAD")
  }

  /// The note of an object that holds its runs, as git shows it.
  package func note(_ object: String = "HEAD") throws -> String {
    try git("notes", "--ref=perf", "show", object)
  }

  /// Fixed dates make ids the same in every run.
  private var environment: [String: String] {
    Subprocess.cleanEnvironment.merging([
      "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    ]) { $1 }
  }
}

package struct GitFailure: Error, CustomStringConvertible {
  let arguments: [String]
  let result: Subprocess

  package var description: String {
    "git \(arguments.joined(separator: " ")): \(result.status)\n\(result.err)"
  }
}

extension ScratchDirectory {
  /// What others push to and fetch from: a repository without a work tree, its branch `main`.
  package static func bareRepository() throws -> ScratchDirectory {
    let directory = try ScratchDirectory()
    _ = try Subprocess.run(
      "/usr/bin/env", ["git", "init", "--quiet", "--bare", "--initial-branch=main", "."],
      in: directory.url, environment: Subprocess.cleanEnvironment)
    return directory
  }
}
