/// A point in a measurement at which the rounds so far are judged.
package struct InterimLook: Hashable, Sendable {
  /// The number of rounds per side at which the look is due.
  package let rounds: Int
  /// The largest p that is significant at this look, over the family.
  package let alpha: Double

  package init(rounds: Int, alpha: Double) {
    self.rounds = rounds
    self.alpha = alpha
  }

  /// The confidence of the intervals at this look: they exclude no change if its test rejects.
  package var confidence: Double { 1 - alpha }
}

/// The times of the looks at an unfinished measurement, and the cut-off of each look.
///
/// A test at .05 after 5, 10, 20 and 40 rounds that stops at the first significant result errs
/// 12.7 % of the time. Each look therefore has its own cut-off, and all looks together spend what a
/// single test would have spent.
///
/// Rounds that end before a look is due, because time is up, are judged at that look's cut-off. The
/// fewer rounds were added since the look before, the more the two looks agree, and the less often
/// any of them errs. The share of looks that never happen is lost, so the reason why the rounds
/// ended does not matter. Fewer rounds than the first look needs can show nothing at its cut-off of
/// .0096: 4 per side never have a p below .0286.
package struct GroupSequentialDesign: Hashable, Sendable {
  /// The probability that any look errs.
  package let alpha: Double
  /// The looks, from the first to the last.
  package let all: [InterimLook]

  /// The numbers of rounds per side at the looks. Each look doubles them. The first number is the
  /// smallest that can be significant at its cut-off.
  package static let rounds = [5, 10, 20, 40]

  /// The cut-offs for .05, from seeded noise, as in "Looking more than once" of Statistics.md. They
  /// differ from the calculated ones by at most .00013. In measurements they err 4.5 to 5.2 % of
  /// the time.
  private static let usual = [0.0096, 0.0105, 0.0170, 0.0256]

  /// - Parameter alpha: In 0...1. For another than .05 the cut-offs are worked out from a spending
  ///   function of Pocock's type, and rounded down to three digits: see ``AlphaSpending``. Usual ones
  ///   scaled by alpha / .05 would not do: the rarer an error, the less do the looks share theirs, so
  ///   that for .001 they would err .00114 of the time.
  package init(alpha: Double = UsualLevel.alpha) {
    let cutOffs =
      alpha == UsualLevel.alpha
      ? Self.usual : AlphaSpending(alpha: alpha).cutOffs(sizes: Self.rounds)
    self.alpha = alpha
    all = zip(Self.rounds, cutOffs).map(InterimLook.init)
  }
}
