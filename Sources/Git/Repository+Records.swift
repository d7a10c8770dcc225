import CLibGit2

/// A local reference that keeps a tree and a line of text about it.
package struct ReferenceRecord {
  package let tree: ObjectID
  package let text: String
}

extension Repository {
  /// The record that a reference keeps; nil if there is none.
  package func record(_ reference: String) throws(GitError) -> ReferenceRecord? {
    guard let target = try target(of: reference) else { return nil }
    return ReferenceRecord(tree: try commit(target).tree, text: try subject(of: target))
  }

  /// Keeps a tree and a line of text in a reference, as a commit without parents, in place of what
  /// it kept before.
  package func setRecord(
    _ reference: String, tree: ObjectID, text: String
  ) throws(GitError) {
    try setReference(reference, to: try writeCommit(tree: tree, parents: [], message: text + "\n"))
  }
}
