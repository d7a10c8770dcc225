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
