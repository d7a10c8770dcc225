/// The removal of changes of a rate that are too small or too uncertain, the weakest first.
struct OutcomePruning {
  /// The first places of all levels but the first, in ascending order.
  private(set) var places: [Int]
  /// The comparison of the two levels of each change.
  private(set) var changes: [Change] = []

  private let series: [TaskAttempts.Side]
  /// The largest p of a change that is kept.
  private let largestP: Double
  /// The smallest difference of rates that is kept.
  private let margin: Double

  /// The comparison of two levels.
  struct Change {
    /// The attempts of both levels.
    let sides: TaskAttempts
    let test: OutcomeTest
    /// True if it is large and certain enough.
    let isKept: Bool
  }

  init(_ places: [Int], of series: [TaskAttempts.Side], largestP: Double, margin: Double) {
    self.places = places
    self.series = series
    self.largestP = largestP
    self.margin = margin
    changes = places.indices.map(change)
    while let weakest { remove(weakest) }
  }

  /// The points of each level, one more than changes.
  var levels: [ArraySlice<TaskAttempts.Side>] { (0...places.count).map(level) }

  private func level(_ number: Int) -> ArraySlice<TaskAttempts.Side> {
    let start = number > 0 ? places[number - 1] : 0
    return series[start..<(number < places.count ? places[number] : series.count)]
  }

  /// The number of the change with the largest p among those that are not kept.
  private var weakest: Int? {
    changes.indices.filter { !changes[$0].isKept }
      .max { changes[$0].test.twoSided < changes[$1].test.twoSided }
  }

  private mutating func remove(_ number: Int) {
    places.remove(at: number)
    changes.remove(at: number)
    for other in [number - 1, number] where changes.indices.contains(other) {
      changes[other] = change(other)
    }
  }

  private func change(_ number: Int) -> Change {
    let (old, new) = (level(number), level(number + 1))
    let sides = TaskAttempts(old: old.sum, new: new.sum)
    let test = OutcomeTest([sides])
    let rest = TaskAttempts(
      old: old.sumWithoutFarthest(from: sides.new), new: new.sumWithoutFarthest(from: sides.old))
    return Change(
      sides: sides, test: test,
      isKept: passes(sides, test, largestP)
        && passes(rest, OutcomeTest([rest]), UsualLevel.alpha))
  }

  private func passes(_ sides: TaskAttempts, _ test: OutcomeTest, _ largestP: Double) -> Bool {
    (sides.new.rate - sides.old.rate).magnitude >= margin && test.twoSided <= largestP
  }
}

extension Collection<TaskAttempts.Side> {
  /// All attempts together.
  ///
  /// - Precondition: There is a point.
  var sum: TaskAttempts.Side {
    TaskAttempts.Side(solved: reduce(0) { $0 + $1.solved }, of: reduce(0) { $0 + $1.attempts })
  }

  /// All attempts but those of the point that speaks most for a difference from another level.
  ///
  /// - Precondition: There are two points.
  fileprivate func sumWithoutFarthest(from other: TaskAttempts.Side) -> TaskAttempts.Side {
    let sum = sum
    let sign = sum.rate < other.rate ? -1.0 : 1
    // The number of solved attempts above what the rate of the other level gives.
    let excess = map { sign * (Double($0.solved) - Double($0.attempts) * other.rate) }
    let farthest = zip(self, excess).max { $0.1 < $1.1 }?.0
    return TaskAttempts.Side(
      solved: sum.solved - (farthest?.solved ?? 0), of: sum.attempts - (farthest?.attempts ?? 0))
  }
}
