import Foundation
import TestSupport
import Testing

@Suite(
  "The workflows for GitHub",
  .enabled(if: PipelineFile.canRead, "\(PipelineFile.absence)"))
struct GitHubWorkflowTests {
  let project: PipelineProject
  let server: CommentServer
  let artifacts: ScratchDirectory
  /// A name that a shell would take for more than a name.
  private static let branch = "$(touch${IFS}hit);touch${IFS}hit"
  private static let comments = "/repos/acme/tool/issues/7/comments"

  init() throws {
    project = try PipelineProject()
    server = try CommentServer()
    artifacts = try ScratchDirectory()
  }

  private func runner(_ context: [String: String], _ variables: [String: String]) throws
    -> GitHubRunner
  {
    let service = ["GITHUB_API_URL": server.api, "GITHUB_REPOSITORY": "acme/tool"]
    return try GitHubRunner(
      project, artifacts: artifacts,
      context: context.merging(["github.token": Commentator.token]) { $1 },
      variables: variables.merging(service) { $1 })
  }

  private func pullRequest(_ workflow: String, _ variables: [String: String] = [:]) throws
    -> GitHubRunner
  {
    let runner = try runner(
      ["github.event_name": "pull_request"],
      variables.merging(["GITHUB_REF": "refs/pull/7/merge", "GITHUB_HEAD_REF": Self.branch]) { $1 })
    try runner.run("ci/github/\(workflow).yml")
    #expect(!FileManager.default.fileExists(atPath: runner.folder.path + "/workspace/hit"))
    return runner
  }

  @Test("a pull request that changes nothing passes, and has its comment")
  func passing() throws {
    _ = try project.propose(steps: 100)
    let runner = try pullRequest("perf")
    #expect(runner.status == 0, "\(runner.output)")
    #expect(runner.outputs == ["outcome": "pass", "status": "0"])
    #expect(try server.comments(at: Self.comments).count == 1)
    #expect(try runner.folder.read("summary").contains("parse"))
  }

  @Test("one that is slower fails, and no token is at hand for what is measured")
  func failing() throws {
    _ = try project.propose(steps: 150)
    let seen = artifacts.path + "/seen"
    let runner = try pullRequest("perf", ["SEEN": seen])
    #expect(runner.status == 1, "\(runner.output)")
    #expect(runner.outputs == ["outcome": "regression", "status": "1"])
    #expect(try runner.folder.read("temp/perf-reports/perf.json").contains("\"status\": 1"))
    #expect(try server.comments(at: Self.comments).count == 1)
    #expect(try server.log().first?.authorization == "Bearer \(Commentator.token)")
    #expect(try !artifacts.read("seen").contains(Commentator.token))
  }

  @Test(
    "a comment that is refused is a warning, and the gate's word stands", arguments: [100, 150])
  func refused(steps: Int) throws {
    _ = try project.propose(steps: steps)
    try server.plan(#"{"status": 403, "body": {"message": "not by integration"}}"#)
    let runner = try pullRequest("perf")
    #expect(runner.status == (steps == 100 ? 0 : 1), "\(runner.output)")
    #expect(
      runner.output.contains(
        "::warning::no comment: perf-comment ended with status 5; what the gate said stands\n"))
    #expect(try server.methods() == ["GET"])
  }

  /// As GitHub tests an entry of a merge queue, which becomes the trunk as it is.
  private func queue(_ workflow: String, _ entry: (base: String, head: String)) throws
    -> GitHubRunner
  {
    let event = try artifacts.write(
      "event.json",
      """
      {"merge_group": {"base_sha": "\(entry.base)", "head_sha": "\(entry.head)", "base_ref":
        "refs/heads/main"}, "repository": {"default_branch": "main"}}
      """)
    let runner = try runner(
      ["github.event_name": "merge_group"],
      [
        "GITHUB_EVENT_NAME": "merge_group", "GITHUB_REF": PipelineProject.queue,
        "GITHUB_EVENT_PATH": event.path(percentEncoded: false),
      ])
    try runner.run("ci/github/\(workflow).yml")
    return runner
  }

