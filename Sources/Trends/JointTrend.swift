package import Measurements
import Statistics

/// The points of several strands of one metric, joined.
package struct JointTrend: Sendable {
  package let points: [TrendPoint]
  /// The unit of the points: that of the metric, or 1 for ratios.
  package let unit: Unit
  /// True if each point is the median, over the benchmarks, of the ratio to a benchmark's first value.
  package let isOfRatios: Bool

  /// Joins strands.
  ///
  /// Outcomes become the rate over all attempts, money and tokens a sum. Everything else becomes the
  /// median of ratios, each benchmark's to its own first value, because neither the sum nor the
  /// median of different times means anything. A single strand stays as it is.
  ///
  /// - Parameter strands: At least one, all of one metric and unit.
  package init(_ strands: [Strand], on axis: Axis, addsUp: Bool) {
    let kind = strands.joinedKind
    guard strands.count > 1 else {
      points = strands[0].points(on: axis, addsUp: addsUp)
      (unit, isOfRatios) = (strands[0].metric.unit, false)
      return
    }
    isOfRatios = kind == .size
    unit = isOfRatios ? .one : strands[0].metric.unit
    points =
      isOfRatios ? Self.ratios(strands, axis) : Self.joined(strands, axis, kind, addsUp: addsUp)
  }

  private static func joined(
    _ strands: [Strand], _ axis: Axis, _ kind: MetricKind, addsUp: Bool
  ) -> [TrendPoint] {
    var entries: [Int: [(entry: RecordedSeries.Entry, values: ArraySlice<Double>)]] = [:]
    for strand in strands {
      for entry in strand.values.entries {
        guard let place = axis.places[entry.run] else { continue }
        entries[place, default: []].append((entry, strand.values.values(of: entry)))
      }
    }
    return entries.sorted { $0.key < $1.key }.map { place, entries in
      var group = ValueGroup()
      // Sums are added in the order of the runs.
      let ordered = entries.enumerated().sorted {
        ($0.element.entry.run, $0.offset) < ($1.element.entry.run, $1.offset)
      }
      for (_, one) in ordered { group.add(one.values, one.entry) }
      return TrendPoint(
        place: place, n: group.values.count,
        value: group.joined(kind, addsUp: addsUp || kind == .amount),
        interval: group.interval(kind, addsUp: addsUp || kind == .amount), run: group.lastRun,
        isThinned: group.isThinned)
    }
  }

  private static func ratios(_ strands: [Strand], _ axis: Axis) -> [TrendPoint] {
    var ratios: [Int: [(ratio: Double, point: TrendPoint)]] = [:]
    for strand in strands {
      let points = strand.points(on: axis, addsUp: false)
      guard let first = points.first(where: { $0.value != 0 })?.value else { continue }
      for point in points {
        ratios[point.place, default: []].append((point.value / first, point))
      }
    }
    return ratios.sorted { $0.key < $1.key }.map { place, all in
      TrendPoint(
        place: place, n: all.reduce(0) { $0 + $1.point.n }, value: all.map(\.ratio).median ?? 0,
        interval: nil, run: all.map(\.point.run).max() ?? 0,
        isThinned: all.contains { $0.point.isThinned })
    }
  }
}

extension [Strand] {
  /// The way in which the numbers of all strands are joined: strands of one metric differ in it only
  /// where not all of them look like outcomes.
  package var joinedKind: MetricKind {
    let kinds = Set(map(\.kind))
    return kinds.count == 1 ? self[0].kind : .size
  }
}
