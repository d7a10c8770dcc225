/// The commit that another workflow tested, by which its pull request is found.
///
/// The event does not have the numbers of pull requests that come from forks, and text that the
/// tested code wrote cannot be trusted. But the server knows which commit was tested.
package struct WorkflowRunHead: Equatable {
  /// The owner and name of the commit's repository, possibly a fork: `somebody/tool`.
  package let repository: String
  package let branch: String
  package let commit: String
}
