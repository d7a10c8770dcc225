import CommandLine
import Formats
import Git
import Verdicts

/// A value of a key, as it was written.
package struct Setting: Sendable {
  package let section: String
  package let subsection: String?
  package let key: String
  let value: String
  /// The place of the setting: `.perfconfig:12` or `git config`.
  package let place: String
  /// True if the setting came with a commit, so that others could see it.
  let isReviewed: Bool
  /// The heading above the setting, which may have other keys as well.
  let heading: Heading

  /// A heading of a file.
  struct Heading: Hashable, Sendable {
    /// The name of the file in messages: `.perfconfig`, `main:.perfconfig`, `git config`.
    let file: String
    /// The number of the heading, which distinguishes sections of the same name. It is 0 if the
    /// file is not read line by line.
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

  /// Creates a setting from a line of a file that came with a commit.
  init(_ line: ConfigurationText.Line, in file: String) {
    self.init(
      line.entry, in: file, place: "\(file):\(line.number)", isReviewed: true,
      heading: line.heading)
  }

  /// Creates a setting from git's configuration.
  ///
  /// `perf.gate.base` becomes `gate.base`, and `perf.benchmark.parse/*.threshold` becomes the
  /// threshold of a benchmark. `perf.notesRef` keeps its name.
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

  /// The section and the key, without the subsection, which is a pattern.
  package var name: String { "\(section).\(key)" }

  /// The pattern in the subsection; `*` if there is none.
  var pattern: Pattern { Pattern(subsection ?? "*") }

  /// The name with the subsection, as git writes it.
  var fullName: String { subsection.map { "\(section).\($0).\(key)" } ?? name }
}

extension Setting {
  /// The content of a setting, without its place.
  package struct Said: Hashable {
    let section: String
    let subsection: String?
    let key: String
    let value: String
  }

  package var said: Said { Said(section: section, subsection: subsection, key: key, value: value) }

  /// The role of the key; nil for an unknown key.
  package var role: ConfigurationKey.Role? { ConfigurationKey.of(self)?.role }
}

extension Setting {
  /// The sections that say where something is sent, which whoever proposes a change must not choose.
  /// Only the program that sends reads them, from git's configuration.
  private static let privateSections: Set = ["export"]

  /// Returns true for a setting that one program reads by itself.
  ///
  /// - Throws: ``ConfigurationError`` for one in a file of the tree.
  func isOfProgramsOnly() throws -> Bool {
    guard Self.privateSections.contains(section) else { return false }
    guard !isReviewed else {
      throw ConfigurationError(
        "'\(fullName)' stands in \(place), and no file of the tree says where numbers go",
        hint: "take it out; git's own configuration has it: `git config \(fullName) <value>`")
    }
    return true
  }
}

extension [Setting] {
  /// Returns the value that counts of a key without a subsection; nil if nobody sets it.
  package func lastValue(of name: String) -> String? {
    last { $0.subsection == nil && $0.name == name }?.value
  }

  /// Returns all values of a key without a subsection.
  package func values(of name: String) -> [String] {
    filter { $0.subsection == nil && $0.name == name }.map(\.value)
  }
}
