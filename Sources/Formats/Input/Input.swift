/// An input to read: bytes with a name, loaded once, or a directory.
///
/// The properties that every format asks for are computed when it is made.
package struct Input: Sendable {
  /// The name for messages: a path as the user wrote it, or `standard input`.
  package let name: String
  package let contents: Contents
  /// True to skip, with a warning, parts that look like a result and are not understood.
  package var isLenient = false
  /// True if the reader is to give what can be summed for the whole launch, false if it is to give
  /// each call of a language model as a round.
  package var sumsCalls = false
  /// The place that it was loaded from; nil for bytes that were already in memory.
  var origin: Origin?
  /// Other files that were named with it and explain it.
  package var companions: [Input] = []

  package enum Contents: Sendable {
    case file(File)
    /// A tree of files that a tool wrote.
    case directory(Directory)
  }

  /// The place of a file and its largest size. Both also apply to the files beside it.
  struct Origin {
    let path: String
    /// The largest size, in bytes.
    let limit: Int
  }

  /// Makes an input of bytes in memory. A byte order mark at their start is dropped.
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
  /// The bytes without a byte order mark; empty for a directory.
  package var bytes: [UInt8] { file?.bytes ?? [] }

  /// The keys of a JSON file, as far as it is JSON; nil for anything else.
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

/// The bytes of a file, with their text and outline.
package struct File: Sendable {
  package let bytes: [UInt8]
  /// The text; nil if the bytes are not UTF-8, or hold a zero, which no text has.
  package let text: String?
  package let outline: JSONOutline?

  package init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    text = self.bytes.contains(0) ? nil : String(validating: self.bytes, as: UTF8.self)
    outline = text == nil ? nil : JSONOutline(of: self.bytes)
  }
}
