/// One of the times at which rounds that are still coming in are judged.
package struct InterimLook: Hashable, Sendable {
  /// The rounds a side at which it is due.
  package let rounds: Int
  /// What p must not exceed at this look, over the family.
  package let alpha: Double

  package init(rounds: Int, alpha: Double) {
    self.rounds = rounds
    self.alpha = alpha
  }

  /// That of the intervals at this look: they exclude no change where its test rejects.
  package var confidence: Double { 1 - alpha }
}

/// When to look at rounds that are still coming in, and how strict to be each time.
///
/// Who tests at .05 after 5, 10, 20 and 40 rounds, and stops as soon as something is significant,
/// errs 12.9 % of the time. So each look has a cut-off of its own, and all of them together spend
/// what a single test would have had.
///
/// Rounds that end before a look is due, because time is up, are judged at that look's cut-off: the
/// shorter the way since the look before, the more the two agree, and the less often any of them
/// errs. What the looks would have spent that never come is lost, so that it does not matter why the
/// rounds ended. Fewer rounds than the first look asks for can show nothing at its cut-off of .0096:
/// 4 a side never have a p below .0286.
package struct GroupSequentialDesign: Hashable, Sendable {
  /// The probability that any look errs.
  package let alpha: Double
  /// From the first to the last.
  package let all: [InterimLook]

  /// Each look doubles the rounds. The first is at the fewest that can be significant at its cut-off.
  package static let rounds = [5, 10, 20, 40]

  /// The cut-offs for .05, from seeded noise, as in "Looking more than once" of Statistics.md; they
  /// agree with those that are worked out to .00013. Measured, they err 4.5 to 5.2 % of the time.
  private static let usual = [0.0096, 0.0105, 0.0170, 0.0256]

  /// - Parameter alpha: In 0...1. For another than .05 the cut-offs are worked out from a spending
  ///   function of Pocock's type, and rounded down to three digits: see ``AlphaSpending``. Usual ones
  ///   scaled by alpha / .05 would not do: the rarer an error, the less do the looks share theirs, so
  ///   that for .001 they would err .00114 of the time.
  package init(alpha: Double = 0.05) {
    let cutOffs =
      alpha == 0.05 ? Self.usual : AlphaSpending(alpha: alpha).cutOffs(sizes: Self.rounds)
    self.alpha = alpha
    all = zip(Self.rounds, cutOffs).map(InterimLook.init)
  }
}
