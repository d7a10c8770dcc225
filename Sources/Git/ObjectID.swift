import CLibGit2

/// The name of a git object, in lower-case hexadecimal.
///
/// There is no all-zero id: "no object" is nil.
package struct ObjectID: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Parses an id.
  ///
  /// - Returns: nil unless the text is 40 hexadecimal digits and not all zero.
  package init?(_ hex: String) {
    let digits = hex.lowercased()
    guard digits.utf8.count == Self.digits,
      digits.utf8.allSatisfy({ Self.hexadecimal.contains($0) }),
      digits.utf8.contains(where: { $0 != UInt8(ascii: "0") })
    else { return nil }
    description = digits
  }

  /// The first ten digits, which are enough to be unique for a reader.
  package var short: String { String(description.prefix(10)) }

  private static let digits = 40
  private static let hexadecimal = Set("0123456789abcdef".utf8)
}

extension ObjectID {
  /// Copies a libgit2 id.
  init(_ raw: git_oid) {
    var raw = raw
    var text = [CChar](repeating: 0, count: Self.digits + 1)
    // SAFETY: the buffer has room for 40 digits and the terminator that it already holds.
    unsafe git_oid_fmt(&text, &raw)
    description = String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  var raw: git_oid {
    var raw = git_oid()
    // SAFETY: the initialiser made sure of 40 hexadecimal digits, so this cannot fail.
    _ = unsafe git_oid_fromstr(&raw, description)
    return raw
  }
}
