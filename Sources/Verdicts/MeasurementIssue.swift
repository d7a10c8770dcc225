/// What the rounds of one series tell of how they were measured, before anything is compared.
package enum MeasurementIssue: Hashable, Sendable {
  /// Launching takes so little that mostly the start of a process is timed; the median in ns.
  case short(median: Double)
  /// The first rounds took longer than usual, by up to this part of the median.
  case slowStart(rounds: Int, of: Int, excess: Double)
  /// Values rose or fell across the rounds; from the first third to the last by this part.
  case trend(change: Double, p: Double)
  /// Some rounds are far off; the worst one as a multiple of the median.
  case outliers(count: Int, of: Int, worst: Double)
  /// The rounds are of two groups; how much more the larger one is.
  case twoGroups(high: Int, of: Int, ratio: Double)
}

extension MeasurementIssue {
  /// Below that a launch is too short, by the experience of hyperfine, which warns there too; in ns.
  package static let shortest = 5e6
  /// The probability of a trend by chance that is accepted, over all series of a recording: one
  /// false alarm in a hundred healthy recordings. It is smaller than a gate's, because nobody asked.
  static let alpha = 0.01
  /// A trend of less is of no interest to anybody, however sure: a fifth of the usual threshold.
  static let leastTrend = 0.02
  /// What a first round must exceed the median by; the usual threshold.
  static let leastExcess = 0.1
  /// What any other round must be off by. Even at a noise of 5 %, where one of eight samples of ten
  /// rounds has a value beyond ``Outliers/limit``, only one in 500 has one that is this far off.
  static let leastDistance = 0.2
  /// Of fewer rounds nobody can say what is usual.
  static let fewestRounds = 5
}

extension MeasurementIssue {
  package enum Kind: CaseIterable, Sendable {
    case short, slowStart, trend, twoGroups, outliers

    /// Whether the machine is to blame, rather than what was asked of it.
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

  /// Of two of a kind, the larger one is worse.
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
