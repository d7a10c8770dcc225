import Measurements

/// What is counted of the rounds of strands.
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
  /// The run of each value.
  package private(set) var runs: [Int] = []
  /// True if a value stands for several that were not kept.
  package private(set) var isThinned = false

  /// Collects the values of each place that has some, in the order of the axis.
  package static func of(
    _ strands: [Strand], on axis: Axis, counting counted: CountedValues
  ) -> [(place: Int, values: CollectedValues)] {
    var found: [Int: [(run: Int, values: [Double], isThinned: Bool)]] = [:]
    for strand in strands {
      if case .places(let units) = counted {
        for (_, group) in strand.collected(on: units) {
          guard let place = axis.places[group.lastRun] else { continue }
          found[place, default: []].append(
            (group.lastRun, [group.joined(strand.kind, addsUp: false)], group.isThinned))
        }
        continue
      }
      for entry in strand.values.entries {
        guard let place = axis.places[entry.run] else { continue }
        let values =
          if case .samples = counted { strand.values.samples(of: entry) } else {
            Array(strand.values.values(of: entry))
          }
        found[place, default: []].append((entry.run, values, entry.isSummary))
      }
    }
    return found.sorted { $0.key < $1.key }.map { place, parts in
      var all = CollectedValues()
      let ordered = parts.enumerated().sorted {
        ($0.element.run, $0.offset) < ($1.element.run, $1.offset)
      }
      for (_, part) in ordered {
        all.values += part.values
        all.runs += repeatElement(part.run, count: part.values.count)
        all.isThinned = all.isThinned || part.isThinned
      }
      return (place, all)
    }
  }
}
