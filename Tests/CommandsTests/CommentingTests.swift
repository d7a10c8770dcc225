import Foundation
import TestSupport
import Testing

/// A report, and somebody who has it put where reviewers read.
struct Commentator {
  let programs = Programs(beside: .module)
  let folder: ScratchDirectory
  let server: CommentServer
  static let token = "t0ken.-_~+/of-nobody=="

  init() throws {
    folder = try ScratchDirectory()
    server = try CommentServer()
    let golden = Programs.packageRoot.appending(path: "Tests/ReportsTests/Golden")
    for (name, file) in [("perf.json", "mixed.json"), ("other.json", "governed.json")] {
      try folder.write(name, String(contentsOf: golden.appending(path: file), encoding: .utf8))
    }
  }

  /// Nothing of the pipeline that the tests may run in.
  private static let nowhere = Dictionary(
    uniqueKeysWithValues: [
      "GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "GITHUB_API_URL",
      "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "GITHUB_REF", "CI_API_V4_URL", "CI_PROJECT_ID",
      "CI_MERGE_REQUEST_IID", "CI_COMMIT_SHA", "GITHUB_TOKEN", "GITEA_TOKEN", "GITLAB_TOKEN",
    ].map { ($0, "") })

  func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Subprocess {
    try programs.run(
      "perf-comment", arguments, in: folder.url,
      environment: Self.nowhere.merging(environment) { $1 })
  }

  /// As in the pipeline of a pull request, of which nothing need be said.
  func comment(
    _ pipeline: Pipeline = .github, _ options: String..., file: String = "perf.json"
  ) throws -> Subprocess {
    try run(["--max-wait", "1ms"] + options + [file], pipeline.environment(server.api, Self.token))
  }
}

struct Pipeline: CustomTestStringConvertible {
  let testDescription: String
  /// Where the comments are.
  let path: String
  let change: String
  let environment: @Sendable (_ api: String, _ token: String) -> [String: String]

  static let github = Pipeline(
    testDescription: "github", path: "/repos/acme/tool/issues/7/comments", change: "PATCH"
  ) { api, token in
    [
      "GITHUB_ACTIONS": "true", "GITHUB_API_URL": api, "GITHUB_REPOSITORY": "acme/tool",
      "GITHUB_REF": "refs/pull/7/merge", "GITHUB_TOKEN": token,
    ]
  }

  static let gitea = Pipeline(
    testDescription: "gitea", path: "/repos/acme/tool/issues/7/comments", change: "PATCH"
  ) { api, token in
    [
      "GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true", "GITHUB_API_URL": api + "/",
      "GITHUB_REPOSITORY": "acme/tool", "GITHUB_REF": "refs/pull/7/head", "GITEA_TOKEN": token,
    ]
  }

  static let gitlab = Pipeline(
    testDescription: "gitlab", path: "/projects/acme%2Ftool/merge_requests/7/notes", change: "PUT"
  ) { api, token in
    [
      "GITLAB_CI": "true", "CI_API_V4_URL": api, "CI_PROJECT_ID": "acme/tool",
      "CI_MERGE_REQUEST_IID": "7", "GITLAB_TOKEN": token,
    ]
  }

  static let all: [Pipeline] = [.github, .gitea, .gitlab]
}

@Suite(
  "perf-comment has one comment say what the gate said",
  .enabled(if: CommentServer.isInstalled, "there is no /usr/bin/python3"))
struct CommentingTests {
  let commentator: Commentator
  var server: CommentServer { commentator.server }

  init() throws { commentator = try Commentator() }

  /// What perf-gate would have written as markdown.
  private func markdown(_ name: String) throws -> String {
    let golden = Programs.packageRoot.appending(path: "Tests/ReportsTests/Golden/\(name)")
    return try String(contentsOf: golden, encoding: .utf8)
  }

  @Test(
    "it is made once, changed where it says something else, else left alone",
    arguments: Pipeline.all)
  func once(_ pipeline: Pipeline) throws {
    try server.behave(like: pipeline.testDescription)
    let first = try commentator.comment(pipeline)
    #expect(first.status == 0, "\(first.err)")
    #expect(first.out.hasPrefix("created: the comment of the "), "\(first.out)")
    #expect(first.out.hasSuffix("request 7 of 'acme/tool'\n"), "\(first.out)")
    #expect(try server.comments(at: pipeline.path).map(\.body) == [markdown("mixed.md")])
    #expect(try commentator.comment(pipeline).out.hasPrefix("unchanged: "))
    #expect(try server.methods() == ["GET", "POST", "GET"])
    let other = try commentator.comment(pipeline, file: "other.json")
    #expect(other.out.hasPrefix("updated: "), "\(other.err)")
    #expect(try server.methods().suffix(2) == ["GET", pipeline.change])
    #expect(try server.comments(at: pipeline.path).map(\.body) == [markdown("governed.md")])
    #expect(try Set(server.log().map(\.authorization)) == ["Bearer \(Commentator.token)"])
  }

