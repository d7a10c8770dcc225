package import Formats
package import Measurements
import Verdicts

/// The prices of the tokens of language models, from the sections `[price "<model>"]`.
package struct Prices: Sendable {
  /// The prices in USD per million tokens, with the pattern of the model.
  private var rules: [Kind: [Policy.Rule<Double>]] = [:]

  package init() {}

  package typealias Kind = TokenKind

  mutating func set(_ price: Double, of kind: Kind, _ setting: Setting) {
    rules[kind, default: []].append(
      Policy.Rule(pattern: setting.pattern, value: price, place: setting.place))
  }

  package var isEmpty: Bool { rules.isEmpty }

  /// The price of a kind of tokens for a model, from the most specific pattern that has this kind;
  /// nil if there is none.
  subscript(kind: Kind, model: String) -> Double? {
    rules[kind]?.mostSpecific(for: model)?.value
  }
}

extension Prices {
  /// Returns the results with a metric `cost` for every benchmark whose model has a price, and with
  /// a warning for each that has none. If no price is configured, the cost is the one that the tool
  /// reports, if it reports any.
  ///
  /// A cost that the input already contains stays as it is.
  package func applied(to reading: ParsedResults) -> ParsedResults {
    guard !isEmpty else { return reading.costingAsReported() }
    var costs: [Series] = []
    var problems: [Problem] = []
    for calls in Calls.all(in: reading.series) {
      do throws(Problem) {
        costs.append(try cost(of: calls))
      } catch {
        if !problems.contains(error) { problems.append(error) }
      }
    }
    return ParsedResults(
      series: reading.series + costs, records: reading.records, failures: reading.failures,
      context: reading.context,
      parseNotes: reading.parseNotes + problems.map { ParseNote(.warning, "no cost: \($0)") },
      importSummaries: reading.importSummaries)
  }

  private func cost(of calls: Calls) throws(Problem) -> Series {
    let model = calls.model
    guard Kind.allCases.contains(where: { self[$0, model] != nil }) else {
      throw .unknown(model: model)
    }
    var sums: [[Double]] = []
    for (kind, series) in calls.counts {
      let counts = series.rounds.map(\.samples)
      let isUsed = counts.contains { $0.contains { $0 != 0 } }
      if isUsed, self[kind, model] == nil { throw .missing(kind, model: model) }
      let price = self[kind, model] ?? 0
      if sums.isEmpty { sums = counts.map { $0.map { _ in 0 } } }
      guard sums.map(\.count) == counts.map(\.count) else { throw .uneven(calls.benchmark) }
      sums = zip(sums, counts).map { zip($0, $1).map { $0 + $1 * price } }
    }
    let prices = Kind.allCases.compactMap { kind in
      self[kind, model].map { Definition.Price(model: model, kind: kind, value: $0) }
    }
    return try calls.cost(sums).defined(by: Definition(prices: prices))
  }
}

extension ParsedResults {
  /// The results with a metric `cost` that is equal to `reported_cost`.
  fileprivate func costingAsReported() -> ParsedResults {
    let known = Set(series.lazy.filter { $0.metric.name == "cost" }.map(\.benchmark))
    let costs = series.filter {
      $0.metric.name == "reported_cost" && $0.metric.unit == .dollars
        && !known.contains($0.benchmark)
    }.map { $0.measuring(Metric("cost", .dollars)) }
    guard !costs.isEmpty else { return self }
    return ParsedResults(
      series: series + costs, records: records, failures: failures, context: context,
      parseNotes: parseNotes, importSummaries: importSummaries)
  }
}

/// The counts of tokens of one benchmark.
private struct Calls {
  let benchmark: Benchmark
  let model: String
  /// The counts in the order of ``Prices/Kind``; at least one.
  let counts: [(kind: Prices.Kind, series: Series)]

  /// Returns the counts of every benchmark that has a model and counts, and no cost yet.
  static func all(in series: [Series]) -> [Calls] {
    let groups = Dictionary(grouping: series, by: \.benchmark)
    return groups.keys.sorted().compactMap { benchmark in
      let group = groups[benchmark, default: []]
      let counts = Prices.Kind.allCases.compactMap { kind in
        group.first { $0.metric.name == kind.metric && $0.metric.unit == .one }
          .map { (kind: kind, series: $0) }
      }
      guard let model = benchmark.labels["model"], !counts.isEmpty,
        !group.contains(where: { $0.metric.name == "cost" })
      else { return nil }
      return Calls(benchmark: benchmark, model: model, counts: counts)
    }
  }

  /// Returns the series of the cost.
  ///
  /// - Parameter sums: The costs in millionths of USD, round by round.
  func cost(_ sums: [[Double]]) throws(Problem) -> Series {
    var rounds: [Round] = []
    for sum in sums {
      guard let round = try? Round(sum.map { $0 / 1e6 }) else { throw .endless(benchmark) }
      rounds.append(round)
    }
    return Series(
      benchmark: benchmark, metric: Metric("cost", .dollars), rounds: rounds,
      source: counts[0].series.source, isSummary: counts.contains { $0.series.isSummary })
  }
}

/// The reason that a benchmark has no cost.
private enum Problem: Error, Hashable, CustomStringConvertible {
  case unknown(model: String)
  case missing(Prices.Kind, model: String)
  /// The counts are not of the same calls.
  case uneven(Benchmark)
  /// The cost is larger than any number can be.
  case endless(Benchmark)

  var description: String {
    switch self {
    case .unknown(let model): "model '\(model)' has no `[price \"\(model)\"]`"
    case .missing(let kind, let model): "model '\(model)' has no price of `\(kind.rawValue)`"
    case .uneven(let benchmark): "the counts of '\(benchmark)' are not of the same calls"
    case .endless(let benchmark): "that of '\(benchmark)' is too large for a number"
    }
  }
}
