/// The prices that a cost was computed with are a part of its definition: a line each, as in
/// `price of gpt-5, input: $3`. They have a digest of their own behind that of the work, so that the
/// work of two costs can be compared without their prices.
extension Definition {
  /// The price of a kind of tokens of a model.
  package struct Price: Hashable, Sendable {
    package let model: String
    package let kind: TokenKind
    /// The price in USD per million tokens.
    package let value: Double

    package init(model: String, kind: TokenKind, value: Double) {
      self.model = model.split { $0.isNewline }.joined(separator: " ")
      self.kind = kind
      self.value = value
    }
  }

  private static let separator: Character = "+"

  /// Creates the definition of a cost of which nothing but the prices is known.
  package init(prices: [Price]) {
    let lines = prices.map(\.line).sorted()
    self.init(
      digest: "\(Self.separator)" + JSONValue.array(lines.map(JSONValue.string)).line.fingerprint,
      text: lines.joined(separator: "\n"))
  }

  /// The digest of the work without prices; nil if nothing is known of it.
  package var work: String? {
    let work = digest.prefix { $0 != Self.separator }
    return work.isEmpty ? nil : String(work)
  }

  /// The prices that a cost was computed with; empty for other series, and if nobody knows.
  package var prices: [Price] {
    guard digest.contains(Self.separator) else { return [] }
    return text.split(separator: "\n").compactMap { Price($0) }
  }

  /// This definition with further prices. Those that it has stay.
  package func adding(_ more: [Price]) -> Definition {
    let own = prices
    let new = more.filter { price in !own.contains { $0.isOfSameTokens(as: price) } }
    guard !new.isEmpty else { return self }
    let all = Definition(prices: own + new)
    let other = text.split(separator: "\n").filter { Price($0) == nil }.map(String.init)
    return Definition(
      digest: (work ?? "") + all.digest, text: (other + [all.text]).joined(separator: "\n"))
  }
}

extension Definition.Price {
  package func isOfSameTokens(as other: Self) -> Bool {
    model == other.model && kind == other.kind
  }

  /// The price as a line of a definition.
  package var line: String {
    let number = "\(value)"
    return "\(Self.start)\(model), \(kind.rawValue)\(Self.end)"
      + (number.hasSuffix(".0") ? String(number.dropLast(2)) : number)
  }

  private static let start = "price of "
  private static let end = ": $"

  fileprivate init?(_ line: Substring) {
    guard line.hasPrefix(Self.start), let end = line.ranges(of: Self.end).last,
      let comma = line[..<end.lowerBound].ranges(of: ", ").last,
      let kind = TokenKind(rawValue: String(line[comma.upperBound..<end.lowerBound])),
      let value = Double(line[end.upperBound...])
    else { return nil }
    let model = line[..<comma.lowerBound].dropFirst(Self.start.count)
    self.init(model: String(model), kind: kind, value: value)
  }
}

extension Sequence<Definition> {
  /// The definition of numbers that are put together: the first, and the prices of all if each is of
  /// prices.
  package var joined: Definition? {
    reduce(nil) { joined, next in
      guard let joined else { return next }
      return joined.digest == next.digest || joined.prices.isEmpty
        ? joined : joined.adding(next.prices)
    }
  }
}
