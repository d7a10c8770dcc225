import Measurements
import Testing
import Verdicts

/// Tasks whose cost comes from tokens, at prices in USD per million tokens.
@Suite("Costs that were computed with other prices")
struct RepricingTests {
  /// Three attempts at each of forty tasks, all solved, with a cost at a price for input tokens.
  private func fleet(
    _ price: Double?, tokens: Double = 1e6, listing isListed: Bool = true,
    models: [String] = ["m"]
  ) throws -> Fleet {
    let prices = models.map {
      Definition.Price(model: $0, kind: .input, value: price ?? 3)
    }
    var fleet = try Fleet(Array(repeating: 3, count: 40), of: 3)
    for task in 0..<40 {
      let counts = [1, 1.02, 0.98].map { $0 * tokens * (1 + 0.01 * Double(task % 7)) }
      let name = "task-\(task)"
      if isListed {
        fleet.series.append(
          try series(counts, name: name, metric: Metric("input_tokens", .one)))
      }
      fleet.series.append(
        try series(
          counts.map { $0 * (price ?? 3) / 1e6 }, name: name, metric: Fleet.cost
        ).defined(by: price.map { _ in Definition(prices: prices) }))
    }
    return fleet
  }

  @Test("are no regression: the tokens of both sides are compared at the new prices")
  func dearer() throws {
    let result = try judged(fleet(3), fleet(6))
    let row = try #require(result.row("task-1", "cost"))
    #expect(row.comparison?.effect.change == 0)
    #expect(row.verdict.kind != .regression)
    #expect(
      row.redefinition
        == Redefinition(
          old: "price of m, input: $3", new: "price of m, input: $6", response: .warn,
          prices: .equal))
    for metric in ["cost", "cost_per_solved"] {
      #expect(result.row("(all tasks)", metric)?.verdict == .unchanged)
    }
    #expect(result.outcome(under: Policy()) == .pass)
  }

  @Test("hide no rise of tokens, whether the new prices are lower or higher", arguments: [1.0, 9])
  func moreTokens(_ price: Double) throws {
    let result = try judged(fleet(3), fleet(price, tokens: 1.5e6))
    for metric in ["cost", "cost_per_solved"] {
      let row = try #require(result.row("(all tasks)", metric))
      #expect(row.verdict == .regression(certain: false))
      #expect(isClose(row.comparison?.effect.change, 0.5))
    }
  }

  @Test("are not compared without the tokens of the old side, or with several models")
  func unknownTokens() throws {
    for result in [
      try judged(fleet(3, listing: false), fleet(6, listing: false)),
      try judged(fleet(3, models: ["m", "n"]), fleet(6, models: ["m", "n"])),
    ] {
      let row = try #require(result.row("task-1", "cost"))
      #expect(row.verdict == .incomparable(.history("computed with other prices")))
      #expect(row.redefinition?.prices == .different)
      #expect(result.row("(all tasks)", "cost") == nil)
      #expect(result.outcome(under: Policy()) == .pass)
    }
  }

  @Test("are as ever where a side does not name them, or the other used one more model")
  func unnamed() throws {
    for (old, new) in [
      (try fleet(nil), try fleet(6)), (try fleet(3), try fleet(nil, tokens: 2e6)),
      (try fleet(3), try fleet(3, tokens: 2e6)),
      (try fleet(3), try fleet(3, tokens: 2e6, models: ["m", "n"])),
    ] {
      let result = judged(old, new)
      #expect(result.row("(all tasks)", "cost")?.verdict.kind == .regression)
      #expect(result.row("task-1", "cost")?.redefinition == nil)
    }
  }

  @Test("fail nothing where other work fails, and are not told where that is ignored")
  func response() throws {
    for (response, told) in [(Response.fail, Response.warn), (.ignore, .ignore)] {
      let policy = Policy.with { $0.ledger.common[.redefined] = response }
      let result = try judged(fleet(3), fleet(6), under: policy)
      #expect(result.row("task-1", "cost")?.redefinition?.response == told)
      #expect(result.outcome(under: policy) == .pass)
    }
  }

  @Test("of a marked merge-base inherit nothing")
  func inherited() throws {
    let (old, marked) = (try fleet(3), try fleet(3, tokens: 2e6))
    func kind(_ new: Fleet) -> Verdict.Kind? {
      let standings = Dictionary(
        uniqueKeysWithValues: marked.series.map { ($0.id, Standing(markedBase: [$0])) })
      return FamilyResult(
        old: old.series, new: new.series, context: BaselineContext(standings: standings),
        policy: Policy()
      ).seriesResults.first {
        $0.id.benchmark.name == "(all tasks)" && $0.id.metric == "cost"
      }?.verdict.kind
    }
    #expect(try kind(fleet(3, tokens: 2e6)) == .inherited)
    #expect(try kind(fleet(1, tokens: 2e6)) == .regression)
  }
}
