import Measurements
package import Verdicts

extension Day {
  /// The day in words, as in `12 Nov`.
  var spoken: String {
    let parts = description.split(separator: "-").compactMap { Int($0) }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(parts[2]) \(months[parts[1] - 1])"
  }
}

extension Swing {
  /// The swing in words, for readers who want every number: `12 recordings, swing 2.1 %, +9.3 %
  /// from their level, p 0.31 by Student's t`.
  var words: String {
    "\(count(recordings, "recording")) before it, swing \(fixed(deviation * 100, 2)) %, "
      + "\(percent(change)) from their level, p \(probability(p)) by Student's t"
      + (met.map { "; at this level \($0.day.map { "on \($0)" } ?? "before")" } ?? "")
  }
}

extension Sentence {
  /// Returns the reason why a regression among few recordings is not certain.
  package static func unknownSwing(_ shortage: PastRecordings.Shortage) -> String {
    switch shortage {
    case .few(let recordings, let needed):
      "swing between recordings unknown (\(recordings) of \(needed))"
    case .cut: "swing between recordings unknown (this clone is shallow)"
    case .withoutLogarithm:
      "swing between recordings unknown (numbers of zero or below, or many times apart)"
    }
  }
}
