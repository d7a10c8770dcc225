extension Timestamp {
  /// Creates the time that many seconds after the beginning of 1970; nil before that and after the
  /// year 9999.
  package init?(secondsSince1970 seconds: Int64) {
    guard (0...253_402_300_799).contains(seconds),
      let day = Day(secondsSince1970: Double(seconds))
    else { return nil }
    let rest = seconds % 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    self.init("\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z")
  }
}

extension Timestamp {
  /// The seconds since the beginning of 1970, negative before it. A day that the calendar has not is
  /// counted on from the month that it names.
  package var secondsSince1970: Int64 {
    let digits = description.utf8.map { Int64($0) - 48 }
    func number(_ places: Range<Int>) -> Int64 { digits[places].reduce(0) { $0 * 10 + $1 } }
    // The days from 0000-03-01, so that the leap day is the last of its year (Hinnant, "chrono-
    // compatible low-level date algorithms", days_from_civil).
    let (month, day) = (number(5..<7), number(8..<10))
    let year = number(0..<4) - (month <= 2 ? 1 : 0)
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return days * 86_400 + number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
  }
}
