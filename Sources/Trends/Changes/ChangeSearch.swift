import Measurements
import Statistics

/// The search for changes of level in all strands of a branch.
///
/// The p of all changes that are found belong to one family, whatever is shown of them, so that every
/// question about a branch gets the same answer.
package struct ChangeSearch {
  private let axis: Axis
  private let addsUp: Bool
  private let minimum: Double
  private var tables = UDistributions()
  private var candidates: [SeriesChange] = []
  /// The strands that were searched, with the places of their first and last values.
  package private(set) var spans: [Span] = []

  /// The stretch of the axis that a strand has values in.
  package struct Span: Sendable, Hashable {
    package let series: SeriesChange.SeriesName
    /// The places of the third value and of the third last one: a change is found only between them.
    package let first: Int
    package let last: Int
    /// True if the values are times or rates of a clock, which a machine moves all at once.
    package let isOfTime: Bool

    package init(series: SeriesChange.SeriesName, first: Int, last: Int, isOfTime: Bool) {
      self.series = series
      self.first = first
      self.last = last
      self.isOfTime = isOfTime
    }
  }

  /// - Parameters:
  ///   - addsUp: True if the places are periods, in which money and tokens add up.
  ///   - minimum: The smallest relative change that counts.
  package init(on axis: Axis, addsUp: Bool, minimum: Double = ChangePoints.usualMinimum) {
    self.axis = axis
    self.addsUp = addsUp
    self.minimum = minimum
  }

  /// Searches one strand.
  package mutating func add(_ strand: Strand) {
    let figures = PlaceFigures(of: strand, on: axis, addsUp: addsUp)
    let places = figures.places
    if places.count >= 2 * ChangePoints.fewestValues {
      spans.append(
        Span(
          series: strand.name, first: places[ChangePoints.fewestValues - 1],
          last: places[places.count - ChangePoints.fewestValues],
          isOfTime: strand.kind == .size && !strand.metric.exact && strand.metric.isOfClock))
    }
    if strand.metric.exact {
      candidates += steps(figures, strand.name)
    } else if strand.kind == .rate {
      candidates += rates(figures, strand.name)
    } else {
      candidates += levels(figures, strand.name)
    }
  }

  /// The changes that remain after the correction for the number of all candidates.
  ///
  /// Changes of metrics without noise have no p, and remain.
  package var changes: [SeriesChange] {
    let noisy = candidates.indices.filter { candidates[$0].size.p != nil }
    let adjusted = FamilyCorrection.benjaminiHochberg.adjusted(
      noisy.compactMap { candidates[$0].size.p })
    let refused = Set(zip(noisy, adjusted).filter { $1 > UsualLevel.alpha }.map(\.0))
    return candidates.indices.filter { !refused.contains($0) }.map { candidates[$0] }
  }
}

extension ChangeSearch {
  private mutating func levels(
    _ figures: PlaceFigures, _ name: SeriesChange.SeriesName
  ) -> [SeriesChange] {
    let found = ChangePoints(in: figures.values, minimum: minimum, tables: &tables)
    return found.points.indices.map { number in
      let point = found.points[number]
      let sides = (point.compared.old, point.compared.new)
      let old = found.levels[number].median
      let reference = point.change.comparison == .ratio ? nil : old.magnitude
      return SeriesChange(
        series: name, last: figures.places[point.index - 1], first: figures.places[point.index],
        size: SeriesChange.Size(
          levels: Sides(old: old, new: found.levels[number + 1].median),
          change: point.change.estimate.relative(to: reference),
          interval: point.change.interval.flatMap { interval in
            guard let low = interval.lowerBound.relative(to: reference),
              let high = interval.upperBound.relative(to: reference)
            else { return nil }
            return low...high
          }, p: point.p),
        rounds: figures.rounds(around: point.index, sides.0, sides.1),
        returned: found.pointOfReturn(from: number).map { figures.places[found.points[$0].index] })
    }
  }

  private func rates(
    _ figures: PlaceFigures, _ name: SeriesChange.SeriesName
  ) -> [SeriesChange] {
    let found = OutcomeChangePoints(
      in: figures.places.indices.map {
        TaskAttempts.Side(solved: figures.solved[$0], of: figures.rounds[$0])
      })
    let ends = found.points.map(\.index) + [figures.places.count]
    return found.points.indices.map { number in
      let point = found.points[number]
      let start = number == 0 ? 0 : found.points[number - 1].index
      let levels = Sides(old: point.change.old.rate, new: point.change.new.rate)
      let later = found.points.indices.dropFirst(number + 1).first {
        (found.levels[$0 + 1].rate - levels.old).magnitude < OutcomeChangePoints.usualMargin
      }
      return SeriesChange(
        series: name, last: figures.places[point.index - 1], first: figures.places[point.index],
        size: SeriesChange.Size(
          levels: levels, change: point.change.estimate, interval: point.change.interval,
          p: point.p, isOfRates: true),
        rounds: figures.rounds(
          around: point.index, point.index - start, ends[number + 1] - point.index),
        returned: later.map { figures.places[found.points[$0].index] })
    }
  }

  private func steps(
    _ figures: PlaceFigures, _ name: SeriesChange.SeriesName
  ) -> [SeriesChange] {
    let steps = ExactStep.all(in: figures.values)
    return steps.enumerated().map { number, step in
      let later = steps[(number + 1)...].first { $0.after == step.before }
      return SeriesChange(
        series: name, last: figures.places[step.index - 1], first: figures.places[step.index],
        size: SeriesChange.Size(
          levels: Sides(old: step.before, new: step.after),
          change: step.before == 0 ? nil : step.after / step.before - 1, interval: nil, p: nil),
        rounds: figures.rounds(around: step.index, 1, 1),
        returned: later.map { figures.places[$0.index] })
    }
  }
}

extension PlaceFigures {
  /// The rounds of so many values before and after a place.
  fileprivate func rounds(around index: Int, _ before: Int, _ after: Int) -> Sides<Int> {
    Sides(
      old: rounds[max(0, index - before)..<index].reduce(0, +),
      new: rounds[index..<min(rounds.count, index + after)].reduce(0, +))
  }
}

extension Double {
  /// A ratio as a change, or a difference as a part of a reference; nil where that is 0.
  fileprivate func relative(to reference: Double?) -> Double? {
    guard let reference else { return self - 1 }
    return reference == 0 ? nil : self / reference
  }
}

extension Metric {
  /// True for times and for rates per time.
  fileprivate var isOfClock: Bool { unit == .nanoseconds || unit.symbol.hasSuffix("/s") }
}
