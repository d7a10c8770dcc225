import CommandLine

/// The file that `perf-record --spool` appends to.
enum SpoolPlace: Hashable, Sendable {
  /// The file under the git directory, which the programs that store know.
  case usual
  case file(String)

  /// The text that stands for the usual file, wherever the git directory is.
  static let usualText = ".git/perf/spool"
}

extension Argument where Value == SpoolPlace {
  static var spool: Self {
    Argument("<file>", completing: .file) { text throws(UsageError) in
      guard !text.isEmpty else { throw UsageError("it is empty") }
      return text == SpoolPlace.usualText ? .usual : .file(text)
    }
  }
}
