extension ExportBuffer {
  /// Appends a time in UTC with milliseconds: `2026-11-20T05:20:42.000Z`.
  ///
  /// - Parameter milliseconds: Since 1970, from 0 to the year 9999.
  mutating func add(time milliseconds: Int64) {
    let seconds = milliseconds / 1000
    let (year, month, day) = Self.date(ofDay: seconds / 86_400)
    add(year, digits: 4)
    add(byte: UInt8(ascii: "-"))
    add(month, digits: 2)
    add(byte: UInt8(ascii: "-"))
    add(day, digits: 2)
    add(byte: UInt8(ascii: "T"))
    add(seconds / 3600 % 24, digits: 2)
    add(byte: UInt8(ascii: ":"))
    add(seconds / 60 % 60, digits: 2)
    add(byte: UInt8(ascii: ":"))
    add(seconds % 60, digits: 2)
    add(byte: UInt8(ascii: "."))
    add(milliseconds % 1000, digits: 3)
    add(byte: UInt8(ascii: "Z"))
  }

  /// The date of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date
  /// algorithms", civil_from_days).
  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
