/// The method by which p-values are raised when many series are tested at once.
///
/// A hundred tests at .05 give five false alarms where nothing changed. A correction makes `alpha`
/// apply to the whole family of tests.
package enum FamilyCorrection: String, CaseIterable, Sendable {
  /// At most a fraction `alpha` of the flagged series are false alarms, on average.
  case benjaminiHochberg = "benjamini-hochberg"
  /// The probability of any false alarm in the family is at most `alpha`.
  case holm
  /// No correction: each test is judged alone.
  case none

  /// The p-values after correction, in the given order. Values up to `alpha` are significant.
  ///
  /// The decision is the same as that of the textbook's method, which corrects alpha instead.
  ///
  /// - Parameter p: The p-values, one for each test of the family, each in 0...1.
  /// - Returns: As many values, each at least as large as before and at most 1, in the same order
  ///   of size.
  package func adjusted(_ p: [Double]) -> [Double] {
    switch self {
    case .benjaminiHochberg: Self.benjaminiHochberg(p)
    case .holm: Self.holm(p)
    case .none: p
    }
  }

  /// The rank of each p among all, 1 for the smallest. Among equal values the first given comes
  /// first.
  package static func ranks(_ p: [Double]) -> [Int] {
    var ranks = Array(repeating: 0, count: p.count)
    for (position, index) in ascending(p).enumerated() { ranks[index] = position + 1 }
    return ranks
  }

  /// The largest p that is significant if no other test of the family is significant.
  package func strictestAlpha(_ alpha: Double, tests: Int) -> Double {
    self == .none ? alpha : alpha / Double(max(1, tests))
  }
}

extension FamilyCorrection {
  /// The step-up method: the least p · m / i over this and all larger p, with the rank i of p among
  /// m.
  ///
  /// Benjamini and Hochberg, "Controlling the False Discovery Rate", 1995. The factor is divided
  /// first, so that the largest p is multiplied by exactly 1.
  private static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var adjusted = p
    var least = 1.0
    for (position, index) in ascending(p).enumerated().reversed() {
      least = min(least, p[index] * (Double(p.count) / Double(position + 1)))
      adjusted[index] = least
    }
    return adjusted
  }

  /// The step-down method: the largest p · (m - i + 1) over this and all smaller p.
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
