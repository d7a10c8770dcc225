extension Launch.Result {
  /// The standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }

  /// The last lines of standard error.
  package var lastWords: [String] { messages.split(separator: "\n").map(String.init) }
}
