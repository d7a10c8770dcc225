import Measurements

/// A period of the calendar, in UTC; weeks begin on Mondays, as in ISO 8601.
enum Period: String, CaseIterable, Sendable {
  case hour, day, week, month

  /// The number of the period that holds a time, counted from the beginning of 1970.
  func index(of seconds: Int64) -> Int {
    switch self {
    case .hour: Int(Self.floor(seconds, 3600))
    case .day: Int(Self.floor(seconds, 86_400))
    // 1970-01-01 was a Thursday.
    case .week: Int(Self.floor(seconds + 3 * 86_400, 7 * 86_400))
    case .month: Self.month(of: seconds)
    }
  }

  /// The first second of a period.
  func start(of index: Int) -> Int64 {
    switch self {
    case .hour: Int64(index) * 3600
    case .day: Int64(index) * 86_400
    case .week: Int64(index) * 7 * 86_400 - 3 * 86_400
    case .month: Self.start(ofMonth: index)
    }
  }

  /// The name of a period: `2026-11-20T05`, `2026-11-20`, `2026-W47`, `2026-11`.
  func name(of index: Int) -> String {
    let start = Timestamp(secondsSince1970: start(of: index))?.description ?? "before 1970"
    switch self {
    case .hour: return String(start.prefix(13))
    case .day: return String(start.prefix(10))
    case .month: return String(start.prefix(7))
    case .week:
      // The year of a week is that of its Thursday.
      let thursday = self.start(of: index) + 3 * 86_400
      let year = Timestamp(secondsSince1970: thursday)?.description.prefix(4) ?? "1970"
      let first = Timestamp("\(year)-01-01T00:00:00Z")?.secondsSince1970 ?? 0
      let number = (thursday - first) / (7 * 86_400) + 1
      return "\(year)-W\(number < 10 ? "0" : "")\(number)"
    }
  }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private static func month(of seconds: Int64) -> Int {
    let date = CivilDate(daysSince1970: Int(max(0, seconds) / 86_400))
    return (date.year - 1970) * 12 + date.month - 1
  }

  private static func start(ofMonth index: Int) -> Int64 {
    let (year, month) = (1970 + index / 12, index % 12 + 1)
    return Timestamp("\(year)-\(month < 10 ? "0" : "")\(month)-01T00:00:00Z")?.secondsSince1970 ?? 0
  }
}
