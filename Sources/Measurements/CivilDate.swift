/// A day of the Gregorian calendar by its numbers.
///
/// Both ways count from 1 March of the year 0, so that the leap day is the last of its year (Hinnant,
/// "chrono-compatible low-level date algorithms", `days_from_civil` and `civil_from_days`).
package struct CivilDate: Sendable {
  package let year: Int
  /// The month, from 1.
  package let month: Int
  /// The day of the month, from 1.
  package let day: Int

  /// The days from 1 March of the year 0 to the beginning of 1970.
  private static let epoch = 719_468
  /// The days of 400 years, after which the calendar repeats.
  private static let cycle = 146_097

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  package init(daysSince1970 days: Int) {
    let count = days + Self.epoch
    let era = (count >= 0 ? count : count - Self.cycle + 1) / Self.cycle
    let dayOfEra = count - era * Self.cycle
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days since the beginning of 1970, negative before it. A day that the calendar has not is
  /// counted on from its month.
  var daysSince1970: Int {
    let yearFromMarch = year - (month <= 2 ? 1 : 0)
    let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
    let yearOfEra = yearFromMarch - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.cycle + dayOfEra - Self.epoch
  }
}