  @Test("it is found on whichever page, among those of others", arguments: Pipeline.all)
  func pages(_ pipeline: Pipeline) throws {
    try server.behave(like: pipeline.testDescription)
    let marker = try markdown("mixed.md").prefix { $0 != "\n" }
    var comments = (1...250).map { CommentServer.Comment(id: $0, body: "number \($0)") }
    comments[3].body = nil
    comments[5].body = "> \(marker)\nquoted"
    comments[210].body = marker.replacingOccurrences(of: "suite=default", with: "suite=other")
    comments[220].body = "\(marker)\r\nold"
    comments[240].body = "\(marker)\nanother"
    try server.put(comments, at: pipeline.path)
    let result = try commentator.comment(pipeline)
    #expect(result.out.hasPrefix("updated: "), "\(result.err)")
    comments[220].body = try markdown("mixed.md")
    #expect(try server.comments(at: pipeline.path) == comments)
    #expect(try server.log().allSatisfy { !$0.path.contains("elsewhere") })
  }

  @Test(
    "somebody else's comment is not taken for it, however it begins",
    arguments: ["github", "workflow"])
  func foreign(_ kind: String) throws {
    try server.behave(like: kind)
    let marker = try markdown("mixed.md").prefix { $0 != "\n" }
    let stranger = CommentServer.Comment(
      id: 1, body: "\(marker)\nmine", user: .init(id: 7, type: "User"))
    try server.put([stranger], at: Pipeline.github.path)
    #expect(try commentator.comment().out.hasPrefix("created: "))
    #expect(try commentator.comment().out.hasPrefix("unchanged: "))
    #expect(try commentator.comment(file: "other.json").out.hasPrefix("updated: "))
    let comments = try server.comments(at: Pipeline.github.path)
    #expect(comments.map(\.body) == [stranger.body, try markdown("governed.md")])
  }

  @Test("where there is none among hundreds, the last page is the end", arguments: Pipeline.all)
  func lastPage(_ pipeline: Pipeline) throws {
    try server.behave(like: pipeline.testDescription)
    let comments = (1...200).map { CommentServer.Comment(id: $0, body: "number \($0)") }
    try server.put(comments, at: pipeline.path)
    #expect(try commentator.comment(pipeline).out.hasPrefix("created: "))
    #expect(try server.comments(at: pipeline.path).count == 201)
    #expect(try server.methods() == ["GET", "GET", "POST"])
  }

  @Test("white space that a server takes away or adds is no change")
  func whiteSpace() throws {
    let text = try markdown("mixed.md").replacingOccurrences(of: "\n", with: "\r\n")
    let stored = text.trimmingCharacters(in: .whitespacesAndNewlines)
    try server.put([CommentServer.Comment(id: 1, body: stored)], at: Pipeline.github.path)
    #expect(try commentator.comment().out.hasPrefix("unchanged: "))
  }

