import Foundation
import Measurements
import Testing

@Test(
  "a day is one that the calendar has, in one form only",
  arguments: [
    ("2026-12-31", true), ("2024-02-29", true), ("2000-02-29", true), ("2026-02-29", false),
    ("1900-02-29", false), ("2026-04-31", false), ("2026-13-01", false), ("2026-00-10", false),
    ("2026-01-00", false), ("2026-1-1", false), ("31.12.2026", false), ("tomorrow", false),
    ("2026-12-31T", false), ("", false),
  ])
func day(text: String, isDay: Bool) {
  #expect((Day(text) != nil) == isDay)
}

@Test("days are added as Foundation's calendar does it", arguments: [0, 1, 28, 90, 366, 5000])
func addedDays(count: Int) throws {
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .gmt
  let date = try Date("2026-11-20T00:00:00Z", strategy: .iso8601)
  let later = try #require(calendar.date(byAdding: .day, value: count, to: date))
  let expected = String(later.formatted(.iso8601).prefix(10))
  #expect(Day("2026-11-20")?.adding(days: count)?.description == expected)
}

@Test(
  "a moment is on the day that Foundation has it on",
  arguments: [0, 86_399, 86_400, 951_782_400, 1_795_219_199, 4_102_444_800, 253_402_300_799])
func dayOfMoment(seconds: Double) {
  let text = Date(timeIntervalSince1970: seconds).formatted(.iso8601).prefix(10)
  #expect(Day(secondsSince1970: seconds)?.description == String(text))
}

@Test("an earlier day is less, and outside the calendar there is none")
func days() throws {
  let day = try #require(Day("2026-11-20"))
  #expect(try day < #require(day.adding(days: 1)))
  #expect(Day("9999-12-31")?.adding(days: 1) == nil)
  #expect(Day(secondsSince1970: -1) == nil)
  #expect(Day(secondsSince1970: 253_402_300_800) == nil)
}
