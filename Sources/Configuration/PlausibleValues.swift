import CommandLine
import Measurements
import Verdicts

extension Argument where Value == (metric: Pattern, range: PlausibleRange) {
  /// A metric and its plausible values, `input_tokens 100..10000`.
  static var plausible: Self {
    Argument("<metric> <range>") { text throws(UsageError) in
      let words = text.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else {
        throw UsageError(
          "not a metric and its range", hint: "write them like 'input_tokens 100..10000'")
      }
      do throws(PlausibleRange.Problem) {
        return (Pattern(String(words[0])), try PlausibleRange(String(words[1])))
      } catch {
        throw error.usage
      }
    }
  }
}

extension PlausibleRange.Problem {
  fileprivate var usage: UsageError {
    switch self {
    case .notTwoEnds:
      UsageError("not a range", hint: "write one like '100..10000', '..5s' or '100..'")
    case .noAmount(let text):
      UsageError(
        "'\(text)' is not an amount with its unit", hint: "write a range like '1s..5s' or '100..'")
    case .units(let lower, let upper):
      UsageError(
        "\(lower) and \(upper) have different units", hint: "write both ends with their unit")
    case .order(let lower, let upper):
      UsageError("\(lower) is above \(upper)", hint: "the smaller end stands first")
    }
  }
}
