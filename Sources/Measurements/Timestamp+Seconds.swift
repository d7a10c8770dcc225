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
    let date = CivilDate(
      year: Int(number(0..<4)), month: Int(number(5..<7)), day: Int(number(8..<10)))
    let days = Int64(date.daysSince1970)
    return days * 86_400 + number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
  }
}
