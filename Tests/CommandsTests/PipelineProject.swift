import Foundation
import TestSupport

/// A repository on a server, whose suite counts the steps of a program, and this package as pipelines
/// find it: with what they run, but for the parts that take minutes.
struct PipelineProject {
  let hub: ScratchDirectory
  let work: TemporaryRepository
  /// The package, in which `log` says what was set up and installed.
  let package: TemporaryRepository
  let programs = Programs(beside: .module)

  /// With two commits on a branch, of 100 steps each.
  init(trunk: String = "main") throws {
    hub = try .bareRepository()
    work = try TemporaryRepository()
    package = try TemporaryRepository()
    try work.git("checkout", "--quiet", "-b", trunk)
    try work.git("remote", "add", "origin", hub.path)
    try work.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = sh count\nformat = csv\n[measure]\nunfit = ignore\n")
    try count(100)
    try count(100)
    try work.git("push", "--quiet", "origin", trunk)
    try copyPackage()
  }

  /// Commits a program that takes so many steps, and keeps its environment where `SEEN` says.
  @discardableResult
  func count(_ steps: Int) throws -> String {
    try work.commit(
      "\(steps) steps", file: "count",
      text: """
        printf 'benchmark,metric,unit,value,exact\\nparse,steps,1,\(steps),true\\n'
        [ -z "${SEEN-}" ] || env >"$SEEN"

        """)
  }

  /// A pull request with so many steps, as the server has it.
  ///
  /// - Returns: Its head.
  func propose(steps: Int, from branch: String = "topic") throws -> String {
    let trunk = try work.git("rev-parse", "HEAD")
    try work.git("checkout", "--quiet", "-b", branch)
    try work.directory.write("other", "makes a commit of it, whatever the steps")
    let head = try count(steps)
    try work.git("push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    try work.git("push", "--quiet", "origin", "HEAD:refs/merge-requests/7/head")
    try work.git("checkout", "--quiet", "--detach", trunk)
    try work.git("merge", "--quiet", "--no-ff", "--message", "Merge \(head) into \(trunk)", head)
    try work.git("push", "--quiet", "origin", "HEAD:refs/pull/7/merge")
    return head
  }

  /// Where the server keeps what its merge queue is about to merge.
  static let queue = "refs/heads/gh-readonly-queue/main/pr-7"

  /// A pull request with a commit for each of these steps, as the queue would merge it or rebase it.
  ///
  /// - Returns: What it starts from, and what becomes of it.
  func enqueue(steps: [Int], merges: Bool = true) throws -> (base: String, head: String) {
    let base = try work.git("rev-parse", "HEAD")
    try work.git("checkout", "--quiet", "--detach")
    try work.directory.write("other", "makes a commit of it, whatever the steps")
    for steps in steps { try count(steps) }
    if merges {
      let tip = try work.git("rev-parse", "HEAD")
      try work.git("checkout", "--quiet", "--detach", base)
      try work.git("merge", "--quiet", "--no-ff", "--message", "Merge pull request #7", tip)
    }
    try work.git("push", "--quiet", "origin", "HEAD:\(Self.queue)")
    return (base, try work.git("rev-parse", "HEAD"))
  }

  private func copyPackage() throws {
    let folder = package.directory
    let ci = Programs.packageRoot.appending(path: "ci")
    for name in ["pipeline", "github", "build", "programs"] {
      let copy = folder.url.appending(path: "ci/\(name)")
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "ci"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: ci.appending(path: name), to: copy)
    }
    try folder.write("Package.swift", "")
    try folder.write("Sources/main.swift", "")
    try script("ci/setup", "echo setup \"$@\" >>'\(folder.path)/log'")
    try script(
      "ci/install",
      """
      echo install >>'\(folder.path)/log'
      mkdir -p "$1/bin"
      ln -sf '\(programs.directory.path(percentEncoded: false))'perf-* "$1/bin/"
      """)
    try package.git("add", "--all")
    try package.git("commit", "--quiet", "--message", "all")
  }

  private func script(_ name: String, _ text: String) throws {
    try package.directory.writeExecutable(name, "#!/bin/sh\nset -eu\n\(text)\n")
  }

  var log: [String] {
    ((try? package.directory.read("log")) ?? "").split(separator: "\n").map(String.init)
  }

  /// Nothing of the pipeline that the tests may run in, and no programs in PATH.
  static var environment: [String: String] {
    Subprocess.cleanEnvironment.filter { variable in
      !["GITHUB_", "GITLAB_", "GITEA_", "FORGEJO_", "CI_", "RUNNER_", "PERF_"]
        .contains { variable.key.hasPrefix($0) }
    }
  }

  func pipeline(_ arguments: String..., with more: [String: String] = [:]) throws -> Subprocess {
    try pipeline(arguments, with: more)
  }

  func pipeline(_ arguments: [String], with more: [String: String] = [:]) throws -> Subprocess {
    try Subprocess.run(
      "\(package.path)/ci/pipeline", arguments, in: work.url,
      environment: Self.environment.merging(["PATH": programs.environment["PATH"] ?? ""]) { $1 }
        .merging(more) { $1 })
  }
}

/// A file that tells a service what to run.
enum PipelineFile {
  /// - Parameter path: From the top of this package. Every scalar in it is a text.
  static func read<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    let text = try String(
      contentsOf: Programs.packageRoot.appending(path: path), encoding: .utf8)
    let json = try Python.run(
      "import json, sys, yaml\nprint(json.dumps(yaml.load(sys.stdin, yaml.BaseLoader)))",
      input: text)
    return try JSONDecoder().decode(type, from: Data(json.out.utf8))
  }

  static let canRead = Python.has("yaml")
  static let absence = Python.absence(of: "yaml", package: "python3-yaml")
}
