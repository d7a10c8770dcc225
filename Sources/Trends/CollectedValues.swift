import Measurements
import Statistics

/// The values that are taken from the rounds of strands.
package enum CountedValues: Sendable {
  /// The value of each round.
  case rounds
  /// Each sample of each round.
  case samples
  /// The median of all rounds of a strand at one place of an axis.
  case places(Axis)
}

/// The values of several strands at one place of an axis, in the order of the runs.
package struct CollectedValues: Sendable {
  package private(set) var values: [Double] = []
  private var places: [UInt32] = []
  /// True if a value stands for several that were not kept.
  package private(set) var isThinned = false

  /// The run of a value.
  package func run(of value: Int) -> Int { Int(places[value]) }

  /// Collects the values of each place that has some, in the order of the axis.
  package static func of(
    _ strands: [Strand], on axis: Axis, counting counted: CountedValues
  ) -> [(place: Int, values: CollectedValues)] {
    if case .places(let units) = counted { return byUnit(strands, axis, units) }
    var isOfSamples = false
    if case .samples = counted { isOfSamples = true }
    let isThinned = strands.contains { $0.isThinned(on: axis) }
    if strands.count == 1, !isThinned, !isOfSamples { return ofRounds(strands[0].values, axis) }
    var groups = [CollectedValues?](repeating: nil, count: axis.count)
    func add(_ entry: RecordedSeries.Entry, of values: RecordedSeries) {
      guard let place = axis.places[entry.run] else { return }
      if groups[place] == nil { groups[place] = CollectedValues() }
      let rounds = values.values(of: entry)
      // A run of which one number is left counts like one that kept its rounds: with its median.
      let part =
        isThinned
        ? [Array(rounds).median ?? 0][...] : isOfSamples ? values.samples(of: entry)[...] : rounds
      groups[place]?.add(part, entry.run, isThinned: entry.isSummary)
    }
    // The entries of one strand are in the order of the runs already.
    if strands.count == 1 {
      let values = strands[0].values
      for entry in values.entries { add(entry, of: values) }
    } else {
      for item in items(strands) {
        let values = strands[item.strand].values
        add(values.entries[item.entry], of: values)
      }
    }
    return groups.enumerated().compactMap { place, group in group.map { (place, $0) } }
  }

  /// The rounds of one series, whose entries are in the order of the runs already. This is what most
  /// questions need, so that nothing is made for a single entry.
  private static func ofRounds(
    _ values: RecordedSeries, _ axis: Axis
  ) -> [(place: Int, values: CollectedValues)] {
    var groups = [CollectedValues](repeating: CollectedValues(), count: axis.count)
    if axis.count == 1 {
      groups[0].values.reserveCapacity(values.rounds.count)
      groups[0].places.reserveCapacity(values.rounds.count)
    }
    for entry in values.entries {
      guard let place = axis.places[entry.run] else { continue }
      for round in entry.rounds {
        groups[place].values.append(values.rounds[round])
        groups[place].places.append(UInt32(entry.run))
      }
    }
    return groups.enumerated().compactMap { $1.values.isEmpty ? nil : ($0, $1) }
  }

  /// The entries of all strands in the order of the runs.
  private static func items(_ strands: [Strand]) -> [Item] {
    var items: [Item] = []
    for (index, strand) in strands.enumerated() {
      let entries = strand.values.entries
      items += entries.indices.map { Item(run: entries[$0].run, strand: index, entry: $0) }
    }
    return items.sorted { ($0.run, $0.strand) < ($1.run, $1.strand) }
  }

  private struct Item {
    let run: Int
    let strand: Int
    let entry: Int
  }

  private mutating func add(_ more: ArraySlice<Double>, _ run: Int, isThinned: Bool) {
    values += more
    for _ in more { places.append(UInt32(run)) }
    self.isThinned = self.isThinned || isThinned
  }

  /// The median of each strand at each unit, in the order of the runs.
  private static func byUnit(
    _ strands: [Strand], _ axis: Axis, _ units: Axis
  ) -> [(place: Int, values: CollectedValues)] {
    let found = strands.enumerated().flatMap { index, strand in
      strand.collected(on: units).map { (strand: index, group: $0.group, kind: strand.kind) }
    }
    var groups = [CollectedValues?](repeating: nil, count: axis.count)
    for one in found.sorted(by: { ($0.group.lastRun, $0.strand) < ($1.group.lastRun, $1.strand) }) {
      guard let place = axis.places[one.group.lastRun] else { continue }
      if groups[place] == nil { groups[place] = CollectedValues() }
      groups[place]?.add(
        [one.group.joined(one.kind, addsUp: false)], one.group.lastRun,
        isThinned: one.group.isThinned)
    }
    return groups.enumerated().compactMap { place, group in group.map { (place, $0) } }
  }
}
