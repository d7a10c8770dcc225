/// Patterns of paths as `.gitignore` has them: the last one that fits decides, `!` takes back, a slash
/// before the end ties it to the top, one at the end means a folder, `**` crosses folders.
struct PathPatterns: Hashable, Sendable {
  private let rules: [Rule]

  /// - Parameter patterns: In the order of the file; empty ones say nothing.
  init(_ patterns: some Sequence<String>) { rules = patterns.compactMap(Rule.init) }

  /// What the last pattern says that fits a path, or a folder above it; nil where none does.
  func decision(on path: String) -> Bool? {
    let parts = path.split(separator: "/")
    var decision: Bool?
    for rule in rules {
      let fits = (1...max(1, parts.count)).contains { count in
        rule.fits(parts.prefix(count), isFolder: count < parts.count)
      }
      if fits { decision = !rule.isNegated }
    }
    return decision
  }

  func matches(_ path: String) -> Bool { decision(on: path) ?? false }

  private struct Rule: Hashable, Sendable {
    let isNegated: Bool
    let isOfFolder: Bool
    let isAnchored: Bool
    let parts: [[Character]]

    init?(_ text: String) {
      var text = text[...]
      isNegated = text.first == "!"
      if isNegated { text = text.dropFirst() }
      isOfFolder = text.last == "/"
      if isOfFolder { text = text.dropLast() }
      isAnchored = text.contains("/")
      parts = text.split(separator: "/").map(Array.init)
      guard !parts.isEmpty else { return nil }
    }

    func fits(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
      guard isFolder || !isOfFolder else { return false }
      let names = path.map(Array.init)
      if isAnchored { return Self.fit(parts[...], names[...]) }
      return names.last.map { Self.fits(parts[0][...], $0[...]) } ?? false
    }

    private static func fit(_ parts: ArraySlice<[Character]>, _ names: ArraySlice<[Character]>)
      -> Bool
    {
      guard let part = parts.first else { return names.isEmpty }
      if part == ["*", "*"] {
        return fit(parts.dropFirst(), names)
          || !names.isEmpty && fit(parts, names.dropFirst())
      }
      guard let name = names.first, fits(part[...], name[...]) else { return false }
      return fit(parts.dropFirst(), names.dropFirst())
    }

    /// Within one name: no wildcard stands for a slash.
    private static func fits(_ part: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
      guard let first = part.first else { return name.isEmpty }
      switch first {
      case "*":
        let rest = part.drop { $0 == "*" }
        return rest.isEmpty || name.indices.contains { fits(rest, name[$0...]) }
      case "?": return !name.isEmpty && fits(part.dropFirst(), name.dropFirst())
      case "[":
        guard let set = CharacterSet(part), let letter = name.first else { return false }
        return set.contains(letter) && fits(part.dropFirst(set.length), name.dropFirst())
      case "\\" where part.count > 1:
        return name.first == part[part.startIndex + 1] && fits(part.dropFirst(2), name.dropFirst())
      default: return name.first == first && fits(part.dropFirst(), name.dropFirst())
      }
    }
  }
}

/// `[a-z]` or `[!a-z]`.
private struct CharacterSet {
  let length: Int
  private let isNegated: Bool
  private let ranges: [ClosedRange<Character>]

  /// - Returns: nil where the bracket is not closed.
  init?(_ text: ArraySlice<Character>) {
    var rest = text.dropFirst()
    isNegated = ["!", "^"].contains(rest.first)
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ClosedRange<Character>] = []
    var isFirst = true
    while let letter = rest.popFirst() {
      if letter == "]", !isFirst {
        self.ranges = ranges
        length = text.count - rest.count
        return
      }
      isFirst = false
      guard rest.first == "-", let end = rest.dropFirst().first, end != "]", end >= letter else {
        ranges.append(letter...letter)
        continue
      }
      ranges.append(letter...end)
      rest = rest.dropFirst(2)
    }
    return nil
  }

  func contains(_ letter: Character) -> Bool {
    ranges.contains { $0.contains(letter) } != isNegated
  }
}
