import CommandLine
package import Measurements

/// The API of a server: sends requests, and reads lists page by page.
package struct API {
  package let forge: ForgeRepository
  let send: (Request) throws -> Answer
  /// The current time in seconds since the beginning of 1970.
  let now: () -> Double

  package init(
    forge: ForgeRepository, send: @escaping (Request) throws -> Answer, now: @escaping () -> Double
  ) {
    self.forge = forge
    self.send = send
    self.now = now
  }

  /// Sends a request.
  ///
  /// - Parameter label: The subject of the request, for the error if it is refused.
  @discardableResult
  package func ask(_ request: Request, about label: String) throws -> Answer {
    let answer = try send(request)
    guard answer.isSuccess else { throw answer.error(of: forge, about: label, now: now()) }
    return answer
  }

  /// The id of the user of the token; nil if the server does not tell it, as GitHub for the token
  /// of a workflow.
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

  /// Searches a list page by page until something is found.
  ///
  /// Pages are requested by number. An address that the server chooses is not used. If the server
  /// does not say whether there is another page, pages are requested until one has nothing new.
  ///
  /// - Parameters:
  ///   - path: The path of the list, which may have a query.
  ///   - find: Searches the items of one page; returns nil if nothing is found.
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
      // Some servers return the same page again for any page number.
      let new = items.filter { seen.insert($0.id).inserted }
      if let found = find(new) { return found }
      guard !new.isEmpty, answer.hasNextPage ?? (items.count >= leastFullPage) else { return nil }
    }
    throw Diagnostic(
      .failure, "the \(label) has too much to look through",
      hint: "more than \(mostPages) pages are not searched")
  }

  /// Reads a whole list, page by page.
  package func all<Item: Listed>(_ path: String, about label: String) throws -> [Item] {
    var items: [Item] = []
    let _: Item? = try search(path, about: label) { page in
      items += page
      return nil
    }
    return items
  }

  /// Reads an answer.
  ///
  /// - Parameter name: The name of the content, for the error.
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

/// An item of a list of an API.
package protocol Listed {
  /// The plural name of the items, for an error.
  static var plural: String { get }
  /// The id, which is unique in a list.
  var id: Int64 { get }

  init(from reader: inout JSONReader) throws(JSONError)
}

/// The number of items in a page, which all servers allow.
private let pageSize = 100
/// The number of items from which a page counts as full. Servers may be configured to return fewer
/// items than requested.
private let leastFullPage = 10
private let mostPages = 1000

extension Answer {
  /// True if another page follows, false if not; nil if the answer does not say.
  fileprivate var hasNextPage: Bool? {
    if let next = headers["x-next-page"] { return !next.isEmpty }
    return headers["link"].map { $0.contains("rel=\"next\"") }
  }
}
