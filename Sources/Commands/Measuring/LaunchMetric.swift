import Intake
import Measurements

/// A metric that is recorded of a launch because somebody asked for it.
enum LaunchMetric: Hashable, Sendable {
  case counted(Counter)

  var metric: Metric {
    switch self {
    case .counted(let counter): counter.metric
    }
  }

  /// Those that have a name of their own.
  static let named = Counter.allCases.map(Self.counted)
}

extension Argument where Value == LaunchMetric {
  static var launchMetric: Self {
    let names = LaunchMetric.named.map(\.metric.name)
    return Argument("<name>", completing: .words(names)) { text throws(UsageError) in
      if let known = LaunchMetric.named.first(where: { $0.metric.name == text }) { return known }
      guard !Metric.ofCommands.contains(where: { $0.name == text }) else {
        throw UsageError(
          "always recorded", hint: "besides there are \(names.joined(separator: ", "))")
      }
      throw UsageError(
        "not one of \(names.joined(separator: ", "))",
        hint: Suggestion.hint(for: text, among: names))
    }
  }
}

extension [LaunchMetric] {
  /// - Throws: ``UsageError`` where they do not go together.
  func check() throws(UsageError) {
    for (index, one) in enumerated()
    where self[..<index].contains(where: { $0.metric.name == one.metric.name }) {
      throw UsageError("metric '\(one.metric.name)' is asked for twice", hint: "name it once")
    }
  }

  var counters: [Counter] {
    compactMap { if case .counted(let counter) = $0 { counter } else { nil } }
  }
}
