import CommandLine
import Measurements
import Verdicts

/// The value of a budget, as in `3s`, `p95 3s` or `wall_time p95 3s`.
struct BudgetLimit: Sendable {
  /// The metrics that are limited; nil for the metric that has the unit.
  let metric: Pattern?
  /// The percentile of the rounds; nil for their median.
  let percentile: Int?
  let limit: Quantity

  init(_ text: String) throws(UsageError) {
    if let limit = Quantity(text) {
      (metric, percentile, self.limit) = (nil, nil, limit)
      return
    }
    for space in text.indices where text[space] == " " {
      let amount = text[space...].drop { $0 == " " }
      guard let limit = Quantity(String(amount)) else { continue }
      let words = text[..<space].split(separator: " ")
      percentile = try words.last.flatMap(Self.percentile)
      let metric = (percentile == nil ? words : words.dropLast()).joined(separator: " ")
      self.metric = metric.isEmpty ? nil : Pattern(metric)
      self.limit = limit
      return
    }
    (metric, percentile) = (nil, nil)
    limit = try Argument<Quantity>.quantity.parse(text)
  }

  /// Returns the percentile that a word names; nil for any other word.
  private static func percentile(_ word: Substring) throws(UsageError) -> Int? {
    guard word.first == "p", word.count > 1,
      word.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    guard let percent = Int(word.dropFirst()), (1...99).contains(percent) else {
      throw UsageError("not a percentile from p1 to p99", hint: "write one like 'p95 3s'")
    }
    return percent
  }
}

extension Argument where Value == BudgetLimit {
  /// A budget of a benchmark.
  static var budget: Self {
    Argument("[<metric>] [p<percent>] <amount>") { text throws(UsageError) in
      try BudgetLimit(text)
    }
  }

  /// A budget of a metric, which the section names.
  static var budgetOfMetric: Self {
    Argument("[p<percent>] <amount>") { text throws(UsageError) in
      let budget = try BudgetLimit(text)
      // The section names the metric, so the text must not.
      if budget.metric != nil { _ = try Argument<Quantity>.quantity.parse(text) }
      return budget
    }
  }
}
