package import Measurements
import Statistics

/// Groups in order, by one figure of each.
package struct RankedGroups: Sendable {
  package let groups: [Group]

  package struct Group: Sendable {
    /// The place of the group among those that were ranked.
    package let index: Int
    /// The place in the order, from 1.
    package let place: Int
    package let value: Double
    package let interval: ClosedRange<Double>?
    package let n: Int
    /// The indices of the groups whose intervals overlap with this one's. A group without an interval
    /// is tied with every other: nobody knows.
    package let tied: [Int]
  }

  /// The figure of a group.
  package struct Figure: Sendable {
    package let value: Double
    package let interval: ClosedRange<Double>?
    package let n: Int

    package init(value: Double, interval: ClosedRange<Double>?, n: Int) {
      self.value = value
      self.interval = interval
      self.n = n
    }
  }

  /// Ranks figures, the best first; of equal ones the order stays.
  package init(_ figures: [Figure], better: Direction) {
    let order = figures.indices.sorted { a, b in
      let (one, two) = (figures[a].value, figures[b].value)
      if one == two { return a < b }
      return better == .lower ? one < two : one > two
    }
    groups = order.enumerated().map { place, index in
      let tied = figures.indices.filter { other in
        other != index && figures[index].mayEqual(figures[other])
      }
      return Group(
        index: index, place: place + 1, value: figures[index].value,
        interval: figures[index].interval, n: figures[index].n, tied: tied)
    }
  }
}

extension RankedGroups.Figure {
  /// True if the intervals overlap, or one is not known.
  func mayEqual(_ other: Self) -> Bool {
    guard let interval, let others = other.interval else { return true }
    return interval.overlaps(others)
  }

  /// The figure of all rounds of a group's strands, which are of one metric.
  ///
  /// Outcomes: the rate with Wilson's interval. Otherwise the median of the rounds with its interval;
  /// of different benchmarks' times or sizes the median of the ratios that `reference` gives.
  ///
  /// - Parameters:
  ///   - kind: The way in which the numbers of all groups are joined.
  ///   - reference: Returns the value that the rounds of a strand are divided by, 1 to take them as they
  ///     are, and nil to leave them out.
  /// - Returns: nil for no rounds.
  package init?(
    _ strands: [Strand], _ kind: MetricKind, on axis: Axis, reference: (Strand) -> Double?
  ) {
    var values: [Double] = []
    // A run of which one number is left counts like one that kept its rounds: with its median.
    let isThinned = strands.contains { $0.isThinned(on: axis) }
    for strand in strands {
      guard let divisor = reference(strand), divisor != 0 else { continue }
      for entry in strand.values.entries where axis.places[entry.run] != nil {
        let rounds = strand.values.values(of: entry)
        let own = isThinned ? [Array(rounds).median ?? 0][...] : rounds
        values += own.map { $0 / divisor }
      }
    }
    guard !values.isEmpty, let sample = try? Sample(values) else { return nil }
    n = values.count
    if kind == .rate {
      let successes = values.reduce(0, +)
      value = successes / Double(values.count)
      interval = WilsonInterval.of(successes, in: values.count)
    } else {
      value = sample.median
      interval = sample.medianInterval()
    }
  }
}
