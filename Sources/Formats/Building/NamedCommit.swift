import Measurements

/// The commit that a file says its numbers were measured at.
package struct NamedCommit: Hashable, Sendable {
  /// In hexadecimal, maybe the beginning of an id.
  package let id: String
  /// Whether there were changes on top of it.
  package let isDirty: Bool

  /// The names in a reading's context.
  static let key = "commit"
  static let dirtyKey = "commit_dirty"
}

extension ParsedResults {
  /// nil where the input names none, or something else, such as a tag.
  package var namedCommit: NamedCommit? {
    guard let id = context[NamedCommit.key]?.lowercased(), (7...64).contains(id.utf8.count),
      id.allSatisfy({ $0.isHexDigit && $0.isASCII })
    else { return nil }
    return NamedCommit(id: id, isDirty: context[NamedCommit.dirtyKey] == "true")
  }
}
