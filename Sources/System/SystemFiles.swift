/// The files in which a system describes itself, `/proc` and `/sys`.
///
/// As texts they can be those of another machine.
package struct SystemFiles: Sendable {
  /// The beginning of a file; nil where it cannot be read.
  package let text: @Sendable (_ path: String) -> String?
  /// What a folder holds, in alphabetical order.
  package let names: @Sendable (_ folder: String) -> [String]
}

extension SystemFiles {
  /// Those of a machine that is not this one, by their paths.
  package init(_ texts: [String: String]) {
    text = { texts[$0] }
    names = { folder in
      let inside = texts.keys.filter { $0.hasPrefix(folder + "/") }
      let names = inside.map { String($0.dropFirst(folder.count + 1).prefix { $0 != "/" }) }
      return Set(names).sorted()
    }
  }

  /// The single value that most files of `/sys` hold; nil for an empty one too.
  package func word(_ path: String) -> String? {
    guard let text = text(path), let line = text.split(whereSeparator: \.isNewline).first else {
      return nil
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
