import Measurements
package import Verdicts

extension ObservedIssue {
  /// The observed issue, on one line.
  package var words: String {
    let name = "'\(id.benchmark.description.visible(limit: 60))'"
    return switch issue {
    case .short(let median): "\(name) takes \(Scale(.nanoseconds, for: [median]).text(median))"
    case .slowStart(let rounds, let all, let excess):
      "the first \(rounds == 1 ? "" : "\(rounds) ")of \(all) rounds of \(name) took "
        + "\(rounds == 1 ? "" : "up to ")\(fixed(excess * 100, 0)) % longer than usual"
    case .trend(let change, let p):
      "\(id.metric) of \(name) \(change > 0 ? "rose" : "fell") across the rounds, by "
        + "\(fixed(change.magnitude * 100, 1)) % (p = \(probability(p)))"
    case .outliers(let number, let all, let worst):
      "\(number) of \(all) rounds of \(name) \(number == 1 ? "is an outlier" : "are outliers"), "
        + "\(number == 1 ? "" : "up to ")\(significant(worst)) times the median"
    case .twoGroups(let high, let all, let ratio):
      "the rounds of \(name) are of two groups: \(high) of \(all) took \(significant(ratio)) times "
        + "as long as the others"
    }
  }
}

extension MeasurementIssue {
  /// The place where the warm-up is set, for whichever program measured.
  private static let warmup = "`warmup` of the suite, or `perf-record --warmup <n>`"

  /// The possible cause, and the advice.
  package var advice: String {
    switch self {
    case .short: "below 5 ms mostly the start of a process is timed, so give it more to do"
    case .slowStart:
      "let more launches pass before those that count: \(Self.warmup)"
    case .trend(let change, _):
      change > 0
        ? "the machine gets hot, or is shared: let it rest, and measure both sides close together"
        : "the machine warms up, or was busy before: raise \(Self.warmup), and measure again"
    case .twoGroups:
      "something differs from launch to launch, as a cache or another host: take more rounds, or one "
        + "processor with `perf-record --pin`"
    case .outliers: "something else ran meanwhile: measure again on a quiet machine"
    }
  }
}
