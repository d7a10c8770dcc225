import Measurements

/// What another workflow tested, by which its pull request is found.
///
/// The numbers of pull requests that come from forks are not in the event, and what the tested code has
/// written is not to be believed; but the server knows which commit it had tested.
struct TestedHead: Equatable {
  /// Owner and name of the repository that it is in, perhaps a fork: `somebody/tool`.
  let repository: String
  let branch: String
  let commit: String

  /// Which open pull request it is the head of.
  enum Place: Equatable {
    case pullRequest(Int)
    /// One that has gone on since.
    case past(Int)
  }

  /// - Throws: ``Complaint`` where it is none, or several.
  func place(by api: API) throws -> Place {
    let forge = api.forge
    let owner = repository.prefix { $0 != "/" }
    let path =
      "/repos/\(forge.repository.escapedParts)/pulls?state=open"
      + "&head=\(String(owner).escaped):\(branch.escaped)"
    let open: [PullRequest] = try api.all(path, about: forge.label)
    let ours = open.filter { $0.repository == repository && $0.branch == branch }
    let current = ours.filter { $0.commit == commit }
    guard current.count < 2 else {
      let numbers = current.map { String($0.id) }.joined(separator: " and ")
      throw Complaint(
        .failure, "pull requests \(numbers) are of the same branch",
        hint: "name the one that was tested with --pull-request")
    }
    if let one = current.first { return .pullRequest(Int(one.id)) }
    guard let past = ours.first else {
      throw Complaint(
        .failure,
        "no open pull request of '\(forge.repository)' is of '\(branch)' of '\(repository)'",
        hint: "it may be closed by now; --pull-request names another")
    }
    return .past(Int(past.id))
  }
}

/// An open one.
private struct PullRequest: Listed {
  static let plural = "pull requests"

  /// Its number.
  let id: Int64
  let branch: String
  let commit: String
  /// nil for one that is no more.
  let repository: String?

  init(from reader: inout JSONReader) throws(JSONError) {
    let value = try reader.value()
    guard case .integer(let number)? = value["number"], let branch = value.text("head", "ref"),
      let commit = value.text("head", "sha")
    else { throw reader.error("a pull request without a number and a head") }
    (id, self.branch, self.commit) = (number, branch, commit)
    repository = value.text("head", "repo", "full_name")
  }
}
