import Foundation
import Measurements
import TestSupport
import Testing

/// A pull request as pipelines check it out: a detached commit that merges its head into its base, which no
/// branch leads to.
@Suite("Of a pull request's merge commit its head is the candidate")
struct PullRequestTests {
  let project: Project
  let base: String
  let head: String

  /// With a baseline on the base, which moved on after the pull request had left it.
  init() throws {
    project = try Project()
    let git = project.repository
    try project.record(milliseconds: 20)
    try git.git("checkout", "--quiet", "-b", "topic")
    head = try git.commit("topic", file: "topic.txt")
    try git.git("checkout", "--quiet", "main")
    base = try git.commit("main moves on")
    try project.record(milliseconds: 10)
    try merge("Merge \(head) into \(base)")
  }

  private func merge(_ message: String) throws {
    try project.repository.git("checkout", "--quiet", "--detach", base)
    try project.repository.git("merge", "--quiet", "--no-ff", "-m", message, head)
  }

  /// As a pipeline has it that runs for a pull request, whatever is checked out.
  private static let pipeline = ["CHANGE_ID": "7"]

  private func run(_ program: String, _ arguments: String..., input: String = "") throws
    -> Subprocess
  {
    try project.run(program, arguments, environment: Self.pipeline, input: input)
  }

  private func record(milliseconds: Double) throws {
    let told = try run(
      "perf-record", "--quiet", "--import", "-",
      input: Project.hyperfine(["parse": Project.times(milliseconds)]))
    #expect(told.status == 0, "\(told.err)")
  }

  @Test("what is measured belongs to the head, and to the content that was measured")
  func recorded() throws {
    let told = try run(
      "perf-record", "--import", "-", input: Project.hyperfine(["parse": Project.times(10)]))
    #expect(told.status == 0, "\(told.err)")
    try expectGolden(told, naming: ["head": head])
    let tree = try project.repository.git("rev-parse", "HEAD^{tree}")
    for object in [head, "HEAD^{tree}"] {
      let run = try #require(project.repository.runs(object).first)
      #expect(run.commit == head && run.tree == tree)
    }
    #expect(try project.repository.runs("HEAD").isEmpty)
  }

  @Test("it is judged against the base as it was merged, not as it was left")
  func judged() throws {
    try record(milliseconds: 13)
    let gate = try run("perf-gate", "--report", "json")
    #expect(gate.status == 1, "\(gate.err)")
    #expect(gate.out.contains(#""commit": "\#(head)""#), "\(gate.out)")
    #expect(gate.out.contains(#""commit": "\#(base)""#), "\(gate.out)")
    // Wherever the branches are by now.
    try project.repository.git("branch", "--delete", "--force", "main")
    let alone = try run("perf-gate")
    #expect(alone.status == 1, "\(alone.err)")
    #expect(alone.out.contains("the pull request's base"), "\(alone.out)")
  }

  @Test("the head by itself is another content, which was not measured, and that is said")
  func alone() throws {
    try record(milliseconds: 10)
    try project.repository.git("checkout", "--quiet", "topic")
    let gate = try run("perf-gate")
    #expect(gate.status == 4, "\(gate.out)\(gate.err)")
    try expectGolden(gate)
  }

