/// The files in which a system describes itself, `/proc` and `/sys`.
///
/// They can also be given as texts, so that another machine can be described.
package struct SystemFiles: Sendable {
  /// Reads the beginning of a file; nil if it cannot be read.
  package let text: @Sendable (_ path: String) -> String?
  /// Lists the names in a folder, in alphabetical order.
  package let names: @Sendable (_ folder: String) -> [String]
}

extension SystemFiles {
  /// Creates the files of another machine from texts by path.
  package init(_ texts: [String: String]) {
    text = { texts[$0] }
    names = { folder in
      let inside = texts.keys.filter { $0.hasPrefix(folder + "/") }
      let names = inside.map { String($0.dropFirst(folder.count + 1).prefix { $0 != "/" }) }
      return Set(names).sorted()
    }
  }

  /// The single value that most files of `/sys` hold; nil if the file is missing or empty.
  package func word(_ path: String) -> String? {
    guard let text = text(path), let line = text.split(whereSeparator: \.isNewline).first else {
      return nil
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
