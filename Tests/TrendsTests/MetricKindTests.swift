import Measurements
import Testing
import Trends

struct MetricKindCase: CustomTestStringConvertible {
  let metric: Metric
  let values: [Double]
  let kind: MetricKind
  var testDescription: String { "\(metric.name) in \(metric.unit.symbol): \(values)" }

  static let all: [MetricKindCase] = [
    .init(metric: .wallTime, values: [0, 1], kind: .size),
    .init(metric: .maxRSS, values: [1], kind: .size),
    .init(metric: .cost, values: [0, 1], kind: .amount),
    .init(metric: Metric("anything", .dollars, better: .higher), values: [1], kind: .amount),
    .init(metric: .tokens, values: [0, 1], kind: .amount),
    .init(metric: Metric("tokens", .one), values: [7], kind: .amount),
    .init(metric: Metric("token/in", .one), values: [7], kind: .amount),
    .init(metric: Metric("tokenizer", .one), values: [7], kind: .size),
    // Tokens in a second are no amount of tokens.
    .init(metric: Metric("tokens", .perSecond), values: [7], kind: .size),
    .init(metric: .success, values: [0, 1, 1], kind: .rate),
    .init(metric: .success, values: [0, 0.5], kind: .size),
    .init(metric: Metric("success", .one), values: [0, 1], kind: .size),
    .init(metric: Metric("success", .bytes, better: .higher), values: [0, 1], kind: .size),
  ]
}

@Test(
  "the kind of a metric follows from its unit, its name and its numbers",
  arguments: MetricKindCase.all)
func metricKind(_ example: MetricKindCase) {
  #expect(MetricKind(example.metric, values: example.values) == example.kind)
}
