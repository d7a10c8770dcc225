import Measurements

/// The comments of a pull request, of which one is ours.
struct Comments {
  let discussion: Discussion
  let send: (Request) throws -> Answer
  /// In seconds since the beginning of 1970.
  let now: () -> Double

  enum Change: String {
    case created, updated, unchanged
  }

  /// Has the one comment of this kind say this, whether or not it is there already.
  ///
  /// Each time it is looked for first: after a failure nobody knows whether it was written.
  ///
  /// - Parameter text: Its first line, a hidden one, is what it is known by.
  func put(_ text: String) throws -> Change {
    let (service, repository) = (discussion.service, discussion.repository)
    guard let own = try find(String(text.prefix { $0 != "\n" })) else {
      try ask(Request("POST", comments, body: Self.body(text)))
      return .created
    }
    guard own.text.trimmed != text.trimmed else { return .unchanged }
    let path = service.comment(repository, discussion.number, own.id)
    try ask(Request(service.change, path, body: Self.body(text)))
    return .updated
  }

  private var comments: String {
    discussion.service.comments(discussion.repository, discussion.number)
  }

  private static func body(_ text: String) -> String {
    String(decoding: JSONValue.object(["body": .string(text)]).line, as: UTF8.self)
  }

  @discardableResult
  private func ask(_ request: Request) throws -> Answer {
    let answer = try send(request)
    guard answer.isSuccess else { throw answer.error(in: discussion, now: now()) }
    return answer
  }

  /// The first comment that begins with a line.
  ///
  /// Pages are counted: an address of the server's choice is not gone to. Whoever does not say whether
  /// there is another page is asked until nothing new comes.
  private func find(_ line: String) throws -> Comment? {
    var seen: Set<Int64> = []
    for page in 1...Self.mostPages {
      let answer = try ask(
        Request("GET", "\(comments)?per_page=\(Self.pageSize)&limit=\(Self.pageSize)&page=\(page)"))
      let comments = try read(answer)
      if let own = comments.first(where: { $0.begins(with: line) }) { return own }
      let isNew = comments.contains { seen.insert($0.id).inserted }
      comments.forEach { seen.insert($0.id) }
      guard isNew, answer.hasNextPage ?? (comments.count >= Self.leastFullPage) else { return nil }
    }
    throw Complaint(
      .failure, "the \(discussion.label) has too many comments",
      hint: "more than \(Self.mostPages) pages are not searched")
  }

  /// As many as all of them give at once.
  private static let pageSize = 100
  /// Servers may be set to give fewer at once.
  private static let leastFullPage = 10
  private static let mostPages = 1000

  private func read(_ answer: Answer) throws -> [Comment] {
    do throws(JSONError) {
      return try Comment.all(in: answer.body)
    } catch {
      throw Complaint(
        .failure, "'\(discussion.api.text)' answers with something else than comments: \(error)",
        hint: "see that this is the address of its API, or name it with --api")
    }
  }
}

private struct Comment {
  let id: Int64
  let text: String

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: Int64?
    var text: String?
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "id": id = try reader.integer()
      case "body":
        text = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      default: try reader.skip()
      }
    }
    guard let id else { throw reader.error("a comment without an id") }
    self.id = id
    self.text = text ?? ""
  }

  static func all(in bytes: [UInt8]) throws(JSONError) -> [Comment] {
    var comments: [Comment] = []
    var reader = JSONReader(bytes)
    try reader.array { (reader) throws(JSONError) in comments.append(try Comment(from: &reader)) }
    try reader.end()
    return comments
  }

  func begins(with line: String) -> Bool { text.trimmed.prefix { $0 != "\n" } == line }
}

extension Answer {
  /// Whether it is a part of something, and more follows; nil where it does not say.
  fileprivate var hasNextPage: Bool? {
    if let next = headers["x-next-page"] { return !next.isEmpty }
    return headers["link"].map { $0.contains("rel=\"next\"") }
  }
}

extension String {
  /// As servers store it: with line breaks of one kind, and without white space at the end.
  fileprivate var trimmed: String {
    var bytes = utf8.filter { $0 != UInt8(ascii: "\r") }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
