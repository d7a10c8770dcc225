import Foundation
import TestSupport
import Testing

@Suite(
  "perf-comment in a workflow that runs after another, which may have been a fork's",
  .enabled(if: CommentServer.isInstalled, "there is no /usr/bin/python3"))
struct CommentOfForkTests {
  let commentator: Commentator
  var server: CommentServer { commentator.server }

  private static let commit = String(repeating: "b1", count: 20)
  private static let branch = "faster parser&state=all"

  init() throws { commentator = try Commentator() }

  private static func pull(
    _ number: Int, _ repository: String? = "somebody/tool", _ branch: String = branch,
    _ commit: String = commit
  ) -> CommentServer.Pull {
    CommentServer.Pull(number: number, repository: repository, branch: branch, commit: commit)
  }

  /// As GitHub runs it: on the default branch, and without numbers of pull requests of forks.
  private func comment(_ options: String...) throws -> Subprocess {
    let event = """
      {"action": "completed", "workflow_run": {"event": "pull_request", "pull_requests": [],
        "head_sha": "\(Self.commit)", "head_branch": "\(Self.branch)",
        "head_repository": {"full_name": "somebody/tool", "owner": {"login": "somebody"}}}}
      """
    let file = try commentator.folder.write("event.json", event)
    var environment = Pipeline.github.environment(server.api, Commentator.token)
    environment["GITHUB_EVENT_PATH"] = file.path(percentEncoded: false)
    environment["GITHUB_REF"] = "refs/heads/main"
    return try commentator.run(["--max-wait", "1ms"] + options + ["perf.json"], environment)
  }

  @Test(
    "the pull request is the open one whose head was tested, by the server's word",
    arguments: ["github", "gitea"])
  func head(kind: String) throws {
    try server.behave(like: kind)
    let others = (1...150).map { Self.pull($0, "user\($0)/tool") }
    try server.open(
      others + [
        Self.pull(201, nil), Self.pull(202, "somebody/tool", "other"),
        Self.pull(203, "somebody/tool-2"), Self.pull(207),
      ])
    let result = try comment()
    #expect(
      result.out == "created: the comment of the pull request 207 of 'acme/tool'\n",
      "\(result.err)")
    #expect(try server.comments(at: "/repos/acme/tool/issues/207/comments").count == 1)
    let asked = try #require(try server.log().map(\.path).first { $0.contains("/pulls") })
    #expect(
      asked.hasPrefix(
        "/repos/acme/tool/pulls?state=open&head=somebody:faster%20parser%26state%3Dall&per_page="))
  }

  @Test("one that has gone on since keeps the comment of its newer commits")
  func superseded() throws {
    try server.open([Self.pull(7, "somebody/tool", Self.branch, String(repeating: "0", count: 40))])
    let result = try comment()
    #expect(result.status == 0)
    #expect(
      result.out
        == "left alone: the comment of the pull request 7 of 'acme/tool', which has newer commits\n",
      "\(result.err)")
    #expect(try server.methods() == ["GET"])
  }

  @Test("where none is open, or several are of one branch, nothing is sent, and that is an error")
  func none() throws {
    let none = try comment()
    #expect(none.status == 5)
    try server.open([Self.pull(7), Self.pull(9)])
    let two = try comment()
    #expect(two.status == 5)
    try expectGolden(none, two)
    #expect(try Set(server.methods()) == ["GET"])
  }

  @Test("a number that is typed needs no search")
  func typed() throws {
    let result = try comment("--pull-request", "12")
    try expectGolden(result)
  }

  @Test("what passes is tried again, and what is no list of pull requests is an error")
  func trouble() throws {
    try server.open([Self.pull(7)])
    try server.plan(#"{"status": 503}, {"cut": true}"#)
    #expect(try comment().out.hasPrefix("created: "))
    try server.plan(#"{"status": 200, "body": [{"number": 7}]}"#)
    let result = try comment()
    #expect(result.status == 5)
    try expectGolden(result)
    try server.plan(#"{"status": 404}"#)
    #expect(try comment().err.contains("there is no repository 'acme/tool'"))
  }
}
