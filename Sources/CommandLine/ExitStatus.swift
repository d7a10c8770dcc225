/// The exit status that a program returns to its caller. Its values are the same for every
/// executable.
package enum ExitStatus: Int32, Sendable {
  case success = 0
  case regression = 1
  case usage = 2
  case nothingToCompare = 3
  case unusable = 4
  case failure = 5
  case inconclusive = 6
  /// For `git bisect run`: the commit cannot be judged, and is skipped.
  case skipped = 125
  /// For `git bisect run`: no commit can be judged, and the bisection ends.
  case aborted = 128

  /// The statuses of a judgement, which every executable shares.
  private static let common: [ExitStatus] = [
    .success, .regression, .usage, .nothingToCompare, .unusable, .failure, .inconclusive,
  ]

  /// The statuses by urgency, the most urgent first: mistakes in the request, then data that cannot
  /// be read, then results of the numbers.
  private static let byUrgency: [ExitStatus] = [
    .usage, .failure, .regression, .unusable, .nothingToCompare, .inconclusive, .success,
  ]

  /// Returns the most urgent of several statuses; `success` if there are none.
  package static func mostUrgent(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let all = Set(statuses)
    return byUrgency.first(where: all.contains) ?? .success
  }

  /// A description of a few words, for the last line on standard error.
  package var words: String {
    switch self {
    case .success: "no regression"
    case .regression: "regression"
    case .usage: "usage or configuration error"
    case .nothingToCompare: "nothing to compare with"
    case .unusable: "measurement unusable"
    case .failure: "git, storage or network failure"
    case .inconclusive: "inconclusive"
    case .skipped: "skipped"
    case .aborted: "aborted"
    }
  }

  /// The explanation in the help text.
  private var explanation: String {
    switch self {
    case .success: "no regression (improvements included)"
    case .regression: "regression, broken budget, or expired waiver"
    case .usage: "usage or configuration error"
    case .nothingToCompare:
      "nothing could be compared: runs of other machines only, or none fetched"
    case .unusable:
      "measurement unusable: a command failed, something is missing, or bad input"
    case .failure: "git, storage or network failure"
    case .inconclusive: "inconclusive, where --strict or gate.inconclusive = fail asks for it"
    case .skipped: "with --bisect: 3, 4 and 6"
    case .aborted: "with --bisect: 2 and 5"
    }
  }

  package static let help = Section(
    "Exit statuses", common.map { "\($0.rawValue)  \($0.explanation)" }.joined(separator: "\n"))

  /// The status that tells `git bisect run` what a judgement says: 0 for a good commit, 1 for a bad
  /// one, 125 for one that cannot be judged, 128 where no commit could be.
  package var forBisecting: ExitStatus {
    switch self {
    case .success, .regression: self
    case .nothingToCompare, .unusable, .inconclusive, .skipped: .skipped
    case .usage, .failure, .aborted: .aborted
    }
  }
}
