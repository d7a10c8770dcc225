extension Launch.Result {
  /// What it printed on standard output.
  package var text: String { String(decoding: output, as: UTF8.self) }

  /// The last lines of standard error.
  package var lastWords: [String] { messages.split(separator: "\n").map(String.init) }
}
