import Foundation
import Measurements
import TestSupport
import Testing

@testable import Commands

@Suite("What a pipeline says of the base")
struct PipelineBaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let variables: [String: String]
    let event: String?
    let expected: PipelineBase

    init(
      _ description: String, _ variables: [String: String], event: String? = nil,
      _ change: (inout PipelineBase) -> Void
    ) {
      var base = PipelineBase()
      change(&base)
      (testDescription, self.variables, self.event, expected) = (
        description, variables, event, base
      )
    }
  }

  private static let one = String(repeating: "1a", count: 20)
  private static let two = String(repeating: "2B", count: 20)

  private static let cases = [
    Case("nothing, outside of one", [:]) { _ in },
    Case("of GitHub, for a pull request", ["GITHUB_BASE_REF": "release/1.2", "GITHUB_SHA": one]) {
      ($0.branch, $0.subject) = ("release/1.2", one)
    },
    Case(
      "of GitHub, for a push", ["GITHUB_BASE_REF": ""],
      event: #"{"repository": {"default_branch": "trunk"}}"#
    ) {
      $0.defaultBranch = "trunk"
    },
    Case(
      "of GitHub, for a merge queue", ["GITHUB_SHA": two],
      event: """
        {"merge_group": {"base_sha": "\(one)", "head_sha": "\(two)", "base_ref": "refs/heads/main"}}
        """
    ) { ($0.commit, $0.subject, $0.branch) = (one, two.lowercased(), "main") },
    Case(
      "of GitLab",
      [
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": one,
        "CI_MERGE_REQUEST_PROJECT_URL": "https://a/b", "CI_PROJECT_URL": "https://a/b",
        "CI_DEFAULT_BRANCH": "trunk",
      ]
    ) { ($0.branch, $0.fork, $0.defaultBranch) = ("main", one, "trunk") },
    Case(
      "of GitLab, for a fork",
      [
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_PROJECT_URL": "https://a/b", "CI_PROJECT_URL": "https://c/b",
      ]
    ) { ($0.branch, $0.address) = ("main", "https://a/b.git") },
    Case("of Azure", ["SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"]) { $0.branch = "main" },
    Case(
      "that no repository can have",
      ["GITHUB_BASE_REF": "--upload-pack=x", "CI_DEFAULT_BRANCH": "a:b"],
      event:
        #"{"merge_group": {"base_sha": "HEAD", "head_sha": "0000000000000000000000000000000000000000"}}"#
    ) { _ in },
    Case("in an event of another form", [:], event: #"[{"merge_group": 1}]"#) { _ in },
  ]

  @Test("is taken from its variables and its event", arguments: cases)
  func told(_ example: Case) throws {
    let event = try example.event.map { text in
      var reader = JSONReader(Array(text.utf8))
      return try reader.value()
    }
    #expect(PipelineBase(example.variables, event: event) == example.expected)
  }
}

@Suite("The pipeline's own target is the base")
struct PipelineTargetTests {
  let hub: ScratchDirectory
  let project: Project
  /// Of the topic, and where that left the release branch.
  let head: String
  let left: String

  /// A topic that left `release`, twice as slow as main, and is slower than main only.
  init() throws {
    hub = try .bareRepository()
    let work = try Project()
    let git = work.repository
    try git.git("remote", "add", "origin", hub.path)
    try work.record(milliseconds: 10)
    try git.git("checkout", "--quiet", "-b", "release")
    left = try git.commit("slow", file: "slow")
    try work.record(milliseconds: 20)
    try git.git("checkout", "--quiet", "-b", "topic")
    head = try git.commit("topic", file: "topic")
    try work.record(milliseconds: 20.1)
    try git.git("push", "--quiet", "origin", "--all")
    try git.git("push", "--quiet", "origin", "refs/notes/perf")
    project = try Project.clone(of: hub)
    try project.repository.git("fetch", "--quiet", "origin", "refs/notes/perf:refs/notes/perf")
    try project.repository.git("fetch", "--quiet", "origin", "refs/heads/topic")
    try project.repository.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
  }

  private func gate(_ environment: [String: String], _ arguments: String...) throws -> Subprocess {
    // It knows of no branch but main.
    try project.repository.git("update-ref", "-d", "refs/remotes/origin/release")
    return try project.run("perf-gate", arguments, environment: environment)
  }

  @Test(
    "and is fetched where it is not here",
    arguments: [
      ["GITHUB_BASE_REF": "release"], ["CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "release"],
      ["SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/release"],
    ])
  func fetched(environment: [String: String]) throws {
    #expect(try gate([:]).status == 1)
    let gate = try gate(environment)
    #expect(gate.status == 0, "\(gate.out)\(gate.err)")
    #expect(gate.out.contains("merge-base with release"), "\(gate.out)")
  }

  @Test("but what is typed goes first, and what the project has configured does not")
  func order() throws {
    try project.repository.git("config", "perf.gate.base", "main")
    #expect(try gate(["GITHUB_BASE_REF": "release"]).status == 0)
    #expect(try gate(["GITHUB_BASE_REF": "release"], "--base", "main").status == 1)
  }

  @Test("of a fork it is that of the project that it is for")
  func fork() throws {
    let target = try ScratchDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: "\(target.path)/tool.git", withDestinationPath: hub.path)
    let environment = [
      "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "release", "CI_PROJECT_URL": "file:///nowhere",
      "CI_MERGE_REQUEST_PROJECT_URL": "file://\(target.path)/tool",
    ]
    #expect(try gate(environment).status == 0)
    try FileManager.default.removeItem(atPath: "\(target.path)/tool.git")
    #expect(try gate(environment).status == 5)
    // Where the change left it is enough.
    #expect(
      try gate(environment.merging(["CI_MERGE_REQUEST_DIFF_BASE_SHA": left]) { $1 }).status == 0)
  }

  @Test("one that cannot be had is a failure that says so")
  func absent() throws {
    let gate = try gate(["GITHUB_BASE_REF": "nowhere"])
    #expect(gate.status == 5, "\(gate.out)\(gate.err)")
    #expect(
      gate.err.hasPrefix(
        "error: the branch 'nowhere', which the pipeline compares with, is not here, and cannot be "
          + "fetched\n"), "\(gate.err)")
  }

  @Test("where nothing else is said, the service's default branch is")
  func defaultBranch() throws {
    try project.repository.git("branch", "--delete", "--force", "main")
    try project.repository.git("update-ref", "-d", "refs/remotes/origin/main")
    let gate = try gate(["CI_DEFAULT_BRANCH": "release"])
    #expect(gate.status == 0, "\(gate.out)\(gate.err)")
    try project.repository.git("config", "perf.gate.base", "nowhere")
    #expect(try self.gate(["CI_DEFAULT_BRANCH": "release"]).status == 2)
  }
}
