import CommandLine

/// A value of `--by`: what numbers are grouped by.
enum Grouping: Hashable, Sendable, CustomStringConvertible {
  case commit
  case period(Period)
  case label(String)
  case `class`(String)
  case benchmark
  case metric
  case machine

  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard !parts[1].isEmpty else { return nil }
      switch parts[0] {
      case "label": self = .label(String(parts[1]))
      case "class": self = .class(String(parts[1]))
      default: return nil
      }
    } else if let period = Period(rawValue: text) {
      self = .period(period)
    } else {
      switch text {
      case "commit": self = .commit
      case "benchmark": self = .benchmark
      case "metric": self = .metric
      case "machine": self = .machine
      default: return nil
      }
    }
  }

  var description: String {
    switch self {
    case .commit: "commit"
    case .period(let period): period.rawValue
    case .label(let name): "label:\(name)"
    case .class(let name): "class:\(name)"
    case .benchmark: "benchmark"
    case .metric: "metric"
    case .machine: "machine"
    }
  }

  /// True for the groupings that say when.
  var isAxis: Bool {
    switch self {
    case .commit, .period: true
    default: false
    }
  }

  static let words = [
    "commit", "hour", "day", "week", "month", "label:", "class:", "benchmark", "metric", "machine",
  ]
}

extension Argument where Value == Grouping {
  static var grouping: Argument<Grouping> {
    Argument("<what>", completing: .words(Grouping.words)) { text throws(UsageError) in
      guard let grouping = Grouping(text) else {
        throw UsageError(
          "not one of commit, hour, day, week, month, label:<name>, class:<name>, benchmark, metric, "
            + "machine", hint: Suggestion.hint(for: text, among: Grouping.words))
      }
      return grouping
    }
  }
}
