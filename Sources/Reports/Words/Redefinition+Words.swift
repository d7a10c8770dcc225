import Measurements
package import Verdicts

extension Redefinition {
  /// In what the two differ: `command: --size 1 → --size 4`.
  package var words: String {
    let words = differences.map { "\($0.part): \($0.old) → \($0.new)" }
    return words.isEmpty ? "in what is not shown" : words.joined(separator: "; ")
  }

  /// One thing that the two do not have in common.
  package struct Difference: Hashable, Sendable {
    /// `command`
    package let part: String
    /// Of both the words that differ.
    package let old: String
    package let new: String
  }

  /// In the order in which they were defined.
  package var differences: [Difference] {
    let (before, after) = (Self.facts(old), Self.facts(new))
    var seen: Set<String> = []
    return (before + after).map(\.name).filter { seen.insert($0).inserted }.compactMap { name in
      let (old, new) = (before.text(of: name), after.text(of: name))
      guard old != new else { return nil }
      let parts = Self.parts(old, new)
      return Difference(part: name.visible(limit: 40), old: parts.old, new: parts.new)
    }
  }

  fileprivate struct Fact {
    let name: String
    let text: String
  }

  private static func facts(_ text: String) -> [Fact] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
      return Fact(name: String(parts.first ?? ""), text: String(value))
    }
  }

  /// The words that differ; an option stays with its value.
  private static func parts(_ old: String?, _ new: String?) -> (old: String, new: String) {
    guard let old, let new else { return (shown(old ?? "none"), shown(new ?? "none")) }
    let (a, b) = (old.split(separator: " "), new.split(separator: " "))
    var start = zip(a, b).prefix { $0 == $1 }.count
    if start > 0, a[start - 1].hasPrefix("-") { start -= 1 }
    let most = min(a.count, b.count) - start
    let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.prefix(max(0, most)).count
    func middle(_ words: [Substring]) -> String {
      let part = words[start..<(words.count - end)]
      return shown(part.isEmpty ? "nothing" : part.joined(separator: " "))
    }
    return (middle(a), middle(b))
  }

  private static func shown(_ text: String) -> String { text.visible(limit: 120) }
}

extension String {
  /// As one word of a shell's command line.
  fileprivate var typed: String {
    let isPlain = unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || "0123456789/._-+=:,@%".unicodeScalars.contains($0))
    }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension [Redefinition.Fact] {
  fileprivate func text(of name: String) -> String? { first { $0.name == name }?.text }
}

extension SeriesResult {
  /// That its change is none, and what to do about it.
  ///
  /// - Parameter base: What the base is called, such as `main`.
  package func redefinitionWords(base: String) -> String? {
    guard let redefinition, redefinition.response != .ignore else { return nil }
    let name = id.benchmark.name.visible(limit: 60)
    let change = comparison?.effect.change.map { "its \(wholePercent($0)) is not a comparison" }
    return "\(name) is measured with other work than on \(base.visible(limit: 60)) "
      + "(\(redefinition.words)): \(change ?? "it cannot be compared"). "
      + "Same work on both sides: perf-gate --measure. "
      + "Meant so: perf-gate --accept \(name.typed) --reason <why>"
  }

  /// That its regression is the marked merge-base's, and what the change itself adds.
  ///
  /// - Parameters:
  ///   - base: What the base branch is called.
  ///   - mark: The commit that is marked, shortened.
  package func inheritanceWords(base: String, since mark: String) -> String? {
    guard let inherited, let change = comparison?.effect.change else { return nil }
    return Sentence.inherited(
      id.benchmark.name, metric, worse: change, on: base, since: mark,
      adds: inherited.effect.change, interval: inherited.effect.interval, fails: response == .fail)
  }
}
