import Measurements

/// The prices of a cost that the two sides computed with different ones.
///
/// A change of prices is no change of the program. So the tokens of both sides are compared at the
/// prices of the new side; if the tokens of the old side are not there, nothing is compared.
struct Repricing {
  /// The prices of tokens that both sides have a price for, and not the same.
  private let old: [Definition.Price]
  private let new: [Definition.Price]
  private var isEqualized = false

  /// - Returns: nil if the prices are the same, as far as both sides name them. A model that only one
  ///   side used is work of the program.
  fileprivate init?(from old: Series, to new: Series) {
    guard old.metric.name == "cost", let before = old.definition, let after = new.definition,
      before.digest != after.digest
    else { return nil }
    let pairs = before.prices.compactMap { price in
      after.prices.first { $0.isOfSameTokens(as: price) }.map { (old: price, new: $0) }
    }.filter { $0.old.value != $0.new.value }
    guard !pairs.isEmpty else { return nil }
    (self.old, self.new) = (pairs.map(\.old), pairs.map(\.new))
  }

  func redefinition(_ response: Response) -> Redefinition {
    func text(_ prices: [Definition.Price]) -> String {
      prices.map(\.line).joined(separator: "\n")
    }
    return Redefinition(
      old: text(old), new: text(new), response: response,
      prices: isEqualized ? .equal : .different)
  }

  fileprivate var equalized: Repricing {
    var copy = self
    copy.isEqualized = true
    return copy
  }
}

extension Series {
  /// True if both sides name the prices of a cost, and one of them differs.
  func isOfOtherPrices(than other: Series) -> Bool { Repricing(from: self, to: other) != nil }
}

extension [Pair] {
  /// The pairs with all costs at the prices of the new side. A cost of which that cannot be said gets
  /// a trouble in its standing.
  func repriced(in context: inout BaselineContext) -> [Pair] {
    guard contains(where: { $0.repricingOfSides != nil }) else { return self }
    let tokens = Dictionary(
      lazy.filter { $0.old.count == 1 }.map { ($0.id, $0.old[0]) }, uniquingKeysWith: { a, _ in a })
    return map { pair in
      guard let repricing = pair.repricingOfSides else { return pair }
      var pair = pair
      let prices = pair.new[0].definition?.prices ?? []
      if let cost = pair.old[0].repriced(
        to: prices,
        { kind in
          tokens[Series.ID(benchmark: pair.id.benchmark, metric: kind.metric)]
        })
      {
        pair.old = [cost]
        pair.repricing = repricing.equalized
      } else {
        pair.repricing = repricing
        context.standings[pair.id, default: Standing()].trouble = "computed with other prices"
      }
      return pair
    }
  }
}

extension Pair {
  fileprivate var repricingOfSides: Repricing? {
    guard old.count == 1, new.count == 1 else { return nil }
    return Repricing(from: old[0], to: new[0])
  }
}

extension Series {
  /// The cost of the same tokens at other prices; nil unless the counts of all tokens are there, and
  /// give this cost at its own prices.
  fileprivate func repriced(
    to prices: [Definition.Price], _ tokens: (TokenKind) -> Series?
  ) -> Series? {
    let own = definition?.prices ?? []
    guard let model = own.first?.model, own.allSatisfy({ $0.model == model }) else { return nil }
    let counts = TokenKind.allCases.compactMap { kind in tokens(kind).map { (kind, $0) } }
    func costs(at prices: [Definition.Price]) -> [[Double]]? {
      var sums = rounds.map { $0.samples.map { _ in 0.0 } }
      for (kind, series) in counts {
        let samples = series.rounds.map(\.samples)
        guard samples.map(\.count) == sums.map(\.count) else { return nil }
        let price = prices.first { $0.model == model && $0.kind == kind }?.value
        guard price != nil || !samples.contains(where: { $0.contains { $0 != 0 } }) else {
          return nil
        }
        sums = zip(sums, samples).map { zip($0, $1).map { $0 + $1 * (price ?? 0) } }
      }
      return sums.map { $0.map { $0 / 1e6 } }
    }
    guard !counts.isEmpty, let known = costs(at: own), let wanted = costs(at: prices),
      zip(known, rounds).allSatisfy({ costs, round in
        zip(costs, round.samples).allSatisfy { ($0 - $1).magnitude <= 1e-9 * $1.magnitude }
      })
    else { return nil }
    let repriced = wanted.compactMap { try? Round($0) }
    guard repriced.count == wanted.count else { return nil }
    return Series(
      benchmark: benchmark, metric: metric, rounds: repriced, source: source, isSummary: isSummary,
      original: original, definition: definition?.withPrices(prices))
  }
}

extension Definition {
  /// The work of this definition with other prices.
  fileprivate func withPrices(_ prices: [Price]) -> Definition {
    Definition(digest: work ?? "", text: text).adding(prices)
  }
}
