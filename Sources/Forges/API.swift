import CommandLine
package import Measurements

/// What a server offers to programs: asked by requests, and lists by their pages.
package struct API {
  package let forge: ForgeRepository
  let send: (Request) throws -> Answer
  /// In seconds since the beginning of 1970.
  let now: () -> Double

  package init(
    forge: ForgeRepository, send: @escaping (Request) throws -> Answer, now: @escaping () -> Double
  ) {
    self.forge = forge
    self.send = send
    self.now = now
  }

  /// - Parameter label: What it is about, for the error where it is refused.
  @discardableResult
  package func ask(_ request: Request, about label: String) throws -> Answer {
    let answer = try send(request)
    guard answer.isSuccess else { throw answer.error(of: forge, about: label, now: now()) }
    return answer
  }

  /// Whose token it is; nil where the server does not say, as GitHub to the token of a workflow.
  package func user() throws -> Int64? {
    let answer = try send(Request("GET", "/user"))
    if answer.isSuccess {
      var reader = JSONReader(answer.body)
      guard case .integer(let id)? = try? reader.value()["id"] else { return nil }
      return id
    }
    let error = answer.error(of: forge, about: forge.label, now: now())
    if error is RetryableError { throw error }
    return nil
  }

  /// Goes through a list page by page, until something is found.
  ///
  /// Pages are counted: an address of the server's choice is not gone to. Whoever does not say whether
  /// there is another page is asked until nothing new comes.
  ///
  /// - Parameters:
  ///   - path: That of the list, which may have a query.
  ///   - find: What is looked for among the items of one page; nil where it is not there.
  package func search<Item: Listed, Found>(
    _ path: String, about label: String, _ find: ([Item]) -> Found?
  ) throws -> Found? {
    let query = path + (path.contains("?") ? "&" : "?") + "per_page=\(pageSize)&limit=\(pageSize)"
    var seen: Set<Int64> = []
    for page in 1...mostPages {
      let answer = try ask(Request("GET", "\(query)&page=\(page)"), about: label)
      let items = try read(answer, of: Item.plural) { (reader) throws(JSONError) in
        var items: [Item] = []
        try reader.array { (reader) throws(JSONError) in items.append(try Item(from: &reader)) }
        return items
      }
      // Some give the same page again, whatever is asked for.
      let new = items.filter { seen.insert($0.id).inserted }
      if let found = find(new) { return found }
      guard !new.isEmpty, answer.hasNextPage ?? (items.count >= leastFullPage) else { return nil }
    }
    throw Diagnostic(
      .failure, "the \(label) has too much to look through",
      hint: "more than \(mostPages) pages are not searched")
  }

  /// A whole list, page by page.
  package func all<Item: Listed>(_ path: String, about label: String) throws -> [Item] {
    var items: [Item] = []
    let _: Item? = try search(path, about: label) { page in
      items += page
      return nil
    }
    return items
  }

  /// - Parameter name: What is to be read.
  package func read<Value>(
    _ answer: Answer, of name: String,
    _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws -> Value {
    do throws(JSONError) {
      var reader = JSONReader(answer.body)
      let value = try read(&reader)
      try reader.end()
      return value
    } catch {
      throw Diagnostic(
        .failure, "'\(forge.api.text)' answers with something else than \(name): \(error)",
        hint: "see that this is the address of its API, or name it with --api")
    }
  }
}

/// What stands in a list of an API.
package protocol Listed {
  /// What it is called in an error.
  static var plural: String { get }
  /// No two of a list have the same.
  var id: Int64 { get }

  init(from reader: inout JSONReader) throws(JSONError)
}

/// As many as all of them give at once.
private let pageSize = 100
/// Servers may be set to give fewer at once.
private let leastFullPage = 10
private let mostPages = 1000

extension Answer {
  /// Whether it is a part of something, and more follows; nil where it does not say.
  fileprivate var hasNextPage: Bool? {
    if let next = headers["x-next-page"] { return !next.isEmpty }
    return headers["link"].map { $0.contains("rel=\"next\"") }
  }
}
