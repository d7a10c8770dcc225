import Measurements
import Statistics

/// The figure of a strand at each place of an axis that has one, in the order of the axis.
///
/// It has the values of ``TrendPoint`` without intervals, for searches over ten thousands of places.
struct PlaceFigures {
  /// The places, ascending.
  private(set) var places: [Int] = []
  /// The median of the rounds of each place; of money and tokens in a period the sum, of outcomes
  /// the rate.
  private(set) var values: [Double] = []
  /// The number of rounds of each place.
  private(set) var rounds: [Int] = []
  /// The number of solved attempts of each place; empty unless the strand is of outcomes.
  private(set) var solved: [Int] = []

  init(of strand: Strand, on axis: Axis, addsUp: Bool) {
    var next: (place: Int, group: ValueGroup)?
    for (place, entry) in Self.ordered(strand, axis) {
      if let last = next, last.place != place {
        add(last.group, at: last.place, strand.kind, addsUp)
        next = nil
      }
      var group = next?.group ?? ValueGroup()
      next = nil
      group.add(strand.values.values(of: entry), entry)
      next = (place, group)
    }
    if let next { add(next.group, at: next.place, strand.kind, addsUp) }
  }

  /// The entries that have a place, ascending by it, and in the order of the runs at one place.
  private static func ordered(
    _ strand: Strand, _ axis: Axis
  ) -> [(place: Int, entry: RecordedSeries.Entry)] {
    let placed = strand.values.entries.compactMap { entry in
      axis.places[entry.run].map { (place: $0, entry: entry) }
    }
    // Commits are mostly measured in their order.
    let isOrdered = zip(placed, placed.dropFirst()).allSatisfy { $0.place <= $1.place }
    return isOrdered
      ? placed : placed.sorted { ($0.place, $0.entry.run) < ($1.place, $1.entry.run) }
  }

  private mutating func add(_ group: ValueGroup, at place: Int, _ kind: MetricKind, _ addsUp: Bool)
  {
    let values = group.values
    guard !values.isEmpty else { return }
    places.append(place)
    self.values.append(values.count == 1 ? values[0] : group.joined(kind, addsUp: addsUp))
    rounds.append(values.count)
    if kind == .rate { solved.append(values.count { $0 == 1 }) }
  }
}
