package import Measurements
import Statistics

/// A change that a project wants to reach for a metric, against a fixed point.
package struct Goal: Hashable, Sendable {
  package let metric: Pattern
  /// The benchmarks that the goal is for; nil for all.
  package let benchmark: Pattern?
  /// The name of the fixed point: a file of the judged commit, or a revision.
  package let against: String
  /// The change, new / old - 1: -0.6 for -60 %.
  package let change: Double
  /// True if the gate fails while the goal is not met.
  package let fails: Bool
  /// The file and line that declare the goal: `.perfconfig:12`.
  package let place: String

  package init(
    metric: Pattern, benchmark: Pattern? = nil, against: String, change: Double,
    fails: Bool = false, place: String = ""
  ) {
    self.metric = metric
    self.benchmark = benchmark
    self.against = against
    self.change = change
    self.fails = fails
    self.place = place
  }

  package func isFor(_ id: Series.ID) -> Bool {
    metric.matches(id.metric) && benchmark?.matches(id.benchmark.name) ?? true
  }
}

/// The state of a goal with the series that it is for.
package struct GoalResult: Hashable, Sendable {
  package let goal: Goal
  /// The series in the order of benchmarks and metrics.
  package let rows: [GoalRow]
  /// The reason why there is nothing to compare with; nil if there is something.
  package let trouble: String?

  package init(goal: Goal, rows: [GoalRow], trouble: String? = nil) {
    self.goal = goal
    self.rows = rows
    self.trouble = trouble
  }

  /// The state of the goal: met only if all series have met it, and not met if one has not.
  package var state: GoalRow.State.Kind {
    let kinds = Set(rows.map(\.state.kind))
    if kinds.contains(.notMet) { return .notMet }
    return kinds == [.met] && trouble == nil ? .met : .open
  }

  /// The gate's outcome for the goal.
  package var outcome: Outcome { goal.fails && state == .notMet ? .goalNotMet : .pass }
}

/// One series of a goal.
package struct GoalRow: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// The whole interval of the change is at the goal or beyond it.
    case met
    /// The whole interval is on the other side.
    case notMet
    case open(Doubt)

    package enum Kind: String, CaseIterable, Hashable, Sendable {
      case notMet, open, met
    }

    package var kind: Kind {
      switch self {
      case .met: .met
      case .notMet: .notMet
      case .open: .open
      }
    }
  }

  /// The reason why a series leaves a goal open.
  package enum Doubt: Hashable, Sendable {
    /// The goal is inside the interval.
    case between
    case tooFewRounds(old: Int, new: Int)
    /// A side is one process, whose repetitions are not independent.
    case oneProcess
    /// The old value is zero, so that there is no relative change.
    case fromZero
    case failed(String)
    /// The candidate has no such series.
    case notMeasured
    /// The fixed point has no such series.
    case noCounterpart
    case mismatch(Mismatch)
    /// The reason is in the words of another program.
    case told(String)
  }

  package let id: Series.ID
  package let metric: Metric
  package let state: State
  /// The relative change; nil if there is none.
  package let change: Double?
  /// The 95 % interval of the change; for numbers without chance the change itself. nil if there is
  /// none.
  package let interval: ClosedRange<Double>?

  package init(
    id: Series.ID, metric: Metric, state: State, change: Double?, interval: ClosedRange<Double>?
  ) {
    self.id = id
    self.metric = metric
    self.state = state
    self.change = change
    self.interval = interval
  }
}

extension Goal {
  /// Compares a candidate with the fixed point.
  ///
  /// - Parameters:
  ///   - old: The series of the fixed point, pooled.
  ///   - new: The candidate's series, pooled.
  ///   - failures: The failures while the candidate was measured.
  package func result(
    old: [Series], new: [Series], failures: [Failure] = [], under policy: Policy
  ) -> GoalResult {
    var tables = UDistributions()
    let pairs = Pair.all(
      old: policy.directed(old), new: policy.directed(new), failures: failures,
      aliases: policy.aliases
    ).filter { isFor($0.id) && !($0.old.isEmpty && $0.new.isEmpty) }
    return GoalResult(
      goal: self,
      rows: pairs.map { pair in
        row(
          of: pair,
          PairResult(
            pair, BaselineContext(), policy, confidence: UsualLevel.confidence, tables: &tables))
      })
  }

  private func row(of pair: Pair, _ result: PairResult) -> GoalRow {
    func open(_ doubt: GoalRow.Doubt, change: Double? = nil) -> GoalRow {
      GoalRow(id: pair.id, metric: pair.metric, state: .open(doubt), change: change, interval: nil)
    }
    switch result {
    case .failed(let reason): return open(.failed(reason))
    case .new: return open(.noCounterpart)
    case .missing, .same: return open(.notMeasured)
    case .mismatch(let mismatch): return open(.mismatch(mismatch))
    case .compared(let comparison):
      guard let change = comparison.effect.change else { return open(.fromZero) }
      switch comparison.evidence {
      case .exact, .summary: return row(of: pair, change, change...change)
      case .rounds, .samples, .tasks:
        guard let interval = comparison.effect.interval else {
          let counts = (comparison.numbers.old.values.count, comparison.numbers.new.values.count)
          return open(.tooFewRounds(old: counts.0, new: counts.1), change: change)
        }
        guard comparison.evidence == .rounds else { return open(.oneProcess, change: change) }
        return row(of: pair, change, interval)
      }
    }
  }

  private func row(of pair: Pair, _ change: Double, _ interval: ClosedRange<Double>) -> GoalRow {
    GoalRow(
      id: pair.id, metric: pair.metric, state: state(of: interval, pair.metric), change: change,
      interval: interval)
  }

  /// Returns the state of an interval.
  ///
  /// The better direction of the metric is the direction of the goal: +5 % of a cost is reached by
  /// any change of at most +5 %. If nobody knows the direction, the sign of the goal says it.
  package func state(of interval: ClosedRange<Double>, _ metric: Metric) -> GoalRow.State {
    let isUpper = metric.isGuessed ? change <= 0 : metric.better == .lower
    let (least, most) = (interval.lowerBound, interval.upperBound)
    if isUpper ? most <= change + Self.rounding : least >= change - Self.rounding { return .met }
    if isUpper ? least > change + Self.rounding : most < change - Self.rounding { return .notMet }
    return .open(.between)
  }

  /// The amount by which rounding may move a change: 40 / 100 - 1 is -0.6.
  private static let rounding = 1e-12
}