  @Test("a file of what was measured there is judged as the notes would be")
  func file() throws {
    let recorded = try run(
      "perf-record", "--import", "-", "--output", "run.json",
      input: Project.hyperfine(["parse": Project.times(13)]))
    try #require(recorded.status == 0, "\(recorded.err)")
    try project.repository.git("branch", "--delete", "--force", "main")
    let gate = try run("perf-gate", "run.json")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("GitLab and Azure say what the head is in variables")
  func variables() throws {
    try merge("Merge branch 'topic' into 'main'")
    let input = try Project.hyperfine(["parse": Project.times(10)])
    let told = try project.run(
      "perf-record", "--import", "-",
      environment: ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": head], input: input)
    try expectGolden(told, naming: ["head": head])
    let other = try project.run(
      "perf-record", "--import", "-",
      environment: ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": base], input: input)
    #expect(!other.out.contains("stored on \(head.prefix(10))"), "\(other.out)\(other.err)")
  }

  @Test("a merge that somebody made by hand stays what it is, whatever it says")
  func byHand() throws {
    let messages = ["Merge branch 'topic'", "Merge \(base) into \(head)", "Merge x into y"]
    for (number, message) in messages.enumerated() {
      try merge(message)
      // The content stays the same, of which a file is one piece of evidence.
      try record(milliseconds: 10 + Double(number))
      #expect(try project.repository.runs("HEAD").count == 1)
    }
    #expect(try project.repository.runs(head).isEmpty)
  }

  @Test("a pipeline knows better what it checked out than the message of a commit")
  func crafted() throws {
    let merge = try project.repository.git("rev-parse", "HEAD")
    let github = ["GITHUB_ACTIONS": "true", "GITHUB_SHA": merge, "GITHUB_REF": "refs/pull/7/merge"]
    func isBelieved(_ environment: [String: String]) throws -> Bool {
      let told = try project.run(
        "perf-record", "--import", "-", environment: environment,
        input: Project.hyperfine(["parse": Project.times(10)]))
      return told.out.contains("stored on \(head.prefix(10))")
    }
    #expect(try isBelieved(github))
    #expect(try !isBelieved(github.merging(["GITHUB_SHA": head]) { $1 }))
    #expect(try !isBelieved(github.merging(["GITHUB_REF": "refs/heads/topic"]) { $1 }))
    #expect(try !isBelieved(["GITLAB_CI": "true"]))
    #expect(try !isBelieved(["TF_BUILD": "True"]))
    for variable in ["CHANGE_ID", "BUILDKITE_PULL_REQUEST"] {
      #expect(try isBelieved([variable: "7"]))
      #expect(try !isBelieved([variable: "false"]))
    }
    // Nobody but its author says so.
    #expect(try !isBelieved([:]))
  }

  @Test("merged with other content than was tested, its runs are no baseline of the trunk")
  func otherContent() throws {
    try record(milliseconds: 10)
    let git = project.repository
    try git.git("checkout", "--quiet", "main")
    try git.commit("main moves on again", file: "other.txt")
    try git.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1", "topic")
    try git.commit("next")
    try record(milliseconds: 13)
    let gate = try run("perf-gate")
    #expect(gate.status == 1, "\(gate.err)")
    // Not the merge, and not the head that it merged: what the trunk itself has recorded.
    try expectGolden(gate)
  }

  @Test("merged as it was tested, its runs are the trunk's, by their content")
  func trunk() throws {
    try record(milliseconds: 10)
    let git = project.repository
    let tested = try git.git("rev-parse", "HEAD^{tree}")
    try git.git("checkout", "--quiet", "main")
    try git.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1", "topic")
    #expect(try git.git("rev-parse", "HEAD^{tree}") == tested)
    try git.commit("next")
    try record(milliseconds: 13)
    let gate = try run("perf-gate")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("a mark goes with the runs, to the content that becomes the trunk's")
  func marked() throws {
    try record(milliseconds: 13)
    let gate = try run("perf-gate", "--mark")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
    let git = project.repository
    #expect(try project.repository.runs("HEAD^{tree}").contains { !$0.marks.isEmpty })
    try git.git("checkout", "--quiet", "main")
    try git.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1", "topic")
    try git.commit("next")
    try record(milliseconds: 13)
    #expect(try run("perf-gate").status == 1)
  }

  @Test("both sides of a pair are measured so, too")
  func paired() throws {
    let told = try run("perf-record", "--paired", base, "--rounds", "1", "--", "true")
    #expect(told.status == 0, "\(told.err)")
    #expect(try project.repository.runs(head).count == 1 && project.repository.runs("HEAD").isEmpty)
    #expect(try project.repository.runs(base).count == 2)
  }

  @Test("a clone of the merge and its parents is enough; of less it is said what to fetch")
  func shallow() throws {
    let git = project.repository
    try git.git("update-ref", "refs/pull/1/merge", "HEAD")
    for (depth, status) in [(2, Int32(1)), (1, 5)] {
      let clone = try TemporaryRepository()
      try clone.git("remote", "add", "origin", "file://\(git.path)")
      try clone.git("fetch", "--quiet", "--depth", "\(depth)", "origin", "refs/pull/1/merge")
      try clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
      let shallow = Project(clone)
      let recorded = try shallow.run(
        "perf-record", "--import", "-", environment: Self.pipeline,
        input: Project.hyperfine(["parse": Project.times(13)]))
      #expect(recorded.status == 0, "\(recorded.err)")
      let gate = try shallow.run("perf-gate", "--fetch", environment: Self.pipeline)
      #expect(gate.status == status, "\(gate.err)")
      if status == 5 { #expect(gate.err.contains("git fetch --deepen"), "\(gate.err)") }
      #expect(try clone.git("rev-list", "--count", "HEAD") == (depth == 1 ? "1" : "3"))
    }
  }
}
