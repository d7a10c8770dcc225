import CommandLine
import Git
import Measurements

/// A time as it is typed after `--since` and `--until`: a day, a day and a time, or what git knows,
/// such as `2 weeks ago`.
struct TypedTime {
  let seconds: Int64

  /// - Parameter option: The option, for messages.
  init(_ text: String, option: String, _ git: GitProgram) throws {
    if let exact = try Self.exact(text, option) {
      seconds = exact
      return
    }
    // git takes any words for a time, those that it does not know, and mere numbers, as now.
    let words = text.lowercased().split { " .,-_/".contains($0) }
    let unknown = words.first { word in
      !Self.words.contains(String(word)) && !word.allSatisfy(\.isNumber)
        && !Self.isNumberWithUnit(word)
    }
    let isNumber = words.allSatisfy { $0.allSatisfy(\.isNumber) }
    guard !isNumber, unknown == nil else { throw Self.error(text, option) }
    let answer = try git.run(["rev-parse", "--since=\(text)"])
    guard let age = answer.split(separator: "=").last.flatMap({ Int64($0) }) else {
      throw Self.error(text, option)
    }
    seconds = age
  }

  /// The seconds of `2026-11-20`, `2026-11-20 05:20`, `2026-11-20T05:20:42Z` and `@1763616042`; nil
  /// for a text of another form.
  private static func exact(_ text: String, _ option: String) throws -> Int64? {
    if text.hasPrefix("@"), let seconds = Int64(text.dropFirst()) { return seconds }
    guard text.count >= 10, text.prefix(10).filter({ $0 == "-" }).count == 2,
      text.prefix(4).allSatisfy(\.isNumber)
    else { return nil }
    guard Day(String(text.prefix(10))) != nil else {
      throw UsageError(
        "there is no day '\(text.prefix(10))', which \(option) names",
        hint: "write it as 2026-11-20")
    }
    var time = text.dropFirst(10).drop { $0 == "T" || $0 == " " }
    if time.hasSuffix("Z") { time = time.dropLast() }
    let clock = time.isEmpty ? "00:00:00" : time.count == 5 ? "\(time):00" : String(time)
    guard let stamp = Timestamp("\(text.prefix(10))T\(clock)Z"), isClock(clock) else {
      throw UsageError(
        "'\(text.dropFirst(11))' is no time, which \(option) names",
        hint: "write it as 05:20 or 05:20:42, in UTC")
    }
    return stamp.secondsSince1970
  }

  private static func isClock(_ text: String) -> Bool {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    return parts.count == 3 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60
  }

  private static func isNumberWithUnit(_ word: Substring) -> Bool {
    let unit = word.drop(while: \.isNumber)
    return unit.count < word.count && words.contains(String(unit))
  }

  private static func error(_ text: String, _ option: String) -> UsageError {
    UsageError(
      "'\(text)' is no time, which \(option) names", hint: "write 2026-11-20 or '2 weeks ago'")
  }

  /// The words that git understands in a time.
  private static let words: Set<String> = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "ago", "last", "now", "today", "yesterday", "noon",
    "midnight",
    "tea", "never", "am", "pm", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine",
    "ten", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun",
  ]
}
