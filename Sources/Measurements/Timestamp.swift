/// A time in UTC to the second, `2026-11-20T05:20:42Z`; the order of the texts is the order of
/// time.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let description: String

  /// Parses a time.
  ///
  /// - Returns: nil unless the text has exactly the form `YYYY-MM-DDThh:mm:ssZ`.
  package init?(_ text: String) {
    let pattern = "0000-00-00T00:00:00Z".utf8
    let fits =
      text.utf8.count == pattern.count
      && zip(text.utf8, pattern).allSatisfy { byte, model in
        model == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == model
      }
    guard fits else { return nil }
    description = text
  }

  /// True if the first time is later than the second. A missing time counts as the earliest, so a
  /// descending sort puts it last.
  package static func isLater(_ a: Timestamp?, than b: Timestamp?) -> Bool {
    guard let b else { return a != nil }
    return a.map { $0 > b } ?? false
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.description < b.description }
}
