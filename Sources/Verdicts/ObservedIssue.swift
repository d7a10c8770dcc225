package import Measurements
import Statistics

/// A measurement issue and the series that shows it.
package struct ObservedIssue: Hashable, Sendable {
  package let id: Series.ID
  package let issue: MeasurementIssue

  package init(id: Series.ID, issue: MeasurementIssue) {
    self.id = id
    self.issue = issue
  }
}

extension [Series] {
  /// Returns the issues that the wall times of a recording show, series by series.
  ///
  /// Other metrics follow from the wall time, or do not depend on the state of a machine.
  ///
  /// - Parameter areLaunches: True if a round is one launch of a command that was timed, and not a
  ///   number that a harness printed, which repeats short things often enough.
  package func observations(areLaunches: Bool) -> [ObservedIssue] {
    let times = filter { $0.metric.name == Metric.wallTime.name && !$0.metric.exact }
    let alpha = MeasurementIssue.alpha / Double(Swift.max(1, times.count))
    return times.flatMap { series in
      series.issues(areLaunches: areLaunches, alpha: alpha)
        .map { ObservedIssue(id: series.id, issue: $0) }
    }
  }
}

extension Series {
  /// Returns the issues of one series. A series that is too short has no other issue: its noise is
  /// the start of processes. A slow start is reported once, and the other rounds are judged without
  /// it.
  fileprivate func issues(areLaunches: Bool, alpha: Double) -> [MeasurementIssue] {
    guard let rounds = try? Sample(rounds.compactMap(\.samples.median)), rounds.median > 0 else {
      return []
    }
    if areLaunches, rounds.median < MeasurementIssue.shortest {
      return [.short(median: rounds.median)]
    }
    let slow = rounds.slowStart
    let rest = (try? Sample(Array(rounds.values.dropFirst(slow.count)))) ?? rounds
    let start = slow.max().map { most in
      MeasurementIssue.slowStart(
        rounds: slow.count, of: rounds.count, excess: most / rounds.median - 1)
    }
    // A series of two groups has no outliers.
    return [
      start, rest.trend(alpha: alpha),
      rest.twoGroups(of: rounds.count) ?? rest.outliers(of: rounds.count),
    ].compactMap(\.self)
  }
}

extension Sample {
  /// The rounds before the first usual one, if they were slow, and slower than all that followed;
  /// else they are outliers like others.
  fileprivate var slowStart: [Double] {
    guard count >= MeasurementIssue.fewestRounds else { return [] }
    let slow = zip(values, modifiedZScores).prefix { value, score in
      score > Outliers.limit && value / median - 1 > MeasurementIssue.leastExcess
    }.map(\.0)
    guard let fastest = slow.min(), let other = values.dropFirst(slow.count).max(), fastest > other
    else { return [] }
    return slow
  }

  fileprivate func trend(alpha: Double) -> MeasurementIssue? {
    guard count >= MeasurementIssue.fewestRounds else { return nil }
    let p = MannKendall(self).twoSided
    let third = count / 3
    guard p <= alpha, let first = Array(values.prefix(third)).median, first > 0,
      let last = Array(values.suffix(third)).median
    else { return nil }
    let change = last / first - 1
    return change.magnitude < MeasurementIssue.leastTrend ? nil : .trend(change: change, p: p)
  }

  fileprivate func twoGroups(of all: Int) -> MeasurementIssue? {
    TwoGroups(self).map {
      .twoGroups(high: $0.high.count, of: all, ratio: $0.ratio)
    }
  }

  fileprivate func outliers(of all: Int) -> MeasurementIssue? {
    guard count >= MeasurementIssue.fewestRounds else { return nil }
    let far = zip(values, modifiedZScores).filter { value, score in
      score.magnitude > Outliers.limit
        && (value / median - 1).magnitude > MeasurementIssue.leastDistance
    }.map { $0.0 / median }
    // The worst value is the one with the largest ratio to the median, or the smallest.
    guard let worst = far.max(by: { Swift.max($0, 1 / $0) < Swift.max($1, 1 / $1) }) else {
      return nil
    }
    return .outliers(count: far.count, of: all, worst: worst)
  }
}
