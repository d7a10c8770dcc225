import Measurements

/// The series that the candidate must have because the base has them.
///
/// These are the series of the nearest whole recording, and the series that partial recordings of
/// at least two of the last ten measured commits have, if these are not older than the whole
/// recording.
struct Debts {
  private var owed: Set<Series.ID>?
  private var parts: [Series.ID: Int] = [:]
  private var partsSeen = 0

  private static let mostParts = 10

  /// True if the nearest whole recording was found.
  var isSettled: Bool { owed != nil }

  /// True if the numbers of a commit can change the set of required series.
  func wants(isWhole: Bool) -> Bool {
    owed == nil && (isWhole || partsSeen < Self.mostParts)
  }

  /// Adds the series of the runs of one commit, by their present names.
  mutating func add(_ runs: [Run], _ names: NameHistory) {
    guard owed == nil else { return }
    let whole = runs.whole
    if partsSeen < Self.mostParts {
      partsSeen += 1
      for id in Self.ids(runs.parts, names) { parts[id, default: 0] += 1 }
    }
    if !whole.isEmpty { owed = Self.ids(whole, names) }
  }

  /// Requires every series that one commit has.
  mutating func take(_ runs: [Run], _ names: NameHistory) { owed = Self.ids(runs, names) }

  var all: Set<Series.ID> { (owed ?? []).union(parts.filter { $0.value > 1 }.keys) }

  private static func ids(_ runs: [Run], _ names: NameHistory) -> Set<Series.ID> {
    Set(runs.flatMap(\.series).map { names.present($0.id) })
  }
}