  @Test(
    "what passes is tried again, and nothing is written twice",
    arguments: [
      // Of the GET.
      #"{"status": 503}"#, #"{"status": 429, "headers": {"Retry-After": 0}}"#,
      #"{"status": 403, "headers": {"X-RateLimit-Remaining": 0, "X-RateLimit-Reset": 0}}"#,
      #"{"cut": true}"#, #"{"status": 502, "body": "<html>"}, {"cut": true}, {"status": 500}"#,
      // Of the POST: not written, or written though nobody was told.
      #"{}, {"status": 503}"#, #"{}, {"cut": true}"#, #"{}, {"cut": true, "does": false}"#,
    ])
  func passing(_ plan: String) throws {
    try server.plan(plan)
    let result = try commentator.comment()
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.hasPrefix("warning: "), "\(result.err)")
    #expect(result.err.contains("trying again"), "\(result.err)")
    #expect(try server.comments(at: Pipeline.github.path).map(\.body) == [markdown("mixed.md")])
  }

  @Test("a limit is called one, and not a missing permission")
  func limit() throws {
    let step = #"{"status": 403, "headers": {"X-RateLimit-Remaining": 0, "X-RateLimit-Reset": 0}}"#
    try server.plan(Array(repeating: step, count: 9).joined(separator: ","))
    let result = try commentator.comment()
    #expect(result.status == 5)
    try expectGolden(result)
  }

  @Test("after five attempts it is enough")
  func enough() throws {
    try server.plan(Array(repeating: #"{"status": 503}"#, count: 9).joined(separator: ","))
    let result = try commentator.comment()
    #expect(result.status == 5)
    try expectGolden(result)
    #expect(try server.methods() == Array(repeating: "GET", count: 5))
  }

  @Test(
    "whoever asks for more patience than there is, is told so",
    arguments: [
      #"{"status": 429, "headers": {"Retry-After": 1}}"#,
      #"{"status": 403, "headers": {"X-RateLimit-Remaining": 0, "X-RateLimit-Reset": 9999999999}}"#,
    ])
  func timeoutPolicy(_ plan: String) throws {
    try server.plan(plan)
    let result = try commentator.comment()
    #expect(result.status == 5)
    #expect(result.err.contains("allow that with --max-wait"), "\(result.err)")
    #expect(try server.methods() == ["GET"])
  }

  @Test("an answer that takes too long is not waited for")
  func slow() throws {
    try server.plan(#"{"delay": 1.5}"#)
    let result = try commentator.comment(.github, "--timeout", "300ms")
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result)
  }

  @Test(
    "what the server refuses is an error of its own, with what to do",
    arguments: [
      (#"{"status": 401}"#, "does not know the token in GITHUB_TOKEN", "has not expired"),
      (#"{}, {"status": 403}"#, "may not write to the pull request 7", "workflow_run"),
      (
        #"{}, {"status": 403, "body": {"message": "Unable to create comment because issue is locked."}}"#,
        "is locked", "unlock it"
      ),
      (#"{"status": 404}"#, "there is no pull request 7 of 'acme/tool'", "number are right"),
      (#"{}, {"status": 409}"#, "somebody else is changing", "try again"),
      (
        #"{}, {"status": 422, "body": {"message": "Body is too long\u001b[31m (maximum is 65536)"}}"#,
        #"Body is too long\u001b[31m (maximum"#, "too long"
      ),
      (#"{"status": 410}"#, "closed or locked", "own file"),
      (
        #"{"status": 301, "headers": {"Location": "http://127.0.0.1:1/"}}"#, "elsewhere now",
        "--api"
      ),
      (#"{"status": 418}"#, "answers with status 418", "--api"),
      (#"{"status": 200, "body": {"comments": []}}"#, "something else than comments", "--api"),
      (#"{"status": 200, "body": "<html>"}"#, "something else than comments", "--api"),
    ])
  func refused(_ plan: String, _ message: String, _ hint: String) throws {
    try server.plan(plan)
    let result = try commentator.comment()
    #expect(result.status == 5, "\(result.err)")
    #expect(result.err.contains(message), "\(result.err)")
    #expect(
      result.err.split(separator: "\n").contains { $0.hasPrefix("hint: ") && $0.contains(hint) })
    #expect(!result.err.contains("\u{1B}"))
    #expect(try server.comments(at: Pipeline.github.path) == [])
  }

  @Test(
    "an answer without an end is given one, and so is one that says that it has none",
    arguments: [#"{"endless": true}"#, #"{"headers": {"Content-Length": 99999999999}}"#])
  func endless(_ plan: String) throws {
    try server.plan(plan)
    let result = try commentator.comment(.github, "--timeout", "1m")
    #expect(result.status == 5)
    #expect(
      result.err.hasPrefix("error: '\(server.api)' answers with more than 64 MiB\nhint: "),
      "\(result.err)")
    #expect(try server.methods() == ["GET"])
  }

  @Test("a report that contradicts itself is nobody's word")
  func contradiction() throws {
    let report = try commentator.folder.read("perf.json")
    let passing = report.replacing(#""outcome": "regression""#, with: #""outcome": "pass""#)
      .replacing(#""status": 1"#, with: #""status": 0"#)
    #expect(passing != report)
    try commentator.folder.write("forged.json", passing)
    let result = try commentator.comment(file: "forged.json")
    #expect(result.status == 4)
    #expect(
      result.err.hasPrefix(
        "error: 'forged.json' is no report: field 'suites[0].fails': not what its outcome says\n"),
      "\(result.err)")
    #expect(try server.methods() == [])
  }

  @Test("no server at all is an error too")
  func nobody() throws {
    let environment = Pipeline.github.environment("http://localhost:1", Commentator.token)
    let result = try commentator.run(["--max-wait", "1ms", "perf.json"], environment)
    #expect(result.status == 5)
    #expect(result.err.contains("error: cannot reach 'http://localhost:1'"), "\(result.err)")
  }

  @Test("the token is in no list of processes, no environment of another, and nothing that is said")
  func secret() throws {
    let folder = try ScratchDirectory()
    let script = """
      #!/bin/sh
      { printf '%s\\n' "$@"; env; ps -o args= -p $$ -p $PPID; } >>"\(folder.path)/seen"
      PATH=${PATH#*:}
      exec curl "$@"
      """
    try folder.writeExecutable("curl", script)
    let path = try #require(commentator.programs.environment["PATH"])
    try server.plan(
      #"{}, {"status": 403, "body": {"message": "what is t0ken.-_~+/of-nobody== to me?"}}"#)
    let environment = Pipeline.github.environment(server.api, Commentator.token)
    let result = try commentator.run(
      ["perf.json"], environment.merging(["PATH": "\(folder.path):\(path)"]) { $1 })
    #expect(result.status == 5)
    let seen = try folder.read("seen")
    #expect(seen.hasPrefix("--disable\n--config\n-\n"), "\(seen)")
    for text in [seen, result.out, result.err] { #expect(!text.contains("of-nobody")) }
  }

  @Test("what is typed goes before what the pipeline says")
  func typed() throws {
    let result = try commentator.run(
      [
        "--service", "github", "--api", server.api, "--repository", "a b/c?d", "--pull-request",
        "12", "--token-variable", "BOT", "perf.json",
      ], Pipeline.gitlab.environment("http://127.0.0.1:1", "other").merging(["BOT": "mine"]) { $1 })
    #expect(
      result.out == "created: the comment of the pull request 12 of 'a b/c?d'\n", "\(result.err)")
    #expect(try server.comments(at: "/repos/a%20b/c%3Fd/issues/12/comments").count == 1)
    #expect(try server.log().allSatisfy { $0.authorization == "Bearer mine" })
  }

  @Test(
    "a pull request that has newer commits keeps their comment",
    arguments: [
      (Pipeline.github, #"{"number": 7, "head": {"ref": "x", "sha": "b2"}, "state": "open"}"#),
      (.gitlab, #"{"iid": 7, "source_branch": "x", "sha": "b2", "state": "opened"}"#),
    ])
  func newer(_ pipeline: Pipeline, _ description: String) throws {
    try server.describe(description)
    let event = #"{"pull_request": {"number": 7, "head": {"sha": "b1"}}}"#
    let file = try commentator.folder.write("event.json", event)
    let tested = [
      "GITHUB_EVENT_PATH": file.path(percentEncoded: false), "CI_COMMIT_SHA": "b1",
    ]
    let environment = pipeline.environment(server.api, Commentator.token).merging(tested) { $1 }
    let result = try commentator.run(["perf.json"], environment)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.hasPrefix("left alone: "), "\(result.out)")
    #expect(try server.methods() == [])
  }

  @Test(
    "to one that is closed nothing is sent",
    arguments: [
      (Pipeline.github, #"{"number": 7, "head": {"ref": "x", "sha": "b2"}, "state": "closed"}"#),
      (.gitlab, #"{"iid": 7, "source_branch": "x", "sha": "b2", "state": "merged"}"#),
    ])
  func closed(_ pipeline: Pipeline, _ description: String) throws {
    try server.describe(description)
    let result = try commentator.comment(pipeline)
    #expect(result.status == 5)
    #expect(result.err.contains("request 7 of 'acme/tool' is closed"), "\(result.err)")
    #expect(try server.methods() == [])
  }

  @Test("the number is that of the event")
  func event() throws {
    let file = try commentator.folder.write("event.json", #"{"pull_request": {"number": 7}}"#)
    var environment = Pipeline.github.environment(server.api, Commentator.token)
    environment["GITHUB_EVENT_PATH"] = file.path(percentEncoded: false)
    environment["GITHUB_REF"] = "refs/heads/main"
    let result = try commentator.run(["perf.json"], environment)
    try expectGolden(result)
  }
}

@Suite("perf-comment before it sends anything")
struct CommentArgumentTests {
  let programs = Programs(beside: .module)
  let folder: ScratchDirectory

  init() throws {
    folder = try ScratchDirectory()
    let golden = Programs.packageRoot.appending(path: "Tests/ReportsTests/Golden")
    for name in ["mixed.json", "hostile.json", "hostile.md"] {
      try folder.write(name, String(contentsOf: golden.appending(path: name), encoding: .utf8))
    }
  }

  private func run(_ arguments: [String], input: String = "") throws -> Subprocess {
    // Nothing can be sent where there is no curl.
    try programs.run(
      "perf-comment", arguments, in: folder.url,
      environment: [
        "GITHUB_ACTIONS": "", "GITEA_ACTIONS": "", "FORGEJO_ACTIONS": "", "GITLAB_CI": "",
        "GITHUB_REPOSITORY": "", "GITHUB_API_URL": "", "GITHUB_REF": "", "GITHUB_EVENT_PATH": "",
        "GITHUB_TOKEN": "x", "BROKEN": "a\nHost: b", "EMPTY": "", "PATH": "/nonexistent",
      ],
      input: input)
  }

  @Test("--dry-run prints the comment, needs no repository, and neutralises what others wrote")
  func dry() throws {
    let result = try run(["--dry-run", "hostile.json"])
    #expect(result.status == 0, "\(result.err)")
    #expect(try result.out == folder.read("hostile.md"))
    let piped = try run(["--dry-run", "-"], input: folder.read("hostile.json"))
    #expect(piped.out == result.out)
  }

  /// A line that has no end, which no gate would write.
  private func manyLooks() throws -> String {
    let data = Data(try folder.read("mixed.json").utf8)
    var report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let series = try #require(report["series"] as? [[String: Any]])
    report["series"] = (1...9000).map { number in
      series[0].merging(["look": ["rounds": number, "alpha": 0.01, "confidence": 0.99]]) { $1 }
    }
    // Of a comparison that judges nobody, with as many rows as it says.
    (report["outcome"], report["status"], report["suites"]) = (nil, nil, nil)
    report["counts"] = [try #require(series[0]["verdict"] as? String): 9000]
    return String(decoding: try JSONSerialization.data(withJSONObject: report), as: UTF8.self)
  }

  @Test("of what is no report nothing is shown, as it may be a secret")
  func foreign() throws {
    try folder.write("secret", "ghp_0123456789")
    let result = try run(["--dry-run", "secret"])
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("what is no report of this version is bad input")
  func badInput() throws {
    let text = try folder.read("mixed.json")
    let cases = [
      ("cut.json", String(text.prefix(text.count / 2)), "the JSON ends in the middle"),
      (
        "new.json", text.replacing("\"version\": 1", with: "\"version\": 2"),
        "version 2, and only 1"
      ),
      ("words.json", "perf", "expected an object"),
      ("huge.json", String(repeating: " ", count: (1 << 26) + 1), "larger than 64 MiB"),
      ("looks.json", try manyLooks(), "fits in no comment"),
    ]
    for (name, text, message) in cases {
      try folder.write(name, text)
      let result = try run(["--dry-run", name])
      #expect(result.status == 4, "\(name): \(result.err.prefix(500))")
      #expect(result.err.contains(message), "\(result.err.prefix(500))")
      #expect(result.err.contains("hint: "))
    }
    for name in ["nowhere.json", "."] {
      #expect(try run(["--dry-run", name]).status == 4)
    }
  }

  @Test("what cannot be sent is said before anything is")
  func usage() throws {
    let request = ["--service", "github", "--repository", "a/b", "--pull-request", "1"]
    let mistakes = [
      [], ["--service", "github", "--repository", "a/b"],
      ["--service", "github", "--pull-request", "1"],
      ["--service", "gitea", "--repository", "a/b", "--pull-request", "1"], ["--service", "hub"],
      ["--pull-request", "0"], ["--service", "github", "--repository", "a", "--pull-request", "1"],
      request + ["--api", "http://host"], request + ["--api", "https://user:secret@host"],
      request + ["--token-variable", "EMPTY"], request + ["--token-variable", "BROKEN"],
    ]
    try expectGolden(mistakes.map { try run($0 + ["mixed.json"]) })
  }

  @Test("without curl it says what is missing")
  func noCurl() throws {
    let result = try run(
      ["--service", "github", "--repository", "a/b", "--pull-request", "1", "mixed.json"])
    #expect(result.status == 5)
    try expectGolden(result)
  }
}
