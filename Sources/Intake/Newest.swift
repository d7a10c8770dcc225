import Measurements

extension Collection<JSONNode> {
  /// The element with the greatest key; of equal ones the last.
  func newest(
    _ key: (JSONNode) throws(IntakeError) -> Double
  ) throws(IntakeError) -> JSONNode? {
    var newest: (node: JSONNode, key: Double)?
    for node in self {
      let key = try key(node)
      if key >= newest?.key ?? -.infinity { newest = (node, key) }
    }
    return newest?.node
  }
}

extension Harvest {
  /// Says that of a history only its newest entry is read.
  mutating func warnOfOlder(_ count: Int, _ commit: String?, at place: Place) {
    guard count > 0 else { return }
    let which = commit.map { ", of commit \($0.shortened(to: 40))" } ?? ""
    let older = count == 1 ? "1 older one is" : "\(count) older ones are"
    warn("only the newest entry is read\(which): \(older) not", at: place)
  }
}

extension Metric {
  /// What to call a number of which only the unit says what it is.
  static func nameOfValue(in unit: String) -> String {
    switch UnitConversion(from: unit).unit {
    case .nanoseconds: "wall_time"
    case .perSecond: "operations"
    case .bytesPerSecond: "throughput"
    default: "value"
    }
  }
}
