extension Input {
  /// Whether some words occur anywhere, in so little time that a format can ask before it looks at
  /// every line.
  func mentions(_ words: String) -> Bool {
    let mark = Array(words.utf8)
    guard let first = mark.first, bytes.count >= mark.count else { return false }
    let bytes = bytes
    return (0...(bytes.count - mark.count)).contains { place in
      bytes[place] == first && bytes[place..<place + mark.count].elementsEqual(mark)
    }
  }

  /// The last part of the name without its ending, for formats in which nothing but the name of
  /// the file says what was measured.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }
}
