import Measurements
import Statistics

/// The search for the sum of many small changes since a release, each too small to count by itself.
///
/// "Slow creep": with +1 % a commit, a comparison with the commit before finds nothing, while a fixed
/// anchor finds all of it soon.
package struct CreepSearch {
  private let axis: Axis
  private let addsUp: Bool
  /// The place of the release.
  private let release: Int
  private var tables = UDistributions()
  private var candidates: [SeriesChange] = []

  /// The number of values that stand for the release, and for the present.
  package static let values = 5

  package init(since release: Int, on axis: Axis, addsUp: Bool) {
    self.axis = axis
    self.addsUp = addsUp
    self.release = release
  }

  /// Compares the last values of a strand up to the release with its newest ones.
  package mutating func add(_ strand: Strand) {
    guard strand.kind != .rate, !strand.metric.exact else { return }
    let figures = PlaceFigures(of: strand, on: axis, addsUp: addsUp)
    let before = figures.places.indices.filter { figures.places[$0] <= release }
      .suffix(Self.values)
    let after = figures.places.indices.filter { figures.places[$0] > release }.suffix(Self.values)
    guard before.count == Self.values, after.count == Self.values, let start = before.last,
      let end = after.last, let old = try? Sample(before.map { figures.values[$0] }),
      let new = try? Sample(after.map { figures.values[$0] }), old.minimum > 0
    else { return }
    let change = new.median / old.median - 1
    guard (change > 0) == (strand.metric.better == .lower), change != 0 else { return }
    let effect = HodgesLehmann(old: old, new: new, tables: &tables)
    let test = MannWhitney(old: old, new: new, tables: &tables)
    candidates.append(
      SeriesChange(
        series: strand.name, last: figures.places[start], first: figures.places[end],
        size: SeriesChange.Size(
          levels: Sides(old: old.median, new: new.median), change: change,
          interval: effect.ratio == nil
            ? nil : effect.interval.map { $0.lowerBound - 1...$0.upperBound - 1 },
          p: test.twoSided),
        rounds: Sides(
          old: before.map { figures.rounds[$0] }.reduce(0, +),
          new: after.map { figures.rounds[$0] }.reduce(0, +)), returned: nil))
  }

  /// The series that became worse since the release, whatever the way, after the correction for the
  /// number of them.
  package var sums: [SeriesChange] {
    let adjusted = FamilyCorrection.benjaminiHochberg.adjusted(candidates.compactMap(\.size.p))
    return zip(candidates, adjusted).filter { $1 <= UsualLevel.alpha }.map(\.0)
  }
}

extension [SeriesChange] {
  /// The sums of small changes since a release: those beyond a threshold to which no single change
  /// that is still there adds as much.
  ///
  /// - Parameters:
  ///   - changes: All changes of the branch.
  ///   - threshold: Returns the smallest sum of a series that is told, as a relative change.
  package func creeps(
    besides changes: [SeriesChange], threshold: (SeriesChange.SeriesName) throws -> Double
  ) rethrows -> [SeriesChange] {
    let steps = Dictionary(
      grouping: changes.filter { $0.isWorse && $0.returned == nil }, by: \.series)
    return try filter { sum in
      let threshold = try threshold(sum.series)
      guard let size = sum.size.change, size.magnitude > threshold else { return false }
      return steps[sum.series, default: []].allSatisfy { step in
        step.first <= sum.last || step.size.change.map { $0.magnitude < threshold } ?? false
      }
    }
  }
}
