package import CommandLine
package import Measurements
package import Runner
package import System

/// A metric of a launch that is recorded only if a user asks for it.
package enum LaunchMetric: Hashable, Sendable {
  case counted(Counter)
  case printed(PrintedNumber)
  /// The instructions under valgrind, which is so slow that all other metrics mean nothing.
  case callgrind

  package var metric: Metric {
    switch self {
    case .counted(let counter): counter.metric
    case .printed(let number): number.metric
    case .callgrind: Callgrind.metric
    }
  }

  /// The metrics that have a name of their own.
  package static let named = Counter.allCases.map(Self.counted) + [.callgrind]

  /// The name by which a user asks for the metric.
  var name: String {
    self == .callgrind ? "callgrind" : metric.name
  }

  /// Names that a printed number cannot have.
  fileprivate static let taken = Set(
    (named.map(\.metric) + Metric.ofCommands).map(\.name) + ["callgrind"])
}

extension [LaunchMetric] {
  /// Checks that the metrics can be recorded together.
  ///
  /// - Throws: ``UsageError`` if they cannot.
  func check() throws(UsageError) {
    let names = map(\.metric.name)
    if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw UsageError("metric '\(name)' is asked for twice", hint: "name it once")
    }
    guard count <= 1 || !contains(.callgrind) else {
      throw UsageError(
        "callgrind counts alone: a program under valgrind is slow",
        hint: "record the other metrics by themselves, or in another suite")
    }
  }

  /// Returns the metrics as this machine can record them: callgrind counts instructions if the
  /// processor does not.
  ///
  /// - Throws: ``Diagnostic`` for a metric that cannot be counted at all, ``UsageError`` if
  ///   callgrind would not be alone.
  package func resolved() throws -> [LaunchMetric] {
    let metrics = try map { metric -> LaunchMetric in
      guard case .counted(let counter) = metric, counter.availability != .available else {
        return metric
      }
      guard counter == .instructions else { throw Diagnostic(counter) }
      return .callgrind
    }
    try metrics.check()
    return metrics
  }

  package var counters: Set<Counter> {
    Set(compactMap { if case .counted(let counter) = $0 { counter } else { nil } })
  }

  package var printed: [PrintedNumber] {
    compactMap { if case .printed(let number) = $0 { number } else { nil } }
  }
}

extension Argument where Value == LaunchMetric {
  /// A metric of a launch: `page_faults`, or `latency[ms]=took ([0-9.]+) ms` for a number that the
  /// program prints.
  package static var launchMetric: Argument<LaunchMetric> {
    let names = LaunchMetric.named.map(\.name)
    return Argument(
      "<name>[=<pattern>]", completing: .words(names)
    ) { text throws(UsageError) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { return .printed(try PrintedNumber(parts[0], String(parts[1]))) }
      if let known = LaunchMetric.named.first(where: { $0.name == text }) { return known }
      guard !LaunchMetric.taken.contains(text) else {
        throw UsageError("always recorded", hint: "besides, there are \(names.inWords)")
      }
      throw UsageError(
        "not one of \(names.inWords)",
        hint: Suggestion.hint(for: text, among: names)
          ?? "for what the program prints, write '\(text)=<regular expression>'")
    }
  }
}

extension [String] {
  fileprivate var inWords: String { joined(separator: ", ") }
}

extension PrintedNumber {
  /// - Parameter head: The name, with the unit, the direction or both: `latency`, `latency[ms]`,
  ///   `score[higher]` or `speed[MB/s,lower]`.
  fileprivate init(_ head: Substring, _ pattern: String) throws(UsageError) {
    let parts = head.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard !name.isEmpty, name.allSatisfy({ !$0.isWhitespace && $0 != "]" }),
      parts.count == 1 || parts[1].hasSuffix("]")
    else {
      throw UsageError("not a metric", hint: "write it like 'latency[ms]=took ([0-9.]+) ms'")
    }
    guard !LaunchMetric.taken.contains(name.lowercased()) else {
      throw UsageError("'\(name)' means something else already", hint: "give it another name")
    }
    let words = parts.count == 1 ? [] : parts[1].dropLast().split(separator: ",")
    let better = words.compactMap { Direction(rawValue: String($0)) }
    let units = words.filter { Direction(rawValue: String($0)) == nil }
    guard better.count <= 1, units.count <= 1, parts.count == 1 || !words.isEmpty else {
      throw UsageError(
        "not one unit and one direction", hint: "write them like '[ms]' or '[1,higher]'")
    }
    do {
      try self.init(
        name, unit: units.first.map(String.init) ?? "1", better: better.first, pattern: pattern)
    } catch {
      throw UsageError(error)
    }
  }
}

extension UsageError {
  fileprivate init(_ mistake: PrintedNumber.Mistake) {
    switch mistake {
    case .noPattern:
      self.init(
        "not a regular expression",
        hint: "put a `\\` before `(` that is printed; there is no lookbehind, `(?<=…)`")
    case .groups(let count):
      self.init(
        "it has \(count) groups instead of one",
        hint: "put the number in parentheses, and other groups in `(?:…)`")
    }
  }
}

extension Diagnostic {
  /// Creates the error for a counter that is not available.
  fileprivate init(_ counter: Counter) {
    let what = "cannot count \(counter.rawValue)"
    switch counter.availability {
    case .available, .noHardware:
      self.init(
        .unusable, "\(what): this machine offers no counters of its processor",
        hint: "most virtual machines do not; `--metric instructions` takes callgrind instead")
    case .forbidden(let error):
      self.init(
        .unusable, "\(what): \(error)",
        hint:
          "`sysctl kernel.perf_event_paranoid=2` allows it, where a container does not forbid it")
    }
  }
}
