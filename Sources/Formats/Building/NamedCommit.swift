import Measurements

/// The commit at which the numbers of a file were measured, according to the file.
package struct NamedCommit: Hashable, Sendable {
  /// The id in hexadecimal, possibly only its first digits.
  package let id: String
  /// True if there were changes on top of the commit.
  package let isDirty: Bool

  /// The keys in the context of parsed results.
  static let key = "commit"
  static let dirtyKey = "commit_dirty"
}

extension ParsedResults {
  /// The commit that the input names; nil if it names none, or something else, such as a tag.
  package var namedCommit: NamedCommit? {
    guard let id = context[NamedCommit.key]?.lowercased(), (7...64).contains(id.utf8.count),
      id.allSatisfy({ $0.isHexDigit && $0.isASCII })
    else { return nil }
    return NamedCommit(id: id, isDirty: context[NamedCommit.dirtyKey] == "true")
  }
}
