import Measurements

/// The time that the processors spent since the machine started, in ticks.
package struct ProcessorTimes: Hashable, Sendable {
  /// The time that was given to other machines of the host.
  let stolen: Double
  let all: Double

  /// Reads the first line of `/proc/stat`:
  /// `cpu  user nice system idle iowait irq softirq steal guest …`. The time of guests is part
  /// of `user`.
  init?(stat text: String) {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
    guard ticks.count == 8 else { return nil }
    stolen = ticks[7]
    all = ticks.reduce(0, +)
  }

  /// The fraction of the time since `start` that was stolen; nil if no time has passed.
  func stolen(since start: ProcessorTimes) -> Double? {
    let passed = all - start.all
    return passed > 0 ? min(1, max(0, (stolen - start.stolen) / passed)) : nil
  }
}

extension RunConditions {
  /// The conditions between two readings of the machine.
  ///
  /// - Parameter roundLoads: The load average before each round.
  /// - Returns: nil if nothing could be read.
  package init?(from start: Conditions, to end: Conditions, roundLoads: [Double] = []) {
    func span(_ value: (Conditions) -> Double?) -> Span? {
      guard let first = value(start), let last = value(end) else { return nil }
      return Span(start: first, end: last)
    }
    self.init(
      load: span { $0.load?.average }, pressure: span(\.pressure),
      steal: start.times.flatMap { first in end.times.flatMap { $0.stolen(since: first) } },
      governor: end.governor?.description, clock: span { $0.clock?.hertz },
      roundLoads: roundLoads)
    guard load != nil || pressure != nil || steal != nil || governor != nil || clock != nil else {
      return nil
    }
  }
}

extension Conditions {
  /// The percentage in `/proc/pressure/cpu`, such as
  /// `some avg10=1.53 avg60=0.87 avg300=0.30 total=1234`.
  static func pressure(_ text: String) -> Double? {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("some "),
      let word = line.split(separator: " ").first(where: { $0.hasPrefix("avg10=") }),
      let value = Double(word.dropFirst("avg10=".count)), value.isFinite
    else { return nil }
    return value
  }
}
