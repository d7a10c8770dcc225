package import Measurements

/// A property that tells how busy a machine was, as reports name it.
package enum Condition: String, CaseIterable, Sendable {
  case load
  case pressure = "CPU pressure"
  case steal
  case governor

  /// Returns the value in a reader's words; nil if nobody read it.
  func value(in conditions: PeakConditions) -> String? {
    switch self {
    case .load: conditions.load.map { fixed($0, 1) }
    case .pressure: conditions.pressure.map { "\(fixed($0, 0)) %" }
    case .steal: conditions.steal.map { "\(fixed($0 * 100, 0)) %" }
    case .governor: conditions.governor?.visible(limit: 80)
    }
  }

  /// True if the condition differs between two sides by so much that it may be the reason of a
  /// difference: by half of the cores in the load, by 20 points of pressure, by 5 points of stolen
  /// time, or in the governor.
  private func differs(_ base: PeakConditions, _ head: PeakConditions, cores: Int) -> Bool {
    func apart(_ value: (PeakConditions) -> Double?, by least: Double) -> Bool {
      guard let old = value(base), let new = value(head) else { return false }
      return (new - old).magnitude >= least
    }
    return switch self {
    case .load: apart(\.load, by: Double(max(1, cores)) / 2)
    case .pressure: apart(\.pressure, by: 20)
    case .steal: apart(\.steal, by: 0.05)
    case .governor:
      base.governor != nil && head.governor != nil && base.governor != head.governor
    }
  }

  /// Returns the conditions in which the sides differ.
  package static func different(
    base: PeakConditions, head: PeakConditions, cores: Int
  ) -> [Condition] {
    allCases.filter { $0.differs(base, head, cores: cores) }
  }
}
