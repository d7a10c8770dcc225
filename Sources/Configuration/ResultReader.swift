package import Formats

/// Reads what a tool wrote, with costs, and under the name of what was launched.
///
/// Files of a format that names its benchmarks are read as they are. Calls of language models are
/// summed into one round, because the unit is the launch, unless they are to stay apart.
package struct ResultReader: Sendable {
  /// The prices of tokens; nil if they are applied later.
  package var prices: Prices?
  /// True if each call of a language model is a round.
  let isPerCall: Bool
  /// True if each input is of one launch, false if it may tell several apart.
  let isLaunch: Bool
  /// The name of the benchmark in formats that name none; nil for the name that the format gives.
  let name: String?
  /// Labels of the benchmark in formats that name none.
  let labels: [String: String]

  package init(
    prices: Prices?, isPerCall: Bool = false, isLaunch: Bool = false, name: String? = nil,
    labels: [String: String] = [:]
  ) {
    self.prices = prices
    self.isPerCall = isPerCall
    self.isLaunch = isLaunch
    self.name = name
    self.labels = labels
  }

  /// Reads an input.
  ///
  /// - Throws: ``InputError`` for what the format finds wrong.
  package func read(_ input: Input, as format: Format) throws(InputError) -> ParsedResults {
    try finished(try parsed(input, as: format), as: format)
  }

  /// Reads an input, without costs and sums.
  package func parsed(_ input: Input, as format: Format) throws(InputError) -> ParsedResults {
    var input = input
    input.sumsCalls = areSummed(format)
    return try format.read(input)
  }

  /// The costs and sums of what was read, under the name of what was launched.
  package func finished(
    _ results: ParsedResults, as format: Format
  ) throws(InputError) -> ParsedResults {
    var results = results
    if let prices { results = prices.applied(to: results) }
    if areSummed(format) { results = try results.summed(areOneLaunch: isLaunch) }
    guard !format.namesBenchmarks else { return results }
    return results.named(name, labels, format.subject, areSummed: areSummed(format))
  }

  private func areSummed(_ format: Format) -> Bool { format.subject == .modelCalls && !isPerCall }
}
