import CLibGit2

/// The parents of the temporary merge with which a service tests a pull request. No branch leads to
/// the merge, and the service deletes it soon.
package struct PullRequest: Hashable, Sendable {
  package let base: ObjectID
  package let head: ObjectID
}

extension Repository {
  /// The pull request that a commit merges for a test; nil for any other commit.
  ///
  /// GitHub writes `Merge <head> into <base>`, with the ids of both parents, which nobody writes by
  /// hand. But somebody who wants to choose the base of the comparison could do so, so the
  /// information of the pipeline takes precedence.
  ///
  /// - Parameters:
  ///   - heads: The ids of the head according to the pipeline.
  ///   - believesMessage: True if the message counts.
  package func pullRequest(
    mergedBy commit: Commit, heads: Set<String>, believesMessage: Bool
  ) throws(GitError) -> PullRequest? {
    let parents = try parents(of: commit.id)
    guard parents.count == 2 else { return nil }
    let handle = try handle(ofCommit: commit.id)
    // SAFETY: the text belongs to the commit, which lives until the end of this scope.
    let text = unsafe git_commit_message(handle.pointer).map { unsafe String(cString: $0) } ?? ""
    let message = text.split(whereSeparator: \.isNewline).first ?? ""
    let (base, head) = (parents[0], parents[1])
    let isNamed = believesMessage && message == "Merge \(head) into \(base)"
    guard isNamed || heads.contains(head.description) else { return nil }
    return PullRequest(base: base, head: head)
  }
}
