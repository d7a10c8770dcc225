/// How p-values are raised when many series are tested at once.
///
/// A hundred tests at .05 give five false alarms where nothing changed; a correction makes `alpha`
/// a statement about the whole family.
package enum FamilyCorrection: String, CaseIterable, Sendable {
  /// Of the series that are flagged, at most a part of `alpha` are false alarms on average.
  case benjaminiHochberg = "benjamini-hochberg"
  /// With a probability of at most `alpha` there is any false alarm at all.
  case holm
  /// Each test stands for itself.
  case none

  /// The p-values after correction, in the order given: those up to `alpha` are significant.
  ///
  /// That is the same decision as the textbook's, which corrects alpha instead.
  ///
  /// - Parameter p: One for each test of the family, each in 0...1.
  /// - Returns: As many, each at least as large as it was and at most 1, in the same order of size.
  package func adjusted(_ p: [Double]) -> [Double] {
    switch self {
    case .benjaminiHochberg: Self.benjaminiHochberg(p)
    case .holm: Self.holm(p)
    case .none: p
    }
  }

  /// The place of each p among all, 1 for the smallest; of equals the first given comes first.
  package static func ranks(_ p: [Double]) -> [Int] {
    var ranks = Array(repeating: 0, count: p.count)
    for (position, index) in ascending(p).enumerated() { ranks[index] = position + 1 }
    return ranks
  }

  /// What a p must come down to where no other test of the family is significant.
  package func strictestAlpha(_ alpha: Double, tests: Int) -> Double {
    self == .none ? alpha : alpha / Double(max(1, tests))
  }
}

extension FamilyCorrection {
  /// Step-up: the least p · m / i over this and all larger p, i being the rank of p among m.
  ///
  /// Benjamini and Hochberg, "Controlling the False Discovery Rate", 1995. The factor is divided
  /// out first, so that the largest p is multiplied by 1 exactly.
  private static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var adjusted = p
    var least = 1.0
    for (position, index) in ascending(p).enumerated().reversed() {
      least = min(least, p[index] * (Double(p.count) / Double(position + 1)))
      adjusted[index] = least
    }
    return adjusted
  }

  /// Step-down: the most of p · (m - i + 1) over this and all smaller p.
  ///
  /// Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979.
  private static func holm(_ p: [Double]) -> [Double] {
    var adjusted = p
    var most = 0.0
    for (position, index) in ascending(p).enumerated() {
      most = min(1, max(most, p[index] * Double(p.count - position)))
      adjusted[index] = most
    }
    return adjusted
  }

  private static func ascending(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
