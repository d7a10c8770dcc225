import CommandLine
import Measurements
import Reports
import Verdicts

/// The end of a bisection, or of the time that it was given.
struct BisectionEnd {
  let status: ExitStatus
  /// The answer on standard output.
  let text: String
  /// The last line on standard error, without the name of the program.
  let last: String
  /// False if the bisection can go on.
  let isFinal: Bool
}

extension BisectionEnd {
  /// The end before anything is measured: the ends cannot differ.
  static func sameContent(_ request: BisectionRequest) -> BisectionEnd {
    BisectionEnd(
      status: .nothingToCompare,
      text:
        "nothing that is measured differs between \(request.goodName.visible()) and \(request.badName.visible())\n",
      last: "there is no change to be found", isFinal: true)
  }

  /// The end if all looks at the ends did not show the change.
  static func notSeen(_ results: [SeriesResult], _ request: BisectionRequest) -> BisectionEnd {
    BisectionEnd(
      status: .nothingToCompare,
      text:
        "the change from \(request.goodName.visible()) to \(request.badName.visible()) cannot be seen here:\n"
        + lines(results)
        + "`--threshold <percent>` looks for smaller changes; `--benchmark` and `--metric` follow one series\n",
      last: "the change cannot be seen here", isFinal: true)
  }

  /// The end if time was up before the ends were told apart.
  static func undecidedEnds(_ results: [SeriesResult]) -> BisectionEnd {
    BisectionEnd(
      status: .inconclusive,
      text: "time was up before both ends could be told apart:\n" + lines(results),
      last: "undecided, as time was up", isFinal: false)
  }

  private static func lines(_ results: [SeriesResult]) -> String {
    let shown = results.prefix(10).map { "  \(BisectionAnswer.words(for: $0))\n" }
    return shown.joined() + (results.count > 10 ? "  and \(results.count - 10) more\n" : "")
  }
}
