import Measurements

/// A kind of server with pull requests: how its API is found and used.
///
/// To add one, write a constant, and add it to ``all``.
package struct ForgeKind: Sendable {
  package let name: String
  /// The name of a pull request on this kind of server.
  package let request: String
  /// The address of the API unless another is named; nil if there is no such address.
  package let usualAPI: String?
  package let variables: Variables
  /// The HTTP method that changes a comment.
  let change: String
  /// The path of all comments of a pull request.
  let comments: @Sendable (_ repository: String, _ number: Int) -> String
  /// The path of the pull request itself.
  package let pullRequest: @Sendable (_ repository: String, _ number: Int) -> String
  /// The query for the path of all comments that puts the oldest first.
  let oldestFirst: String
  /// The path of one comment.
  let comment: @Sendable (_ repository: String, _ number: Int, _ id: Int64) -> String
  /// The pull request for which a pipeline runs, from its environment.
  package let subject: @Sendable ([String: String]) -> PullRequestReference?

  /// The reference by which a pipeline names a pull request.
  package enum PullRequestReference {
    /// The number, with the commit that was tested, if it is known.
    case number(Int, commit: String?)
    case head(WorkflowRunHead)

    /// Takes a number; nil if it is none of a pull request.
    init?(_ number: Int?, commit: String? = nil) {
      guard let number, number > 0 else { return nil }
      self = .number(number, commit: commit)
    }
  }

  /// The variables of a pipeline.
  package struct Variables: Sendable {
    /// The variables one of which exists in a pipeline of this kind.
    let pipeline: [String]
    package let api: String
    package let repository: String
    package let token: String
  }

  /// All kinds. If pipelines of a kind also look like those of another kind, it comes first.
  package static let all: [ForgeKind] = [.gitlab, .gitea, .github]

  /// The kind of the pipeline; nil if there is no pipeline.
  package static func ofPipeline(_ environment: [String: String]) -> ForgeKind? {
    all.first { service in
      service.variables.pipeline.contains { !(environment[$0] ?? "").isEmpty }
    }
  }
}

extension ForgeKind {
  static let github = ForgeKind(
    name: "github", request: "pull request", usualAPI: "https://api.github.com",
    variables: Variables(
      pipeline: ["GITHUB_ACTIONS"], api: "GITHUB_API_URL", repository: "GITHUB_REPOSITORY",
      token: "GITHUB_TOKEN"),
    change: "PATCH", comments: issueComments, pullRequest: pull, oldestFirst: "",
    comment: issueComment, subject: ActionEvent.subject)

  /// Gitea and Forgejo, which are used in the same way.
  static let gitea = ForgeKind(
    name: "gitea", request: "pull request", usualAPI: nil,
    variables: Variables(
      pipeline: ["GITEA_ACTIONS", "FORGEJO_ACTIONS"], api: "GITHUB_API_URL",
      repository: "GITHUB_REPOSITORY", token: "GITEA_TOKEN"),
    change: "PATCH", comments: issueComments, pullRequest: pull, oldestFirst: "",
    comment: issueComment, subject: ActionEvent.subject)

  static let gitlab = ForgeKind(
    name: "gitlab", request: "merge request", usualAPI: "https://gitlab.com/api/v4",
    variables: Variables(
      pipeline: ["GITLAB_CI"], api: "CI_API_V4_URL", repository: "CI_PROJECT_ID",
      token: "GITLAB_TOKEN"),
    change: "PUT",
    comments: { "/projects/\($0.escaped)/merge_requests/\($1)/notes" },
    pullRequest: { "/projects/\($0.escaped)/merge_requests/\($1)" },
    oldestFirst: "?sort=asc&order_by=created_at",
    comment: { "/projects/\($0.escaped)/merge_requests/\($1)/notes/\($2)" },
    subject: { environment in
      func value(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
      }
      return PullRequestReference(
        value("CI_MERGE_REQUEST_IID").flatMap(Int.init),
        commit: value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? value("CI_COMMIT_SHA"))
    })

  /// The path of the comments. On these servers, a pull request's comments are those of an issue.
  @Sendable private static func issueComments(_ repository: String, _ number: Int) -> String {
    "/repos/\(repository.escapedParts)/issues/\(number)/comments"
  }

  @Sendable private static func pull(_ repository: String, _ number: Int) -> String {
    "/repos/\(repository.escapedParts)/pulls/\(number)"
  }

  @Sendable private static func issueComment(
    _ repository: String, _ number: Int, _ id: Int64
  ) -> String {
    "/repos/\(repository.escapedParts)/issues/comments/\(id)"
  }
}

extension String {
  /// The text, escaped for one part of a path in an address.
  package var escaped: String {
    utf8.map { byte in
      let isPlain = byte.isDigit || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isPlain || "-_.~".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// The text with each part between slashes escaped.
  package var escapedParts: String {
    split(separator: "/", omittingEmptySubsequences: false).map { String($0).escaped }
      .joined(separator: "/")
  }
}
