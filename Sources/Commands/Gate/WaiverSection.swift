import CommandLine
import Verdicts

/// A waiver as it is written in a configuration file.
struct WaiverSection {
  let waiver: Waiver
  /// The suite of the waiver; nil for one that counts in every suite.
  let suite: String?

  func text() throws -> String {
    let title = try waiver.benchmark.text.quotedForConfiguration("the pattern", isTitle: true)
    let keys = [
      try waiver.metric.map { "metric = \(try $0.text.quotedForConfiguration("the metric"))" },
      waiver.ceiling.map { "ceiling = \(Self.percent($0))" },
    ]
    let states = Waiver.State.allCases.filter(waiver.states.contains).map {
      "\($0.rawValue) = true"
    }
    let rest = [
      "expires = \(waiver.expires)",
      "reason = \(try waiver.reason.quotedForConfiguration("the reason"))",
      try suite.map { "suite = \(try $0.quotedForConfiguration("the suite"))" },
    ]
    let lines = (keys + states + rest).compactMap(\.self).map { "\t\($0)\n" }
    return "[waiver \(title)]\n" + lines.joined()
  }

  /// The fraction as a percentage, such as `12.5%`, with at most four decimals.
  static func percent(_ part: Double) -> String {
    let number = (part * 1_000_000).rounded() / 10_000
    return number == number.rounded() ? "\(Int(number))%" : "\(number)%"
  }
}
