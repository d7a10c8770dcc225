extension Policy {
  /// A value for the names that match a pattern.
  package struct Rule<Value: Hashable & Sendable>: Hashable, Sendable {
    package let pattern: Pattern
    package let value: Value
    /// The file and line that declare the rule: `.perfconfig:12`.
    package let place: String

    package init(pattern: Pattern, value: Value, place: String = "") {
      self.pattern = pattern
      self.value = value
      self.place = place
    }

    /// Returns the source of the value in words, for a reader who asks for it.
    func source(_ section: String) -> String { "[\(section) \"\(pattern.text)\"] in \(place)" }
  }
}

extension Array {
  /// Returns the most specific matching rule. Ties: the last one wins, as in git config.
  package func mostSpecific<Value>(
    for name: String, where isWanted: (Element) -> Bool = { _ in true }
  ) -> Element? where Element == Policy.Rule<Value> {
    mostSpecific(by: \.pattern) { $0.pattern.matches(name) && isWanted($0) }
  }

  /// Returns the matching element with the most specific pattern. Ties: the last one wins.
  func mostSpecific(by pattern: (Element) -> Pattern, where fits: (Element) -> Bool) -> Element? {
    reduce(nil) { (best: Element?, element) in
      guard fits(element) else { return best }
      guard let best, pattern(best).isMoreSpecific(than: pattern(element)) else { return element }
      return best
    }
  }
}
