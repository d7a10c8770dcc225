import CommandLine
import Formats
import Git

/// A `.perfconfig` of a tree or of the work tree, as it was written. Its keys are not interpreted
/// yet.
package struct ConfigurationFile: Sendable {
  package let settings: [Setting]
  /// True if the file exists, even if it is empty.
  package let isPresent: Bool

  private init(settings: [Setting], isPresent: Bool) {
    self.settings = settings
    self.isPresent = isPresent
  }

  package static let absent = ConfigurationFile(settings: [], isPresent: false)
  /// A file that exists and that nobody can read.
  package static let unreadable = ConfigurationFile(settings: [], isPresent: true)

  /// Parses a file.
  ///
  /// - Parameter name: The name of the file in messages.
  /// - Throws: ``ConfigurationError`` for a line that git itself would refuse, and for one that
  ///   includes other files.
  package init(_ bytes: [UInt8], name: String) throws {
    let lines: [ConfigurationText.Line]
    do {
      lines = try ConfigurationText(bytes).lines
    } catch {
      let isNull = bytes.contains(0)
      throw ConfigurationError(
        "bad line \(error.number) in \(name)"
          + (isNull ? ": it has null bytes, as a crash of the machine leaves them" : ""),
        hint: Self.keyAdvice(bytes, line: error.number)
          ?? "it is written like `.gitconfig`, in sections with `key = value`: "
          + "`git config -f .perfconfig -l` reads it")
    }
    if let line = lines.first(where: { ["include", "includeif"].contains($0.entry.section) }) {
      throw ConfigurationError(
        "an include in \(name):\(line.number): other files are not read",
        hint:
          "write what it says into \(ProjectConfiguration.fileName), or into git config under `perf.`"
      )
    }
    self.init(settings: lines.map { Setting($0, in: name) }, isPresent: true)
  }

  /// Returns the advice on a line whose key has an underscore, as metrics have; nil if it has none.
  /// Git knows no such key.
  private static func keyAdvice(_ bytes: [UInt8], line: Int) -> String? {
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let key = String(decoding: lines[line - 1], as: UTF8.self).drop { $0 == " " || $0 == "\t" }
      .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    guard key.contains("_"), key.first?.isLetter == true else { return nil }
    return "a key has letters, digits and dashes only: write `\(key.replacing("_", with: "-"))` in "
      + "place of `\(key)`"
  }

  /// The largest size in bytes that a file written by a person may have.
  static let most = 16_000_000
}
