/// An amount in the form that a user writes, `3s`, `512MiB`, `$0.02`, `95%`, `150k` or
/// `1000`, in base units.
package struct Quantity: Hashable, Sendable, CustomStringConvertible {
  package let value: Double
  package let unit: Unit
  /// The text as it was written.
  package let description: String

  /// Parses an amount.
  ///
  /// - Returns: nil unless the text is a decimal number and a unit, in either order for a currency
  ///   sign, with or without a space between them. A unit that is not in the table of
  ///   ``UnitConversion`` is its own base: `5 widgets/op`. `5m` are minutes, and `150k` is a count.
  package init?(_ text: String) {
    let isPrice = text.hasPrefix("$")
    let rest = isPrice ? text.dropFirst() : text[...]
    guard let end = Self.endOfNumber(in: rest), let number = Double(rest[..<end]) else {
      return nil
    }
    let symbol = String(rest[end...].drop { $0 == " " })
    guard isPrice ? symbol.isEmpty : Self.canBeUnit(symbol) else { return nil }
    let short = Self.shortSymbols[symbol]
    let full = short?.symbol ?? (symbol.isEmpty ? "1" : symbol)
    let conversion = UnitConversion(from: isPrice ? "USD" : full)
    value = conversion(number) * (short?.factor ?? 1)
    unit = conversion.unit
    description = text
    guard value.isFinite else { return nil }
  }

  /// The symbols that a person writes for short, each with a unit of ``UnitConversion``.
  ///
  /// They are not in the table of ``UnitConversion``: a tool that writes `m` may mean metres.
  private static let shortSymbols: [String: (symbol: String, factor: Double)] = [
    "m": ("min", 1), "k": ("1", 1e3), "K": ("1", 1e3), "M": ("1", 1e6), "G": ("1", 1e9),
  ]

  /// The index after the longest decimal number at the beginning: `5EB` is five units `EB`.
  private static func endOfNumber(in text: Substring) -> Substring.Index? {
    var number = text.prefix { "+-.0123456789eE".contains($0) }
    while !number.isEmpty, Double(number) == nil { number = number.dropLast() }
    return number.isEmpty ? nil : number.endIndex
  }

  private static func canBeUnit(_ symbol: String) -> Bool {
    guard let first = symbol.first else { return true }
    return first.isLetter || first == "%" || first == "/" || first == "1"
  }
}