  @Test(
    "an entry of a merge queue is judged against the one before it, and not commented on",
    arguments: [("perf", 100), ("perf", 150), ("perf-report", 150)])
  func queued(workflow: String, steps: Int) throws {
    let runner = try queue(workflow, project.enqueue(steps: [steps]))
    #expect(runner.status == (steps == 100 ? 0 : 1), "\(runner.output)")
    #expect(runner.outputs.isEmpty || runner.outputs["status"] == "\(runner.status)")
    #expect(try server.methods() == [])
  }

  @Test("a queue that rebases may have its base further back than was checked out")
  func rebased() throws {
    let entry = try project.enqueue(steps: [120, 120, 150], merges: false)
    let runner = try queue("perf", entry)
    #expect(runner.status == 1, "\(runner.output)")
    let report = try runner.folder.read("temp/perf-reports/perf.json")
    #expect(report.contains("\"commit\": \"\(entry.base)\""), "\(report)")
  }

  @Test("a push to the trunk is recorded, and its runs are pushed")
  func recorded() throws {
    let runner = try runner(["github.event_name": "push"], ["GITHUB_REF": "refs/heads/main"])
    try runner.run("ci/github/perf.yml")
    #expect(runner.status == 0, "\(runner.output)")
    #expect(try project.work.git("ls-remote", "origin", "refs/notes/perf") != "")
    #expect(try server.methods() == [])
  }

  /// As GitHub starts the second workflow.
  private func comment(head: String) throws -> GitHubRunner {
    let event = try artifacts.write(
      "event.json",
      """
      {"workflow_run": {"event": "pull_request", "head_sha": "\(head)", "head_branch":
        "\(Self.branch)", "head_repository": {"full_name": "somebody/tool"}}}
      """)
    let runner = try runner(
      ["github.event.workflow_run.event": "pull_request", "github.event.workflow_run.id": "12"],
      ["GITHUB_EVENT_PATH": event.path(percentEncoded: false), "GITHUB_REF": "refs/heads/main"])
    try runner.run("ci/github/perf-comment.yml")
    return runner
  }

  @Test("of a fork's pull request the first judges, without a token, and the second comments")
  func fork() throws {
    let head = try project.propose(steps: 150)
    let first = try pullRequest("perf-report")
    #expect(first.status == 1, "\(first.output)")
    #expect(try server.methods() == [])
    #expect(try files(artifacts.path + "/perf-report") == ["perf.json"])
    try server.open([
      .init(number: 7, repository: "somebody/tool", branch: Self.branch, commit: head)
    ])
    let second = try comment(head: head)
    #expect(second.status == 0, "\(second.output)")
    #expect(try server.comments(at: Self.comments).count == 1)
    #expect(try files(second.folder.path + "/workspace") == [])
  }

  @Test("where there is no report the first fails and says so, and the second has nothing to do")
  func noReport() throws {
    try project.work.directory.write(".perfconfig", "[gate]\nthreshold = much\n")
    let head = try project.propose(steps: 100)
    let first = try pullRequest("perf-report")
    #expect(first.status == 2, "\(first.output)")
    #expect(first.output.contains("::warning::no report: perf-gate ended with status 2\n"))
    let second = try comment(head: head)
    #expect(second.status == 0, "\(second.output)")
    #expect(second.output.contains("::notice::no comment"))
    #expect(try server.methods() == [])
  }

  @Test(
    "what the action is to run is words, of which it knows the first",
    arguments: [
      ("gate --measure $(touch hit) ;touch hit *", Int32(2)), ("judge", 2), ("", 2), ("none", 0),
    ])
  func words(run: String, status: Int32) throws {
    let runner = try runner([:], ["GITHUB_REF": "refs/heads/main"])
    try runner.act(["run": run])
    #expect(runner.status == status, "\(runner.output)")
    #expect(project.log == ["install"])
    #expect(try files(runner.folder.path + "/workspace").filter { $0 != "perf-reports" } == [])
  }

  @Test("the second workflow follows the first by its name")
  func name() throws {
    let first = try PipelineFile.read("ci/github/perf-report.yml", as: GitHubFile.self)
    let second = try PipelineFile.read("ci/github/perf-comment.yml", as: GitHubFile.self)
    #expect(second.on?.workflow_run?.workflows == [first.name])
  }

  private func files(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path)
  }
}
