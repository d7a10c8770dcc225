/// Something to read: bytes under a name, loaded once, or a directory.
///
/// What every format asks of it is computed when it is made.
package struct Input: Sendable {
  /// For messages: a path as the user wrote it, or `standard input`.
  package let name: String
  package let contents: Contents
  /// Whether what looks like a result and is not understood is passed over with a warning.
  package var isLenient = false
  /// Where it was loaded from; nil for what was at hand.
  var origin: Origin?
  /// Other files that were named with it, and explain it.
  package var companions: [Input] = []

  package enum Contents: Sendable {
    case file(File)
    /// What a tool writes as a tree of files.
    case directory(Directory)
  }

  /// Where a file was found, and how large it may be; the same holds for those beside it.
  struct Origin {
    let path: String
    /// In bytes.
    let limit: Int
  }

  /// A file that is at hand already; a byte order mark at its start is dropped.
  package init(name: String, bytes: [UInt8]) {
    self.init(name: name, contents: .file(File(bytes)))
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  package init(name: String, contents: Contents) {
    self.name = name
    self.contents = contents
  }
}

extension Input {
  /// Without a byte order mark; empty for a directory.
  package var bytes: [UInt8] { file?.bytes ?? [] }

  /// The keys of a JSON file, up to where it breaks off; nil for anything that is not JSON.
  package var outline: JSONOutline? { file?.outline }

  package var file: File? {
    if case .file(let file) = contents { file } else { nil }
  }

  package var directory: Directory? {
    if case .directory(let directory) = contents { directory } else { nil }
  }

  /// An error about this input.
  package func error(
    _ problem: String, line: Int? = nil, field: String? = nil, text: String? = nil,
    hint: String? = nil
  ) -> InputError {
    InputError(problem, input: name, line: line, field: field, text: text, hint: hint)
  }
}

/// The bytes of a file and what can be told from them at once.
package struct File: Sendable {
  package let bytes: [UInt8]
  /// Nil when the bytes are not UTF-8 or hold a zero, which no text has.
  package let text: String?
  package let outline: JSONOutline?

  package init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    text = self.bytes.contains(0) ? nil : String(validating: self.bytes, as: UTF8.self)
    outline = text == nil ? nil : JSONOutline(of: self.bytes)
  }
}
