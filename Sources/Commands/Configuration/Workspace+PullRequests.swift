import Git
import History

extension Workspace {
  /// GitLab's for merged results, and Azure's.
  private static let headVariables = [
    "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "SYSTEM_PULLREQUEST_SOURCECOMMITID",
  ]

  /// What a pipeline says that the head of its pull request is.
  static func pullRequestHeads(in environment: [String: String]) -> Set<String> {
    Set(headVariables.compactMap { environment[$0] })
  }

  /// What the runs of a commit belong to: for the merge that a service made to test a pull request, the
  /// head of that with the content that was tested; else the commit itself.
  func home(of commit: Commit) throws -> Commit {
    guard let pullRequest = try pullRequest(mergedBy: commit) else { return commit }
    return Commit(id: pullRequest.head, tree: commit.tree)
  }

  /// What a pull request was merged into; nil for any other commit.
  ///
  /// - Throws: ``HistoryError/shallow(at:)`` where it is not here.
  func pullRequestBase(of commit: Commit) throws -> Base? {
    guard let base = try pullRequest(mergedBy: commit)?.base else { return nil }
    guard let commit = try repository.commitIfPresent(base.description) else {
      throw HistoryError.shallow(at: commit.id)
    }
    return Base(name: "the pull request's base", commit: commit)
  }

  private func pullRequest(mergedBy commit: Commit) throws -> PullRequest? {
    try repository.pullRequest(mergedBy: commit, heads: pullRequestHeads)
  }
}
