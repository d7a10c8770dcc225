/// A day of the calendar, `2026-12-31`; the order of the texts is the order of time.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let description: String

  /// Parses a day.
  ///
  /// - Returns: nil unless the text has exactly the form `YYYY-MM-DD` and the calendar has such a
  ///   day.
  package init?(_ text: String) {
    guard Timestamp("\(text)T00:00:00Z") != nil else { return nil }
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard (1...12).contains(parts[1]),
      (1...Self.length(ofMonth: parts[1], year: parts[0])).contains(parts[2])
    else { return nil }
    description = text
  }

  /// The day of a time, in UTC.
  ///
  /// - Parameter seconds: The seconds since the beginning of 1970.
  /// - Returns: nil before that, and after the year 9999.
  package init?(secondsSince1970 seconds: Double) {
    guard seconds >= 0, seconds < 253_402_300_800 else { return nil }
    self.init(CivilDate(daysSince1970: Int(seconds / 86_400)))
  }

  /// - Returns: nil after the year 9999.
  private init?(_ date: CivilDate) {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    guard date.year <= 9999 else { return nil }
    description = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  package static func < (a: Day, b: Day) -> Bool { a.description < b.description }

  /// The day that many days later.
  ///
  /// - Parameter count: The number of days, not negative.
  /// - Returns: nil after the year 9999.
  package func adding(days count: Int) -> Day? {
    let own = CivilDate(year: number(0), month: number(1), day: number(2))
    return Day(CivilDate(daysSince1970: own.daysSince1970 + count))
  }

  private func number(_ part: Int) -> Int {
    Int(description.split(separator: "-")[part]) ?? 0
  }

  /// The number of days of a month in the Gregorian calendar.
  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2:
      (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
