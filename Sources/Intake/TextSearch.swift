extension StringProtocol {
  /// Whether a text stands anywhere in this one, byte by byte: what is asked of every line of a large
  /// file has to be answered fast.
  func holds(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: text.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
