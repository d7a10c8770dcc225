import System

extension Input {
  /// True if some words occur anywhere in the text.
  func mentions(_ words: String) -> Bool {
    file?.text?.offset(of: words) != nil
  }

  /// The last part of the name without its extension. In some formats, only the name of the file
  /// says what was measured.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }
}
