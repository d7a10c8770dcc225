/// The exact test whether two sides solve tasks equally often, with the tasks as strata.
///
/// Conditional on what a task was solved on both sides together, t of a old and b new attempts, the
/// number that the new side solved is hypergeometric, C(b, k)·C(a, t − k) / C(a + b, t). S is the sum
/// over the tasks, which are independent: its distribution is the convolution of theirs (Cox, "The
/// Analysis of Binary Data", 1970, chapter 5; Mehta, Patel and Gray, 1985). With one attempt a side
/// this is McNemar's exact test, and for one task Fisher's one-sided one.
///
/// Tasks that all attempts solve, or none, say nothing: without any other task p is 1.
package struct OutcomeTest: Hashable, Sendable {
  /// S, the number of solved attempts of the new side.
  package let solved: Int
  /// P(S ≤ s): small if the new side solves less.
  package let less: Double
  /// P(S ≥ s): small if the new side solves more.
  package let greater: Double

  /// The two-sided p, min(1, 2·min(P(S ≤ s), P(S ≥ s))), in 0...1.
  ///
  /// A p that is too small for a double is the smallest that it has: no data are impossible.
  package var twoSided: Double { min(1, 2 * max(min(less, greater), .leastNonzeroMagnitude)) }

  /// - Complexity: O(n²) for n attempts of tasks with mixed results: a tenth of a second for 1,000
  ///   tasks with ten attempts a side.
  package init(_ tasks: [TaskAttempts]) {
    solved = tasks.reduce(0) { $0 + $1.new.solved }
    let strata = tasks.map { Hypergeometric($0) }
    let least = strata.reduce(0) { $0 + $1.least }
    // Equal tasks are frequent, and their distributions are computed once.
    var groups: [Hypergeometric: Int] = [:]
    for stratum in strata where !stratum.isConstant { groups[stratum, default: 0] += 1 }
    let parts = groups.sorted { $0.key.order < $1.key.order }.map {
      Chances.sum(of: $0.key.chances, times: $0.value)
    }
    let chances = Chances.sum(of: parts.sorted { $0.count < $1.count })
    let place = solved - least
    less = min(1, chances[...place].reduce(0, +))
    greater = min(1, chances[place...].reversed().reduce(0, +))
  }
}

/// The distribution of the number of solved attempts of the new side in one task.
private struct Hypergeometric: Hashable {
  private let old: Int
  private let new: Int
  private let solved: Int

  init(_ task: TaskAttempts) {
    old = task.old.attempts
    new = task.new.attempts
    solved = task.old.solved + task.new.solved
  }

  /// The smallest possible value.
  var least: Int { max(0, solved - old) }

  private var most: Int { min(solved, new) }

  /// True if there is one possible value only.
  var isConstant: Bool { least == most }

  /// An order that is the same in every run.
  var order: (Int, Int, Int) { (old, new, solved) }

  /// The probabilities of the values from ``least`` on.
  ///
  /// They are computed from the mode outwards by the ratio of neighbours,
  /// P(k + 1) / P(k) = (b − k)(t − k) / ((k + 1)(a − t + k + 1)), so no binomial coefficient
  /// overflows, and divided by their sum.
  var chances: [Double] {
    func ratio(_ k: Int) -> Double {
      Double(new - k) * Double(solved - k) / (Double(k + 1) * Double(old - solved + k + 1))
    }
    let mode = min(most, max(least, (solved + 1) * (new + 1) / (old + new + 2)))
    var weights = Array(repeating: 1.0, count: most - least + 1)
    for k in mode..<most { weights[k + 1 - least] = weights[k - least] * ratio(k) }
    for k in (least..<mode).reversed() { weights[k - least] = weights[k + 1 - least] / ratio(k) }
    let sum = weights.sorted().reduce(0, +)
    return weights.map { $0 / sum }
  }
}
