import CommandLine
import Verdicts

/// A waiver as it is written in a configuration file.
struct WaiverSection {
  let waiver: Waiver
  /// The suite of the waiver; nil for one that counts in every suite.
  let suite: String?

  func text() throws -> String {
    let title = try Self.quoted(waiver.benchmark.text, in: "the pattern", isTitle: true)
    let keys = [
      try waiver.metric.map { "metric = \(try Self.quoted($0.text, in: "the metric"))" },
      waiver.ceiling.map { "ceiling = \(Self.percent($0))" },
    ]
    let states = Waiver.State.allCases.filter(waiver.states.contains).map {
      "\($0.rawValue) = true"
    }
    let rest = [
      "expires = \(waiver.expires)",
      "reason = \(try Self.quoted(waiver.reason, in: "the reason"))",
      try suite.map { "suite = \(try Self.quoted($0, in: "the suite"))" },
    ]
    let lines = (keys + states + rest).compactMap(\.self).map { "\t\($0)\n" }
    return "[waiver \(title)]\n" + lines.joined()
  }

  /// The fraction as a percentage, such as `12.5%`, with at most four decimals.
  static func percent(_ part: Double) -> String {
    let number = (part * 1_000_000).rounded() / 10_000
    return number == number.rounded() ? "\(Int(number))%" : "\(number)%"
  }

  /// The text in quotation marks, escaped as in git's configuration.
  private static func quoted(
    _ text: String, in what: String, isTitle: Bool = false
  ) throws -> String {
    let escapes: [Character: String] =
      isTitle
      ? ["\"": "\\\"", "\\": "\\\\"]
      : ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    // A heading cannot hold a line break, and no text can hold another control character.
    let escaped = text.map { escapes[$0] ?? String($0) }.joined()
    guard escaped.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw UsageError(
        "\(what) has control characters, which a configuration file cannot hold",
        hint: isTitle ? "write `?` in their place" : nil)
    }
    return "\"\(escaped)\""
  }
}
