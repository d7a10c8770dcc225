import Measurements
import Verdicts

extension Course {
  /// The steps in words: `third step up since v2.1: +14 % together`.
  var words: String {
    let since = since.map { "since \($0.visible(limit: 60))" } ?? "in \(recordings) recordings"
    return "\(Self.ordinal(steps)) step \(change > 0 ? "up" : "down") \(since): "
      + "\(wholePercent(change)) together"
  }

  private static func ordinal(_ number: Int) -> String {
    let words = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    return words.indices.contains(number - 2) ? words[number - 2] : "\(number)th"
  }
}
