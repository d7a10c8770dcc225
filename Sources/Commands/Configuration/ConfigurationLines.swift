import Git

/// On which line each entry of a configuration file stands, and below which heading.
///
/// libgit2 reads the file and says what it means; this only finds the places, for messages and to
/// tell two sections of one name apart. Where the two do not agree on the entries there are no
/// places, rather than wrong ones.
struct ConfigurationLines {
  struct Place: Hashable {
    /// From 1.
    let line: Int
    /// The line of the heading, which tells one section from another of the same name.
    let heading: Int
  }

  /// What follows a name, as far as it decides whether the next line belongs to it.
  private struct Value {
    private var isQuoted = false
    private(set) var isContinued = false

    mutating func read(_ text: Substring) {
      var rest = text
      isContinued = false
      while let character = rest.popFirst() {
        if character == "\\" {
          isContinued = rest.popFirst() == nil
        } else if character == "\"" {
          isQuoted.toggle()
        } else if !isQuoted, character == ";" || character == "#" {
          return
        }
      }
    }
  }

  private struct Found {
    let section: String
    let subsection: String?
    let name: String
    let place: Place
  }

  private var found: [Found] = []

  init(_ text: String) {
    var heading: (section: String, subsection: String?, line: Int)?
    var value: Value?
    let lines = text.drop { $0 == "\u{FEFF}" }
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      if value?.isContinued == true {
        value?.read(line)
        continue
      }
      var rest = line.drop { $0 == " " || $0 == "\t" }
      if rest.first == "[" {
        guard let title = Self.title(&rest) else { continue }
        heading = (title.section, title.subsection, index + 1)
      }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      guard let heading, !name.isEmpty else { continue }
      value = Value()
      value?.read(rest[name.endIndex...])
      found.append(
        Found(
          section: heading.section, subsection: heading.subsection, name: name.lowercased(),
          place: Place(line: index + 1, heading: heading.line)))
    }
  }

  /// The line of the first section that names another file, `[include]` or `[includeIf "…"]`.
  var include: Int? {
    found.first { ["include", "includeif"].contains($0.section) }?.place.line
  }

  /// The place of each entry; nil for all where they are not those that were found.
  func places(of entries: [ConfigurationEntry]) -> [Place?] {
    let agrees =
      entries.count == found.count
      && zip(entries, found).allSatisfy { entry, found in
        entry.section.lowercased() == found.section && entry.subsection == found.subsection
          && entry.name.lowercased() == found.name
      }
    return agrees ? found.map(\.place) : entries.map { _ in nil }
  }

  /// Reads `[section]`, `[section "subsection"]` or the older `[section.subsection]`, and steps over
  /// it.
  private static func title(
    _ line: inout Substring
  ) -> (section: String, subsection: String?)? {
    var rest = line.dropFirst()
    let section = rest.prefix { $0 != "]" && $0 != " " && $0 != "\t" }
    rest = rest[section.endIndex...].drop { $0 == " " || $0 == "\t" }
    var quoted: String?
    if rest.first == "\"" {
      rest = rest.dropFirst()
      var text = ""
      while let character = rest.popFirst(), character != "\"" {
        text.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
      }
      quoted = text
    }
    guard rest.first == "]" else { return nil }
    line = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    let parts = section.lowercased().split(separator: ".", maxSplits: 1)
    guard let name = parts.first else { return nil }
    return (String(name), quoted ?? (parts.count > 1 ? String(parts[1]) : nil))
  }
}
