import Git
import Verdicts

/// One value under a key, as somebody wrote it.
struct Setting: Sendable {
  let section: String
  let subsection: String?
  let key: String
  let value: String
  /// `.perfconfig:12` or `git config`.
  let place: String
  /// Whether it came with the commit, and so was there for others to see.
  let isReviewed: Bool
  /// Tells the sections of one name in one file apart.
  let heading: Int?

  private init(_ entry: ConfigurationEntry, place: String, isReviewed: Bool, heading: Int?) {
    section = entry.section
    subsection = entry.subsection
    key = entry.name
    value = entry.value
    self.place = place
    self.isReviewed = isReviewed
    self.heading = heading
  }

  /// Of the file in the work tree.
  init(_ entry: ConfigurationEntry, _ place: ConfigurationLines.Place?) {
    let line = place.map { ":\($0.line)" } ?? ""
    self.init(
      entry, place: Configuration.fileName + line, isReviewed: true, heading: place?.heading)
  }

  /// `perf.gate.base` is `gate.base`, `perf.benchmark.parse/*.threshold` the threshold of a
  /// benchmark; `perf.notesRef` stays what it is.
  init?(gitConfig entry: ConfigurationEntry) {
    let parts = entry.subsection?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
    guard let section = parts.first else {
      self.init(entry, place: "git config", isReviewed: false, heading: nil)
      return
    }
    self.init(
      ConfigurationEntry(
        section: section, subsection: parts.count > 1 ? parts[1] : nil, name: entry.name,
        value: entry.value),
      place: "git config", isReviewed: false, heading: nil)
  }

  /// Without the subsection, which is a pattern.
  var name: String { "\(section).\(key)" }

  /// Whether both stand below the same heading.
  func isInSection(of other: Setting) -> Bool {
    section == other.section && subsection == other.subsection && heading == other.heading
      && isReviewed == other.isReviewed
  }

  /// What the subsection fits.
  var pattern: Pattern { Pattern(subsection ?? "*") }

  /// As git writes it.
  var fullName: String { subsection.map { "\(section).\($0).\(key)" } ?? name }
}
