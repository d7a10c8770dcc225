/// A mark such as `--- FAIL: BenchmarkFoo-8`, on a line of its own or after the name of
/// the benchmark.
struct GoMark {
  let kind: Kind
  /// The benchmark or test, with its prefix.
  let subject: Substring

  enum Kind: Substring {
    case fail = "FAIL:"
    case skip = "SKIP:"
    case bench = "BENCH:"
  }

  /// Reads the fields of a line.
  ///
  /// - Parameter fields: The fields of the line.
  /// - Returns: nil for any other line, such as one with a mark in the middle of a sentence.
  init?(_ fields: [Substring]) {
    let start = fields.first == "---" ? 0 : 1
    guard fields.count >= start + 3, fields[start] == "---",
      start == 0 || fields[0].hasPrefix("Benchmark"),
      let kind = Kind(rawValue: fields[start + 1])
    else { return nil }
    self.kind = kind
    subject = fields[start + 2]
  }
}

/// A setting such as `goos: linux`, which applies to the results below it.
struct GoSetting {
  let key: String
  /// The value; nil removes the setting.
  let value: String?

  /// Words that begin messages of the go command and the runtime, which have the same form.
  private static let messages: Set<String> = [
    "debug", "error", "fatal", "go", "info", "panic", "runtime", "signal", "testing", "vet",
    "warning",
  ]

  /// Reads a line.
  ///
  /// - Returns: nil unless it begins with a lower-case word without capitals, followed by a colon
  ///   and white space or the end.
  init?(_ text: Substring) {
    guard text.first?.isLowercase == true, let colon = text.firstIndex(of: ":") else { return nil }
    let key = text[..<colon]
    let rest = text[text.index(after: colon)...]
    guard !key.contains(where: { $0.isWhitespace || $0.isUppercase }),
      rest.first.map(\.isWhitespace) ?? true, !Self.messages.contains(String(key))
    else { return nil }
    let value = rest.words.joined(separator: " ")
    self.key = String(key)
    self.value = value.isEmpty ? nil : value
  }
}

/// The end of a process: `PASS`, `FAIL`, `ok  <package> 3.6s` or `FAIL <package> [build failed]`.
struct GoEnd {
  let failed: Bool
  /// The package; nil for the line of the test binary itself, after which the go command prints one
  /// with the package.
  let package: String?
  /// The rest of the line, such as `[build failed]`.
  let detail: String

  init?(_ text: Substring) {
    guard let first = text.utf8.first, "POoF".utf8.contains(first) else { return nil }
    let fields = text.words
    guard let verdict = fields.first, text.first?.isWhitespace == false else { return nil }
    switch verdict {
    case "PASS" where fields.count == 1, "ok" where fields.count > 1: failed = false
    case "FAIL": failed = true
    default: return nil
    }
    package = fields.count > 1 ? String(fields[1]) : nil
    detail = fields.dropFirst(2).joined(separator: " ")
  }
}
