import Measurements
import Testing

struct QuantityCase: CustomTestStringConvertible {
  let text: String
  let value: Double?
  var unit = Unit.one
  var testDescription: String { "'\(text)'" }

  static let all: [QuantityCase] = [
    QuantityCase(text: "3s", value: 3e9, unit: .nanoseconds),
    QuantityCase(text: "200 ms", value: 2e8, unit: .nanoseconds),
    QuantityCase(text: "1.5µs", value: 1500, unit: .nanoseconds),
    QuantityCase(text: "2min", value: 120e9, unit: .nanoseconds),
    QuantityCase(text: "5m", value: 300e9, unit: .nanoseconds),
    QuantityCase(text: "0.5 m", value: 30e9, unit: .nanoseconds),
    QuantityCase(text: "150k", value: 150_000), QuantityCase(text: "150 k", value: 150_000),
    QuantityCase(text: "1.5K", value: 1500), QuantityCase(text: "2M", value: 2_000_000),
    QuantityCase(text: "3G", value: 3e9), QuantityCase(text: "$3k", value: nil),
    QuantityCase(text: "2 kB", value: 2000, unit: .bytes),
    QuantityCase(text: "512MiB", value: 536_870_912, unit: .bytes),
    QuantityCase(text: "$0.02", value: 0.02, unit: .dollars),
    QuantityCase(text: "0.02 USD", value: 0.02, unit: .dollars),
    QuantityCase(text: "95%", value: 0.95), QuantityCase(text: "1000", value: 1000),
    QuantityCase(text: "1e3", value: 1000), QuantityCase(text: "-5", value: -5),
    QuantityCase(text: "100/s", value: 100, unit: .perSecond),
    QuantityCase(text: "3 widgets/op", value: 3, unit: Unit("widgets/op")),
    QuantityCase(text: "5EB", value: 5, unit: Unit("EB")),
    QuantityCase(text: "", value: nil), QuantityCase(text: "s", value: nil),
    QuantityCase(text: "$", value: nil), QuantityCase(text: "$3s", value: nil),
    QuantityCase(text: "1,000", value: nil), QuantityCase(text: "1_000", value: nil),
    QuantityCase(text: "nan", value: nil), QuantityCase(text: "inf", value: nil),
    QuantityCase(text: "1e999s", value: nil), QuantityCase(text: "3 -s", value: nil),
  ]
}

@Test("an amount is a number and a unit, and nothing else is", arguments: QuantityCase.all)
func quantity(_ example: QuantityCase) {
  let quantity = Quantity(example.text)
  #expect(quantity?.value == example.value)
  #expect(quantity.map(\.unit) == example.value.map { _ in example.unit })
}
