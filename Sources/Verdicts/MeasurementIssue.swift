/// A problem that the rounds of one series show about how they were measured, before anything is
/// compared.
package enum MeasurementIssue: Hashable, Sendable {
  /// The launch is so short that it is mostly the start of a process that is timed; the median in
  /// ns.
  case short(median: Double)
  /// The first rounds took longer than usual, by up to this part of the median.
  case slowStart(rounds: Int, of: Int, excess: Double)
  /// Values rose or fell across the rounds, from the first third to the last by this part.
  case trend(change: Double, p: Double)
  /// Some rounds are far off; the worst one as a multiple of the median.
  case outliers(count: Int, of: Int, worst: Double)
  /// The rounds are of two groups; `ratio` is how much larger the larger group is.
  case twoGroups(high: Int, of: Int, ratio: Double)
}

extension MeasurementIssue {
  /// The shortest launch in ns that is not called too short. It is from the experience of
  /// hyperfine, which warns there too.
  package static let shortest = 5e6
  /// The accepted probability of a trend by chance, over all series of a recording: one false alarm
  /// in a hundred healthy recordings. It is smaller than a gate's, because nobody asked.
  static let alpha = 0.01
  /// The smallest trend that is reported: a fifth of the usual threshold. A smaller one interests
  /// nobody, however sure it is.
  static let leastTrend = 0.02
  /// The part of the median by which a first round must exceed it; the usual threshold.
  static let leastExcess = 0.1
  /// The part of the median by which any other round must be off. Even at a noise of 5 %, where one
  /// of eight samples of ten rounds has a value beyond ``Outliers/limit``, only one in 500 has one
  /// that is this far off.
  static let leastDistance = 0.2
  /// The fewest rounds that show what is usual.
  static let fewestRounds = 5
}

extension MeasurementIssue {
  package enum Kind: CaseIterable, Sendable {
    case short, slowStart, trend, twoGroups, outliers

    /// True if the cause is the machine, and not the measurement that was requested.
    package var isWarning: Bool { self != .short && self != .slowStart }
  }

  package var kind: Kind {
    switch self {
    case .short: .short
    case .slowStart: .slowStart
    case .trend: .trend
    case .outliers: .outliers
    case .twoGroups: .twoGroups
    }
  }

  /// The weight of the issue: of two issues of one kind, the larger one is worse.
  package var weight: Double {
    switch self {
    case .short(let median): -median
    case .slowStart(_, _, let excess): excess
    case .trend(let change, _): change.magnitude
    case .outliers(let count, let all, _): Double(count) / Double(all)
    case .twoGroups(_, _, let ratio): ratio
    }
  }
}
