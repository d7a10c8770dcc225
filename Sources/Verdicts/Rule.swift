extension Policy {
  /// What counts for the names that fit a pattern.
  package struct Rule<Value: Hashable & Sendable>: Hashable, Sendable {
    package let pattern: Pattern
    package let value: Value
    /// Where it was written: `.perfconfig:12`.
    package let place: String

    package init(pattern: Pattern, value: Value, place: String = "") {
      self.pattern = pattern
      self.value = value
      self.place = place
    }

    /// In words, for a reader who asks where a value came from.
    func source(_ section: String) -> String { "[\(section) \"\(pattern.text)\"] in \(place)" }
  }
}

extension Array {
  /// Of the rules that fit the most specific; of equals the last, as git has it.
  package func mostSpecific<Value>(
    for name: String, where isWanted: (Element) -> Bool = { _ in true }
  ) -> Element? where Element == Policy.Rule<Value> {
    mostSpecific(by: \.pattern) { $0.pattern.matches(name) && isWanted($0) }
  }

  /// Of the elements that fit the one with the most specific pattern; of equals the last.
  func mostSpecific(by pattern: (Element) -> Pattern, where fits: (Element) -> Bool) -> Element? {
    reduce(nil) { (best: Element?, element) in
      guard fits(element) else { return best }
      guard let best, pattern(best).isMoreSpecific(than: pattern(element)) else { return element }
      return best
    }
  }
}
