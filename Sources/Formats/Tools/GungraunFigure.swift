/// A figure such as `  Instructions:     1734|1700     (+2.00000%) [+1.02000x]`: the new value,
/// then the old one.
///
/// The predecessor iai prints only the new value: `  Instructions:     1734 (+2.00000%)`.
struct GungraunFigure {
  /// The name that the figure has in JSON.
  let name: String
  /// The new value; nil if only an earlier run has one.
  let value: Double?
  /// True if no other tool would print such a line.
  let isTelling: Bool
  /// True if there is no old value, so that nothing shows that the new one is whole.
  let isAlone: Bool

  /// Texts of which every telling figure has one: the bar between two values, or a name that only
  /// iai has.
  static let marks = ["|"] + ofIai

  init?(_ text: Substring) {
    guard text.utf8.first == UInt8(ascii: " "), let colon = text.utf8.firstIndex(of: 0x3a) else {
      return nil
    }
    let title = String(text[..<colon]).trimmed
    let rest = text[colon...].dropFirst().words
    guard let numbers = rest.first?.split(separator: "|", omittingEmptySubsequences: false),
      !title.isEmpty, numbers.allSatisfy({ $0 == "N/A" || $0.finiteDecimal != nil })
    else { return nil }
    isAlone = numbers.count == 1
    guard numbers.count == 2 || (isAlone && Self.names[title] != nil) else { return nil }
    guard !isAlone || rest.count == 1 || rest[1].first == "(" else { return nil }
    name = Self.names[title] ?? title.split(separator: " ").map(\.capitalizedStart).joined()
    value = numbers[0].finiteDecimal
    isTelling = isAlone ? Self.ofIai.contains(title) : Self.names[title] != nil
  }

  /// True if a line may be a figure, understood or not.
  static func isCandidate(_ text: Substring) -> Bool {
    let title = String(text.prefix { $0 != ":" }).trimmed
    return names[title] != nil && text.contains(":")
  }

  /// Names that only iai has.
  private static let ofIai: Set = ["L1 Accesses", "L2 Accesses", "RAM Accesses"]

  private static let names = [
    "L1 Accesses": "L1hits", "L2 Accesses": "LLhits", "RAM Accesses": "RamHits",
    "Instructions": "Ir", "L1 Hits": "L1hits", "L2 Hits": "LLhits", "LL Hits": "LLhits",
    "RAM Hits": "RamHits", "Total read+write": "TotalRW", "Estimated Cycles": "EstimatedCycles",
    "Total bytes": "TotalBytes", "Total blocks": "TotalBlocks",
    "At t-gmax bytes": "AtTGmaxBytes", "At t-gmax blocks": "AtTGmaxBlocks",
    "At t-end bytes": "AtTEndBytes", "At t-end blocks": "AtTEndBlocks",
    "Reads bytes": "ReadsBytes", "Writes bytes": "WritesBytes",
  ]
}

extension Substring {
  fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
