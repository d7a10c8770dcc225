package import Verdicts

extension Verdict {
  /// The verdict as a reader says it, with its reason.
  package var words: String {
    switch self {
    case .regression(let certain): certain ? "regression, certain" : "regression"
    case .improvement(let certain): certain ? "improvement, certain" : "improvement"
    case .unchanged: "unchanged"
    case .inconclusive, .incomparable: "\(kind.rawValue): \(reason ?? "")"
    case .missing: "missing: not measured"
    case .new: "new: nothing to compare with"
    }
  }

  /// Why nothing was decided; nil where something was.
  package var reason: String? {
    switch self {
    case .inconclusive(let doubt): doubt.words
    case .incomparable(let mismatch): mismatch.words
    default: nil
    }
  }
}

extension Doubt {
  fileprivate var words: String {
    switch self {
    case .tooFewRounds(let old, let new, let need):
      "too few rounds (\(old) and \(new))" + (need.map { ", \($0) a side needed" } ?? "")
    case .tooNoisy(let need?): "too noisy, about \(need) rounds a side would decide"
    case .tooNoisy(nil): "too noisy for any reasonable number of rounds"
    }
  }
}

extension Mismatch {
  fileprivate var words: String {
    switch self {
    case .unit(let old, let new): "unit \(old.visible(limit: 40)) became \(new.visible(limit: 40))"
    case .direction: "the better direction changed"
    case .ambiguous: "recorded in several units or directions"
    case .overflow: "numbers too large or too far apart"
    }
  }
}

extension Verdict.Kind {
  /// With its count: `2 regressions`, `53 unchanged`.
  func counted(_ number: Int) -> String {
    switch self {
    case .regression, .improvement: count(number, rawValue)
    case .missing, .incomparable, .inconclusive, .new, .unchanged: "\(number) \(rawValue)"
    }
  }
}

extension Assessment {
  /// `1 regression, 2 improvements, 53 unchanged`, without what there is none of.
  package var summary: String {
    let counts = counts
    let parts = Verdict.Kind.allCases.compactMap { kind in
      counts[kind].flatMap { $0 > 0 ? kind.counted($0) : nil }
    }
    return parts.isEmpty ? "nothing was measured" : parts.joined(separator: ", ")
  }
}
