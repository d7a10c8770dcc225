import System

extension Input {
  /// Whether some words occur anywhere.
  func mentions(_ words: String) -> Bool {
    file?.text?.offset(of: words) != nil
  }

  /// The last part of the name without its ending, for formats in which nothing but the name of
  /// the file says what was measured.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }
}
