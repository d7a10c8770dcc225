/// A text as it stands in JSON, quotes included, to be looked for in bytes.
struct Needle {
  let text: String
  private let bytes: [UInt8]

  init(_ text: String) throws(HistoryError) {
    self.text = text
    bytes = try RunLine.json(text)
  }

  func isIn(_ haystack: [UInt8]) -> Bool {
    guard haystack.count >= bytes.count else { return false }
    return (0...haystack.count - bytes.count).contains { start in
      bytes.indices.allSatisfy { haystack[start + $0] == bytes[$0] }
    }
  }
}
