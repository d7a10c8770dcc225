package import Measurements
import System

/// The event for which a workflow of GitHub, Gitea or Forgejo runs.
package enum ActionEvent {
  /// The pull request of a workflow, from the event, else from the reference that was checked out.
  @Sendable static func subject(_ environment: [String: String]) -> ForgeKind.PullRequestReference?
  {
    if let event = read(environment), let subject = subject(event) { return subject }
    let parts = (environment["GITHUB_REF"] ?? "").split(separator: "/")
    guard parts.count > 3, parts[0] == "refs", parts[1] == "pull" else { return nil }
    return ForgeKind.PullRequestReference(Int(parts[2]))
  }

  /// The content of the event's file; nil if no file is named, or it cannot be read.
  package static func read(_ environment: [String: String]) -> JSONValue? {
    guard let path = environment["GITHUB_EVENT_PATH"], !path.isEmpty,
      let bytes = try? Platform.contents(of: path, limit: 1 << 26)
    else { return nil }
    var reader = JSONReader(bytes)
    return try? reader.value()
  }

  private static func subject(_ event: JSONValue) -> ForgeKind.PullRequestReference? {
    if case .integer(let number)? = event["pull_request"]?["number"] {
      return ForgeKind.PullRequestReference(
        Int(exactly: number), commit: event.text("pull_request", "head", "sha"))
    }
    return WorkflowRunHead(event).map(ForgeKind.PullRequestReference.head)
  }
}

extension WorkflowRunHead {
  /// Reads the head of a `workflow_run`.
  fileprivate init?(_ event: JSONValue) {
    guard let repository = event.text("workflow_run", "head_repository", "full_name"),
      let branch = event.text("workflow_run", "head_branch"),
      let commit = event.text("workflow_run", "head_sha")
    else { return nil }
    self.init(repository: repository, branch: branch, commit: commit)
  }
}

extension JSONValue {
  /// A member of an object; nil if this is no object or the member is missing.
  package subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text of a nested member; nil if it is missing or no text.
  package func text(_ keys: String...) -> String? {
    guard case .string(let text)? = keys.reduce(self as JSONValue?, { $0?[$1] }) else { return nil }
    return text
  }
}
