import Measurements

/// What the candidate is to have, because the base has it.
///
/// That is what the nearest whole recording measured, and what the parts of two of the last ten measured
/// commits did, as far as these are not older than it.
struct Debts {
  private var owed: Set<Series.ID>?
  private var parts: [Series.ID: Int] = [:]
  private var partsSeen = 0

  private static let mostParts = 10

  /// Whether the nearest whole recording was met.
  var isSettled: Bool { owed != nil }

  /// Whether a commit's numbers say something of them.
  func wants(isWhole: Bool) -> Bool {
    owed == nil && (isWhole || partsSeen < Self.mostParts)
  }

  /// Learns from the runs of one commit, by their series' names of now.
  mutating func add(_ runs: [Run], _ names: NameHistory) {
    guard owed == nil else { return }
    let whole = runs.whole
    if partsSeen < Self.mostParts {
      partsSeen += 1
      for id in Self.ids(runs.parts, names) { parts[id, default: 0] += 1 }
    }
    if !whole.isEmpty { owed = Self.ids(whole, names) }
  }

  /// All that one commit has is owed.
  mutating func take(_ runs: [Run], _ names: NameHistory) { owed = Self.ids(runs, names) }

  var all: Set<Series.ID> { (owed ?? []).union(parts.filter { $0.value > 1 }.keys) }

  private static func ids(_ runs: [Run], _ names: NameHistory) -> Set<Series.ID> {
    Set(runs.flatMap(\.series).map { names.present($0.id) })
  }
}
