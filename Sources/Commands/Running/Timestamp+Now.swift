import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Timestamp {
  static var now: Timestamp { at(secondsFromNow: 0) }

  /// The time a day from now. No correct clock is further ahead.
  static var tomorrow: Timestamp { at(secondsFromNow: 86_400) }

  /// The time a second later; nil if it cannot be represented.
  var next: Timestamp? {
    let style = Date.ISO8601FormatStyle()
    guard let date = try? style.parse(description) else { return nil }
    return Timestamp(secondsSince1970: Int64(date.timeIntervalSince1970) + 1)
  }

  private static func at(secondsFromNow seconds: Int64) -> Timestamp {
    guard
      let time = Timestamp(
        secondsSince1970: max(0, Int64(Date.now.timeIntervalSince1970) + seconds))
    else { preconditionFailure("the clock is beyond the year 9999") }
    return time
  }
}
