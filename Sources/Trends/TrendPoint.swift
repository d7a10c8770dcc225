import Measurements
import Statistics

/// The figure of a strand at one place of an axis.
package struct TrendPoint: Sendable {
  /// The place on the axis.
  package let place: Int
  /// The number of rounds.
  package let n: Int
  /// The median of the rounds; of money and tokens in a period the sum, of outcomes the rate.
  package let value: Double
  /// The 95 % interval of the value: of a median from six rounds on, of a rate always, of a sum never.
  package let interval: ClosedRange<Double>?
  /// The last of the runs.
  package let run: Int
  /// True if a number stands for several that were not kept.
  package let isThinned: Bool
}

extension Strand {
  /// The points of the strand, in the order of the axis. A place without numbers has none.
  ///
  /// - Parameter addsUp: True if the places are periods, in which money and tokens add up.
  package func points(on axis: Axis, addsUp: Bool) -> [TrendPoint] {
    collected(on: axis).map { place, group in
      TrendPoint(
        place: place, n: group.values.count, value: group.joined(kind, addsUp: addsUp),
        interval: group.interval(kind, addsUp: addsUp), run: group.lastRun,
        isThinned: group.isThinned)
    }
  }

  /// The rounds of each place that has some, in the order of the axis; the rounds of a place stand in
  /// the order of the runs.
  func collected(on axis: Axis) -> [(place: Int, group: ValueGroup)] {
    var groups: [Int: ValueGroup] = [:]
    for entry in values.entries {
      guard let place = axis.places[entry.run] else { continue }
      groups[place, default: ValueGroup()].add(values.values(of: entry), entry)
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// The rounds of some runs.
struct ValueGroup {
  private var rounds: [Double] = []
  private var medians: [Double] = []
  private(set) var lastRun = 0
  private(set) var isThinned = false

  /// The rounds. Where a run has left one number of several, it counts like a run that kept its
  /// rounds: each with its median.
  var values: [Double] { isThinned ? medians : rounds }

  mutating func add(_ own: ArraySlice<Double>, _ entry: RecordedSeries.Entry) {
    rounds += own
    medians.append(own.count == 1 ? own[own.startIndex] : Array(own).median ?? 0)
    lastRun = max(lastRun, entry.run)
    isThinned = isThinned || entry.isSummary
  }

  func joined(_ kind: MetricKind, addsUp: Bool) -> Double {
    switch kind {
    case .rate: values.reduce(0, +) / Double(values.count)
    case .amount where addsUp: values.reduce(0, +)
    case .amount, .size: values.median ?? 0
    }
  }

  func interval(_ kind: MetricKind, addsUp: Bool) -> ClosedRange<Double>? {
    switch kind {
    case .rate: WilsonInterval.of(values.reduce(0, +), in: values.count)
    case .amount where addsUp: nil
    case .amount, .size: (try? Sample(values))?.medianInterval()
    }
  }
}
