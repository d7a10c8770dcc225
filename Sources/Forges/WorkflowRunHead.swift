/// What another workflow tested, by which its pull request is found.
///
/// The numbers of pull requests that come from forks are not in the event, and what the tested code has
/// written is not to be believed; but the server knows which commit it had tested.
package struct WorkflowRunHead: Equatable {
  /// Owner and name of the repository that it is in, perhaps a fork: `somebody/tool`.
  package let repository: String
  package let branch: String
  package let commit: String
}
