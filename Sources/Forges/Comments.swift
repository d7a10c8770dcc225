import Measurements

/// The comments of a pull request, at most one of which this program maintains.
package struct Comments {
  let api: API
  let number: Int

  package init(api: API, number: Int) {
    self.api = api
    self.number = number
  }

  package enum Change: String {
    case created, updated, unchanged
  }

  /// Creates the comment of this program, or changes its text.
  ///
  /// The comment is searched for each time, because after a failure it is unknown whether it
  /// was written.
  ///
  /// - Parameter text: The text. Its first line, which is hidden, identifies the comment.
  package func put(_ text: String) throws -> Change {
    let forge = api.forge
    let label = forge.label(number)
    let all = forge.service.comments(forge.repository, number)
    let marker = String(text.prefix { $0 != "\n" })
    let user = try api.user()
    let own: Comment? = try api.search(all + forge.service.oldestFirst, about: label) {
      $0.first { $0.isOwn(of: user) && $0.begins(with: marker) }
    }
    let body = String(decoding: JSONValue.object(["body": .string(text)]).line, as: UTF8.self)
    guard let own else {
      try api.ask(Request("POST", all, body: body), about: label)
      return .created
    }
    guard own.text.trimmed != text.trimmed else { return .unchanged }
    let path = forge.service.comment(forge.repository, number, own.id)
    try api.ask(Request(forge.service.change, path, body: body), about: label)
    return .updated
  }
}

private struct Comment: Listed {
  static let plural = "comments"

  let id: Int64
  let text: String
  private let author: Int64?
  private let isOfProgram: Bool

  init(from reader: inout JSONReader) throws(JSONError) {
    let value = try reader.value()
    guard case .integer(let id)? = value["id"] else {
      throw reader.error("a comment without an id")
    }
    self.id = id
    text = value.text("body") ?? ""
    // GitLab calls the member `author`, the other services `user`.
    let user = value["author"] ?? value["user"]
    if case .integer(let author)? = user?["id"] { self.author = author } else { author = nil }
    // Gitea's own users have negative numbers.
    isOfProgram = user?.text("type") == "Bot" || (author ?? 0) < 0
  }

  /// True if this program may have written the comment. Other comments are refused: anybody can
  /// begin one as this program does, and could later change what the gate seems to say.
  ///
  /// - Parameter user: The id of the token's user; nil if it is unknown.
  func isOwn(of user: Int64?) -> Bool { user.map { $0 == author } ?? isOfProgram }

  func begins(with line: String) -> Bool { text.trimmed.prefix { $0 != "\n" } == line }
}

extension String {
  /// The text as servers store it: with one kind of line break, and without white space at the end.
  fileprivate var trimmed: String {
    var bytes = utf8.filter { $0 != UInt8(ascii: "\r") }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
