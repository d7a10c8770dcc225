import CommandLine
import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Day {
  /// The day that is the given number of days before today, in UTC; no earlier than 1970.
  static func ago(_ days: Int) throws -> Day {
    let seconds = Date.now.timeIntervalSince1970 - Double(days) * 86_400
    guard let day = Day(secondsSince1970: max(0, seconds)) else {
      throw Diagnostic(.failure, "the clock of this machine is wrong")
    }
    return day
  }
}

extension Timestamp {
  /// The first moment of a day, in UTC.
  init(startOf day: Day) throws {
    guard let time = Timestamp("\(day)T00:00:00Z") else {
      throw Diagnostic(.failure, "the clock of this machine is wrong")
    }
    self = time
  }
}
