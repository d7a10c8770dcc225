import Git
import History

extension Workspace {
  /// The commit that the runs of a commit belong to. For the merge that a service made to test a
  /// pull request, it is the head of the pull request with the tree of the merge, which was tested;
  /// else it is the commit itself.
  func home(of commit: Commit) throws -> Commit {
    guard let pullRequest = try pullRequest(mergedBy: commit) else { return commit }
    return Commit(id: pullRequest.head, tree: commit.tree)
  }

  /// The base that a pull request was merged into; nil for any other commit.
  ///
  /// - Throws: ``HistoryError/shallow(at:)`` if the base is not here.
  func pullRequestBase(of commit: Commit) throws -> Base? {
    guard let base = try pullRequest(mergedBy: commit)?.base else { return nil }
    guard let commit = try repository.commitIfPresent(base.description) else {
      throw HistoryError.shallow(at: commit.id)
    }
    return Base(name: "the pull request's base", commit: commit)
  }

  private func pullRequest(mergedBy commit: Commit) throws -> PullRequest? {
    try repository.pullRequest(
      mergedBy: commit, heads: pipeline.heads,
      believesMessage: pipeline.mayHaveMerged(commit.id.description))
  }
}

/// The variables of a pipeline about a pull request.
struct CIEnvironment {
  let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  /// The ids of the head, from GitLab's variable for merged results and from Azure's.
  var heads: Set<String> {
    let variables = ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "SYSTEM_PULLREQUEST_SOURCECOMMITID"]
    return Set(variables.compactMap { environment[$0] })
  }

  /// The base that the change is to be merged into.
  var base: PipelineBase { PipelineBase(environment) }

  /// True if a commit can be a merge that a service made, whose message says what it merges. This
  /// is believed only in a pipeline for a pull request, because anybody can write such a message.
  func mayHaveMerged(_ commit: String) -> Bool {
    if environment["GITHUB_ACTIONS"] == "true" {
      return environment["GITHUB_SHA"] == commit
        && environment["GITHUB_REF"]?.hasPrefix("refs/pull/") == true
    }
    // These services name the head of what they have merged, and make no such merges.
    guard ["GITLAB_CI", "TF_BUILD"].allSatisfy({ (environment[$0] ?? "").isEmpty }) else {
      return false
    }
    return Self.pullRequests.contains { !["", "false"].contains(environment[$0] ?? "") }
  }

  /// The variables that other services set when they check out the merge that GitHub or Gitea
  /// has made: Jenkins, Buildkite, Travis, CircleCI, Drone, Woodpecker, Cirrus, AppVeyor,
  /// Semaphore, Bitrise.
  private static let pullRequests = [
    "CHANGE_ID", "BUILDKITE_PULL_REQUEST", "TRAVIS_PULL_REQUEST", "CIRCLE_PULL_REQUEST",
    "DRONE_PULL_REQUEST", "CI_COMMIT_PULL_REQUEST", "CIRRUS_PR", "APPVEYOR_PULL_REQUEST_NUMBER",
    "SEMAPHORE_GIT_PR_NUMBER", "BITRISE_PULL_REQUEST",
  ]
}
