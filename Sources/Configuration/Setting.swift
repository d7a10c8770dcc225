import Formats
import Git
import Verdicts

/// One value under a key, as somebody wrote it.
package struct Setting: Sendable {
  package let section: String
  package let subsection: String?
  package let key: String
  let value: String
  /// `.perfconfig:12` or `git config`.
  package let place: String
  /// Whether it came with a commit, and so was there for others to see.
  let isReviewed: Bool
  /// What it stands below, which other keys may stand below as well.
  let heading: Heading

  /// One heading of one file.
  struct Heading: Hashable, Sendable {
    /// As messages call it: `.perfconfig`, `main:.perfconfig`, `git config`.
    let file: String
    /// Tells sections of one name apart; 0 where the file is not looked at line by line.
    let number: Int
    let section: String
    let subsection: String?
  }

  private init(
    _ entry: ConfigurationEntry, in file: String, place: String, isReviewed: Bool, heading: Int
  ) {
    section = entry.section
    subsection = entry.subsection
    key = entry.name
    value = entry.value
    self.place = place
    self.isReviewed = isReviewed
    self.heading = Heading(
      file: file, number: heading, section: section, subsection: subsection)
  }

  /// Of a file that came with a commit.
  init(_ line: ConfigurationText.Line, in file: String) {
    self.init(
      line.entry, in: file, place: "\(file):\(line.number)", isReviewed: true,
      heading: line.heading)
  }

  /// `perf.gate.base` is `gate.base`, `perf.benchmark.parse/*.threshold` the threshold of a
  /// benchmark; `perf.notesRef` stays what it is.
  init(gitConfig entry: ConfigurationEntry) {
    let parts = entry.subsection?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
    let own =
      parts.first.map {
        ConfigurationEntry(
          section: $0, subsection: parts.count > 1 ? parts[1] : nil, name: entry.name,
          value: entry.value)
      } ?? entry
    self.init(own, in: Self.git, place: Self.git, isReviewed: false, heading: 0)
  }

  private static let git = "git config"

  /// Without the subsection, which is a pattern.
  package var name: String { "\(section).\(key)" }

  /// What the subsection fits.
  var pattern: Pattern { Pattern(subsection ?? "*") }

  /// As git writes it.
  var fullName: String { subsection.map { "\(section).\($0).\(key)" } ?? name }
}

extension Setting {
  /// What it says, wherever it stands.
  package struct Said: Hashable {
    let section: String
    let subsection: String?
    let key: String
    let value: String
  }

  package var said: Said { Said(section: section, subsection: subsection, key: key, value: value) }

  /// nil for a key that nobody knows.
  package var role: ConfigurationKey.Role? { ConfigurationKey.of(self)?.role }
}

extension [Setting] {
  /// Of a key without a subsection what counts; nil where nobody says.
  package func lastValue(of name: String) -> String? {
    last { $0.subsection == nil && $0.name == name }?.value
  }
}
