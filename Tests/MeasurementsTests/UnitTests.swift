import Measurements
import Testing

/// What one of a foreign unit is in ours.
struct UnitCase: CustomTestStringConvertible {
  let symbol: String
  let unit: Unit
  let factor: Double

  init(_ symbol: String, _ unit: Unit, _ factor: Double) {
    (self.symbol, self.unit, self.factor) = (symbol, unit, factor)
  }

  var testDescription: String { "'\(symbol)'" }

  static let all: [UnitCase] = [
    UnitCase("ps", .nanoseconds, 0.001), UnitCase("ns", .nanoseconds, 1),
    UnitCase("us", .nanoseconds, 1000), UnitCase("\u{B5}s", .nanoseconds, 1000),
    UnitCase("\u{3BC}s", .nanoseconds, 1000), UnitCase("ms", .nanoseconds, 1_000_000),
    UnitCase("s", .nanoseconds, 1_000_000_000), UnitCase("B", .bytes, 1),
    UnitCase("kB", .bytes, 1000), UnitCase("KB", .bytes, 1000), UnitCase("KiB", .bytes, 1024),
    UnitCase("MB", .bytes, 1_000_000), UnitCase("MiB", .bytes, 1024 * 1024),
    UnitCase("GB", .bytes, 1_000_000_000), UnitCase("GiB", .bytes, 1024 * 1024 * 1024),
    UnitCase("USD", .dollars, 1), UnitCase("$", .dollars, 1), UnitCase("1", .one, 1),
    UnitCase("%", .one, 0.01), UnitCase("1/s", .perSecond, 1),
    UnitCase("B/s", .bytesPerSecond, 1), UnitCase("kB/s", .bytesPerSecond, 1000),
    UnitCase("MB/s", .bytesPerSecond, 1_000_000), UnitCase("GB/s", .bytesPerSecond, 1e9),
    UnitCase("widgets/op", Unit("widgets/op"), 1), UnitCase("", Unit(""), 1),
    UnitCase("MS", Unit("MS"), 1), UnitCase(" ms", Unit(" ms"), 1),
  ]
}

@Test("a foreign unit becomes a base unit, an unknown one its own", arguments: UnitCase.all)
func conversion(_ example: UnitCase) {
  let conversion = UnitConversion(from: example.symbol)
  #expect(conversion.unit == example.unit)
  #expect(conversion.factor == example.factor)
}
