import CommandLine
import Forges
import Measurements

/// A pull request as a server describes it.
struct PullRequestAnswer: Listed {
  static let plural = "pull requests"

  /// The number of the pull request.
  let id: Int64
  let isOpen: Bool
  let branch: String
  /// The id of the head commit.
  let commit: String
  /// The repository of the head; nil if it no longer exists or the answer does not name it.
  let repository: String?

  /// The pull request that a report belongs to.
  enum Place: Equatable {
    case pullRequest(Int)
    /// The pull request has newer commits than the one that was tested.
    case past(Int)
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    let value = try reader.value()
    // GitLab names the fields otherwise than the other services.
    guard case .integer(let number)? = value["iid"] ?? value["number"],
      let branch = value.text("source_branch") ?? value.text("head", "ref"),
      let commit = value.text("head", "sha") ?? value.text("sha")
    else { throw reader.error("a pull request without a number and a head") }
    (id, self.branch, self.commit) = (number, branch, commit)
    isOpen = ["open", "opened", nil].contains(value.text("state"))
    repository = value.text("head", "repo", "full_name")
  }
}

extension API {
  /// Finds the pull request with a number.
  ///
  /// - Parameter commit: The commit that was tested; nil if it is unknown.
  /// - Throws: ``Diagnostic`` if the pull request is closed.
  func place(of number: Int, testedAt commit: String?) throws -> PullRequestAnswer.Place {
    let label = forge.label(number)
    let path = forge.service.pullRequest(forge.repository, number)
    let answer = try ask(Request("GET", path), about: label)
    let pullRequest = try read(answer, of: PullRequestAnswer.plural) {
      (reader) throws(JSONError) in try PullRequestAnswer(from: &reader)
    }
    guard pullRequest.isOpen else {
      throw Diagnostic(
        .failure, "the \(label) is closed", hint: "read the report's own file, or open it again")
    }
    return commit.map { $0 == pullRequest.commit } ?? true ? .pullRequest(number) : .past(number)
  }

  /// Finds the open pull request of a branch.
  ///
  /// - Throws: ``Diagnostic`` if the head is that of no open pull request, or of several.
  func place(of head: WorkflowRunHead) throws -> PullRequestAnswer.Place {
    let owner = String(head.repository.prefix { $0 != "/" })
    let path =
      "/repos/\(forge.repository.escapedParts)/pulls?state=open"
      + "&head=\(owner.escaped):\(head.branch.escaped)"
    let open: [PullRequestAnswer] = try all(path, about: forge.label)
    let ours = open.filter { $0.repository == head.repository && $0.branch == head.branch }
    let current = ours.filter { $0.commit == head.commit }
    guard current.count < 2 else {
      let numbers = current.map { String($0.id) }.joined(separator: " and ")
      throw Diagnostic(
        .failure, "pull requests \(numbers) are of the same branch",
        hint: "name the one that was tested with --pull-request")
    }
    if let one = current.first { return .pullRequest(Int(one.id)) }
    guard let past = ours.first else {
      throw Diagnostic(
        .failure,
        "no open pull request of '\(forge.repository)' is of '\(head.branch)' of "
          + "'\(head.repository)'",
        hint: "it may be closed by now; --pull-request names another")
    }
    return .past(Int(past.id))
  }
}
