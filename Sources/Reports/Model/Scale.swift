package import Measurements

/// The unit in which the numbers of one row are shown, so that they can be compared by eye.
package struct Scale: Sendable {
  private let divisor: Double
  private let prefix: String
  private let suffix: String
  /// True if the values are things that are counted one by one: 17, not 17.0.
  private let isCount: Bool

  /// The largest unit in which the largest number is at least 1, as a reader sees it: 999.6 ms are
  /// 1.00 s, because they would be 1000 ms.
  package init(_ unit: Unit, for values: [Double]) {
    let largest = values.map(\.magnitude).max() ?? 0
    let steps = Self.steps(of: unit)
    let reached = zip(steps, steps.dropFirst()).filter { below, step in
      (largest / below.size).rounded() * below.size >= step.size
    }
    let step = reached.last?.1 ?? steps[0]
    divisor = step.size
    suffix = step.name.isEmpty ? "" : " " + step.name
    prefix = unit == .dollars ? "$" : ""
    isCount = unit == .one && step.size == 1
  }

  package func text(_ value: Double) -> String { text(value, digits: 3) }

  /// - Parameter digits: The least number of digits, three or more.
  func text(_ value: Double, digits: Int) -> String {
    let part = value / divisor
    let isWholeCount = isCount && part == part.rounded()
    let number = isWholeCount ? fixed(part, 0) : significant(part, digits: digits)
    // The sign goes before a currency: -$1.20.
    return number.hasPrefix("-")
      ? "-" + prefix + number.dropFirst() + suffix : prefix + number + suffix
  }

  /// Returns a value with its sign, as a difference has it: `+2.40 ms`.
  func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + text(value) }

  /// Returns the number of digits: three, or as many as it takes to tell two different values
  /// apart.
  static func digits(_ old: Double, _ oldScale: Scale, _ new: Double, _ newScale: Scale) -> Int {
    guard old != new else { return 3 }
    return (3...most).first {
      oldScale.text(old, digits: $0) != newScale.text(new, digits: $0)
    } ?? most
  }

  /// The most digits; no more are needed to tell any two doubles apart.
  private static let most = 17

  /// Returns the number that is shown for a value.
  func number(_ value: Double) -> Double { value / divisor }

  /// The unit that is shown beside every number: `ms`, `$`; empty for a plain one.
  var symbol: String { prefix.isEmpty ? String(suffix.drop { $0 == " " }) : prefix }

  private struct Step {
    let size: Double
    let name: String
  }

  private static func steps(of unit: Unit) -> [Step] {
    switch unit {
    case .nanoseconds:
      [
        Step(size: 1, name: "ns"), Step(size: 1e3, name: "µs"), Step(size: 1e6, name: "ms"),
        Step(size: 1e9, name: "s"),
      ]
    case .bytes: binary("")
    case .bytesPerSecond: binary("/s")
    case .one: decimal("")
    case .perSecond: decimal("/s")
    case .dollars: [Step(size: 1, name: "")]
    default: [Step(size: 1, name: unit.symbol.visible(limit: 40))]
    }
  }

  private static func binary(_ suffix: String) -> [Step] {
    [
      Step(size: 1, name: "B" + suffix), Step(size: 1024, name: "KiB" + suffix),
      Step(size: 1_048_576, name: "MiB" + suffix), Step(size: 1_073_741_824, name: "GiB" + suffix),
    ]
  }

  private static func decimal(_ suffix: String) -> [Step] {
    [
      Step(size: 1, name: suffix), Step(size: 1e3, name: "k" + suffix),
      Step(size: 1e6, name: "M" + suffix), Step(size: 1e9, name: "G" + suffix),
    ]
  }
}
