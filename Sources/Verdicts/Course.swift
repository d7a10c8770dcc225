import Statistics

/// The way that a series went before a change: the steps in the same direction, this one included.
///
/// A gate that compares with the commit before sees each of them, and not what they add up to.
package struct Course: Hashable, Sendable {
  /// The number of steps, at least 2.
  package let steps: Int
  /// The change of all of them together, new / old - 1.
  package let change: Double
  /// The name of the release since which they were counted; nil if there is none.
  package let since: String?
  /// The number of earlier recordings that were looked at.
  package let recordings: Int

  package init(steps: Int, change: Double, since: String?, recordings: Int) {
    self.steps = steps
    self.change = change
    self.since = since
    self.recordings = recordings
  }

  /// A recording, or a release behind the recordings before it.
  package struct Release: Hashable, Sendable {
    package let name: String
    /// The number of recordings up to the release.
    package let recordings: Int

    package init(name: String, recordings: Int) {
      self.name = name
      self.recordings = recordings
    }
  }

  /// Finds the earlier steps in the direction of a change.
  ///
  /// - Parameters:
  ///   - medians: The medians of the recordings before the candidate, the oldest first.
  ///   - candidate: The candidate's median.
  ///   - release: The newest release among the recordings; nil if there is none.
  /// - Returns: nil if there is no earlier step in this direction, or if not all values are positive.
  package init?(medians: [Double], candidate: Double, since release: Release?) {
    var tables = UDistributions()
    let found = ChangePoints(in: medians, tables: &tables)
    guard candidate > 0, found.comparison == .ratio, let last = found.levels.last else {
      return nil
    }
    let isUp = candidate > last.median
    let start = max(1, release?.recordings ?? 1)
    // Only steps in a row count: one that was undone is no step towards this change.
    let steps = found.points.indices.reversed().prefix { number in
      found.points[number].index >= start
        && (found.levels[number + 1].median > found.levels[number].median) == isUp
    }.reversed()
    guard let first = steps.first else { return nil }
    let change = candidate / found.levels[first].median - 1
    // Where it went back in between, the steps do not add up to anything.
    guard (change > 0) == isUp, change.isFinite else { return nil }
    self.init(
      steps: steps.count + 1, change: change, since: release?.name, recordings: medians.count)
  }
}
