import Measurements
package import Verdicts

extension Redefinition {
  /// The difference between the two definitions: `command: --size 1 → --size 4`.
  package var words: String {
    let words = differences.map { "\($0.part): \($0.old) → \($0.new)" }
    return words.isEmpty ? "in what is not shown" : words.joined(separator: "; ")
  }

  /// A part that the two definitions do not have in common.
  package struct Difference: Hashable, Sendable {
    /// The name of the part, as in `command`.
    package let part: String
    /// The words of the old part that differ from the new part.
    package let old: String
    package let new: String
  }

  /// The differences in the order in which the parts were defined.
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
      // The name of a model may contain a colon.
      let end = line.firstRange(of: ": ")?.lowerBound ?? line.firstIndex(of: ":") ?? line.endIndex
      return Fact(
        name: String(line[..<end]), text: String(line[end...].dropFirst().drop { $0 == " " }))
    }
  }

  /// Returns the words that differ; an option stays with its value.
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
  /// The text as one word of a shell's command line.
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

extension Redefinition.Prices {
  /// The sentence is the same for all tasks of a model, so that it is told once.
  fileprivate func sentence(base: String, _ words: String) -> String {
    let start = "cost was computed with other prices on \(base) (\(words)): "
    return switch self {
    case .equal: start + "the tokens of both sides are compared at the new prices"
    case .different: start + "it is not compared, as the tokens of each model are not known"
    }
  }

  /// The note on a row.
  var note: String {
    switch self {
    case .equal: "at the new prices"
    case .different: "other prices"
    }
  }
}

extension SeriesResult {
  /// Returns the sentence that the change of a redefined series is none, and the advice about it.
  ///
  /// - Parameter base: The name of the base, such as `main`.
  package func redefinitionWords(base: String) -> String? {
    guard let redefinition, redefinition.response != .ignore else { return nil }
    if let prices = redefinition.prices {
      return prices.sentence(base: base.visible(limit: 60), redefinition.words)
    }
    let name = id.benchmark.name.visible(limit: 60)
    let change = comparison?.effect.change.map { "its \(wholePercent($0)) is not a comparison" }
    return "\(name) is measured with other work than on \(base.visible(limit: 60)) "
      + "(\(redefinition.words)): \(change ?? "it cannot be compared"). "
      + "Same work on both sides: perf-gate --measure. "
      + "Meant so: perf-gate --accept \(name.typed) --reason <why>"
  }

  /// Returns the sentence that a regression is the marked merge-base's, with the candidate's own
  /// change.
  ///
  /// - Parameters:
  ///   - base: The name of the base branch.
  ///   - mark: The commit that is marked, shortened.
  package func inheritanceWords(base: String, since mark: String) -> String? {
    guard let inherited, let change = comparison?.effect.change else { return nil }
    return Sentence.inherited(
      id.benchmark.name, metric, worse: change, on: base, since: mark,
      adds: inherited.effect.change, interval: inherited.effect.interval, fails: response == .fail)
  }
}
