package import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Timestamp {
  /// Makes a time.
  ///
  /// - Parameter seconds: The seconds since the beginning of 1970.
  /// - Returns: nil before that, and after the year 9999.
  init?(secondsSince1970 seconds: Double) {
    guard seconds >= 0, seconds < 253_402_300_800 else { return nil }
    self.init(Date(timeIntervalSince1970: seconds).formatted(.iso8601))
  }

  /// Reads a time as people and tools write it: `2024.01.08 3:00:00 +0100`, RFC 3339, a day, a
  /// year, or seconds since 1970. Without a time zone it is UTC.
  ///
  /// - Returns: nil for anything else, and for times before 1970.
  package init?(written text: String) {
    if let seconds = text.finiteDecimal, seconds >= 10_000 {
      self.init(secondsSince1970: seconds)
      return
    }
    let clock = text.firstIndex(of: ":") ?? text.endIndex
    let sign = text[clock...].firstIndex { "+-".contains($0) } ?? text.endIndex
    guard let moment = Date(written: text[..<sign]), let zone = Self.offset(text[sign...]) else {
      return nil
    }
    self.init(secondsSince1970: moment.timeIntervalSince1970 - zone)
  }

  /// The offset of a time zone in seconds, such as `+0100` or `-05:30`; an empty text is UTC.
  private static func offset(_ zone: Substring) -> Double? {
    guard let sign = zone.first else { return 0 }
    let digits = zone.dropFirst().filter { $0 != ":" }
    guard let number = Int(digits), [2, 4].contains(digits.count) else { return nil }
    let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
    return Double(sign == "-" ? -minutes : minutes) * 60
  }
}

extension Date {
  /// Reads year, month, day, hour, minute and second, with any separators. The later ones may be
  /// missing. Fractions of a second are dropped.
  fileprivate init?(written text: Substring) {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || " T:.,/-Z".contains($0)) }) else {
      return nil
    }
    let words = text.split { !$0.isNumber }
    guard words.count <= 7, let year = words.first, year.count == 4 else { return nil }
    func word(_ index: Int, _ usual: String) -> String {
      let word = index < words.count ? String(words[index]) : usual
      return word.count == 1 ? "0\(word)" : word
    }
    let day = "\(year)-\(word(1, "01"))-\(word(2, "01"))"
    let time = "\(word(3, "00")):\(word(4, "00")):\(word(5, "00"))"
    // The library takes the 31st of February for the 2nd of March, and 25:00 for 1:00.
    guard Day(day) != nil, word(3, "00") < "24", word(4, "00") < "60", word(5, "00") <= "60",
      let date = try? Date("\(day)T\(time)Z", strategy: .iso8601)
    else {
      return nil
    }
    self = date
  }
}
