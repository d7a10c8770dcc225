/// The exit status that a program returns to its caller. Its values are the same for every
/// executable.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case success = 0
  case regression = 1
  case usage = 2
  case nothingToCompare = 3
  case unusable = 4
  case failure = 5
  case inconclusive = 6

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
    }
  }

  package static let help = Section(
    "Exit statuses", allCases.map { "\($0.rawValue)  \($0.explanation)" }.joined(separator: "\n"))
}
