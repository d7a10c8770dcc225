import Foundation
import Measurements
import Statistics
import Testing

@Suite("The seconds of a time")
struct TimestampSecondsTests {
  /// Foundation's own calendar, in the years in which it is the Gregorian one.
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    let parts = DateComponents(year: year, month: month, day: day)
    return calendar.date(from: parts).map { Int64($0.timeIntervalSince1970) }
  }

  private static func text(_ numbers: Int...) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }
    let (date, clock) = (numbers.prefix(3), numbers.dropFirst(3))
    return date.enumerated().map { padded($1, $0 == 0 ? 4 : 2) }.joined(separator: "-") + "T"
      + clock.map { padded($0, 2) }.joined(separator: ":") + "Z"
  }

  @Test("are those of Foundation's calendar")
  func calendar() throws {
    var generator = SeededGenerator(seed: 11)
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    var days = (0..<1500).map { _ in (draw(1600...9999), draw(1...12), draw(1...28)) }
    for year in [1600, 1700, 1900, 1969, 1970, 1972, 2000, 2024, 2026, 2100, 2400, 9999] {
      days += [(year, 1, 1), (year, 2, 28), (year, 3, 1), (year, 12, 31)]
      if year % 4 == 0, year % 100 != 0 || year % 400 == 0 { days.append((year, 2, 29)) }
    }
    for (year, month, day) in days {
      let clock = (draw(0...23), draw(0...59), draw(0...59))
      let text = Self.text(year, month, day, clock.0, clock.1, clock.2)
      let midnight = try #require(Self.seconds(year, month, day))
      let seconds = try #require(Timestamp(text)).secondsSince1970
      #expect(seconds == midnight + Int64(clock.0 * 3600 + clock.1 * 60 + clock.2), "\(text)")
      guard seconds >= 0 else { continue }
      #expect(Timestamp(secondsSince1970: seconds)?.description == text)
    }
  }

  @Test("every day follows the one before it, for 800 years")
  func days() throws {
    var before: String?
    for day in 0..<292_194 where day % 7 == 0 || day % 365 < 3 {
      let seconds = Int64(day) * 86_400
      let time = try #require(Timestamp(secondsSince1970: seconds))
      #expect(time.secondsSince1970 == seconds)
      if let before { #expect(before < time.description) }
      before = time.description
    }
  }

  @Test(
    "there are none for times before 1970 and after 9999",
    arguments: [-1, .min, 253_402_300_800, .max] as [Int64])
  func outside(seconds: Int64) { #expect(Timestamp(secondsSince1970: seconds) == nil) }

  @Test(
    "a day that the calendar has not is counted on",
    arguments: [
      ("2026-02-30T00:00:00Z", "2026-03-02T00:00:00Z"),
      ("2026-01-00T00:00:00Z", "2025-12-31T00:00:00Z"),
      ("2025-12-31T24:00:00Z", "2026-01-01T00:00:00Z"),
    ])
  func impossible(_ text: String, _ same: String) throws {
    #expect(
      try #require(Timestamp(text)).secondsSince1970
        == #require(Timestamp(same)).secondsSince1970)
  }

  @Test(
    "texts of the right form always have some",
    arguments: ["0000-00-00T00:00:00Z", "9999-99-99T99:99:99Z", "0000-12-31T23:59:59Z"])
  func extreme(_ text: String) throws {
    _ = try #require(Timestamp(text)).secondsSince1970
  }
}
