/// A description of the work that was measured. Two numbers of the same name are comparable if
/// their definitions are equal.
package struct Definition: Hashable, Sendable {
  /// The digest of everything that decides what is measured, including values that are not shown,
  /// such as those of variables.
  package let digest: String
  /// The visible part of the definition, one line for each part: `command: ./bench --size 1`.
  package let text: String

  package init(digest: String, text: String) {
    self.digest = digest
    self.text = text
  }

  /// Creates a definition from its parts.
  ///
  /// - Parameters:
  ///   - parts: The parts that decide what is measured, each with its name and its visible text, in
  ///     any order.
  package init(_ parts: [Part]) {
    let parts = parts.sorted { $0.name < $1.name }
    let all = parts.map { JSONValue.array(([$0.name] + $0.values).map(JSONValue.string)) }
    digest = JSONValue.array(all).line.fingerprint
    text = parts.map { "\($0.name): \($0.shown)" }.joined(separator: "\n")
  }

  /// A named part of a definition.
  package struct Part: Sendable {
    package let name: String
    /// The values of the part; each of them counts.
    package let values: [String]
    /// The visible text, on one line.
    package let shown: String

    package init(_ name: String, _ values: [String], shown: String) {
      self.name = name
      self.values = values
      let line = shown.split { $0.isNewline }.joined(separator: " ")
      self.shown = line.count > 300 ? line.prefix(299) + "…" : line
    }
  }
}

extension Definition {
  /// The differences from an older definition, such as `command: --size 1 → --size 4`.
  ///
  /// The result is empty if the definitions are equal, or if a text is missing. If only values that
  /// are not shown differ, the result is "values that are not shown".
  package func changes(from old: Definition) -> [String] {
    guard digest != old.digest, !text.isEmpty, !old.text.isEmpty else { return [] }
    let (before, after) = (old.parts, parts)
    let names = Set(before.keys).union(after.keys).sorted()
    let changes = names.compactMap { name -> String? in
      let (a, b) = (before[name] ?? "", after[name] ?? "")
      return a == b ? nil : "\(name): " + Self.change(from: a, to: b)
    }
    return changes.isEmpty ? ["values that are not shown"] : changes
  }

  private var parts: [String: String] {
    text.split(separator: "\n").reduce(into: [:]) { parts, line in
      let words = line.split(separator: ":", maxSplits: 1)
      parts[String(words[0])] = words.count > 1 ? String(words[1].drop { $0 == " " }) : ""
    }
  }

  /// The words that differ, with the option before them.
  private static func change(from old: String, to new: String) -> String {
    var (a, b) = (old.split(separator: " ")[...], new.split(separator: " ")[...])
    var last: Substring?
    while let word = a.first, word == b.first {
      last = word
      a.removeFirst()
      b.removeFirst()
    }
    while let word = a.last, word == b.last {
      a.removeLast()
      b.removeLast()
    }
    let option = last.flatMap { $0.hasPrefix("-") ? [$0] : nil } ?? []
    func words(_ rest: ArraySlice<Substring>) -> String {
      let all = option + rest
      return all.isEmpty ? "none" : all.joined(separator: " ")
    }
    return "\(words(a)) → \(words(b))"
  }
}
