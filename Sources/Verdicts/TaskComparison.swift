package import Measurements

/// The attempts at one task or several on which a comparison rests.
///
/// It is a reference type, as few comparisons have one and all are copied.
package final class TaskComparison: Sendable {
  package let kind: Kind
  /// The number of tasks that both sides attempted.
  package let tasks: Int
  /// The attempts at these tasks; nil for a sum that is not divided by them.
  package let attempts: Attempts?
  /// The tasks that the old side solved at least once and the new side never, and the reverse.
  package let lost: [String]
  package let won: [String]
  /// The tasks that the new side solved in some of its attempts and not in all.
  package let flaky: [String]
  /// The probability to solve a task in all of several attempts; nil for fewer than two attempts.
  package let reliability: Reliability?
  /// The p of the exact test before any correction; nil if nothing was tested.
  package let p: Double?
  /// The number of attempts a side that would exclude a drop of the margin; nil if it is more than
  /// anybody would run, or nothing was tested.
  package let attemptsNeeded: Int?
  /// The smallest drop that these attempts would exclude; nil if nothing was tested.
  package let excludable: Double?
  /// The interval of the difference at 99 %; nil if nothing was tested, or a report states the rest.
  let wide: ClosedRange<Double>?
  /// The series of the tasks; empty if a report states the rest.
  package let members: [Series.ID]

  /// The quantity that is compared.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The part of the attempts that solved their task, as the mean over the tasks.
    case rate
    /// The sum over the tasks of what an attempt costs.
    case sum
    /// The cost of all attempts, the failed ones included, for each solved one.
    case perSolved
  }

  /// The attempts of both sides, and how many of them solved their task.
  package struct Attempts: Hashable, Sendable {
    package let old: Side
    package let new: Side

    package struct Side: Hashable, Sendable {
      package let solved: Int
      package let count: Int

      package init(solved: Int, of count: Int) { (self.solved, self.count) = (solved, count) }
    }

    package init(old: Side, new: Side) { (self.old, self.new) = (old, new) }
  }

  /// The probability that k attempts at a task all solve it, as the mean over the tasks: pass^k.
  package struct Reliability: Hashable, Sendable {
    package let attempts: Int
    package let old: Double
    package let new: Double

    package init(attempts: Int, old: Double, new: Double) {
      (self.attempts, self.old, self.new) = (attempts, old, new)
    }
  }

  package init(
    _ kind: Kind, tasks: Int, attempts: Attempts? = nil, lost: [String] = [], won: [String] = [],
    flaky: [String] = [], reliability: Reliability? = nil, p: Double? = nil,
    attemptsNeeded: Int? = nil, excludable: Double? = nil, wide: ClosedRange<Double>? = nil,
    members: [Series.ID] = []
  ) {
    self.kind = kind
    self.tasks = tasks
    self.attempts = attempts
    self.lost = lost
    self.won = won
    self.flaky = flaky
    self.reliability = reliability
    self.p = p
    self.attemptsNeeded = attemptsNeeded
    self.excludable = excludable
    self.wide = wide
    self.members = members
  }

  /// True if the new side solved nothing, so that the cost per solved attempt is infinite.
  package var solvedNothing: Bool { kind == .perSolved && attempts?.new.solved == 0 }
}

extension TaskComparison: Hashable {
  package static func == (a: TaskComparison, b: TaskComparison) -> Bool {
    a.kind == b.kind && a.tasks == b.tasks && a.attempts == b.attempts && a.lost == b.lost
      && a.won == b.won && a.flaky == b.flaky && a.reliability == b.reliability && a.p == b.p
      && a.attemptsNeeded == b.attemptsNeeded && a.excludable == b.excludable && a.wide == b.wide
      && a.members == b.members
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(tasks)
    hasher.combine(p)
  }
}

extension Comparison {
  /// The effect that the ceiling of a waiver is held against: for rates the points.
  package var limitedEffect: Effect {
    guard isOfRates, case .fromZero(let difference, let interval) = effect else { return effect }
    return .ratio(1 + difference, interval.map { 1 + $0.lowerBound...1 + $0.upperBound })
  }

  /// True if rates are compared: differences in points, and not ratios.
  package var isOfRates: Bool { tasks?.kind == .rate }
}
