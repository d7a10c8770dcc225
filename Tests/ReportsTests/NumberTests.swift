import Measurements
import Testing

@testable import Reports

/// A number and how a reader meets it.
struct NumberCase: CustomTestStringConvertible {
  let written: String
  let expected: String

  init(_ written: String, _ expected: String) {
    (self.written, self.expected) = (written, expected)
  }

  var testDescription: String { expected }

  static let all: [NumberCase] = [
    NumberCase(fixed(2.345, 2), "2.35"), NumberCase(fixed(2.5, 0), "3"),
    NumberCase(fixed(-2.5, 0), "-3"), NumberCase(fixed(0.004, 2), "0.00"),
    NumberCase(fixed(-0.004, 2), "0.00"), NumberCase(fixed(-0.0, 1), "0.0"),
    NumberCase(fixed(0.05, 1), "0.1"), NumberCase(fixed(1234567.891, 1), "1234567.9"),
    NumberCase(fixed(999_999_999_999_999, 0), "999999999999999"),
    NumberCase(fixed(1e15, 0), "1.00e15"), NumberCase(fixed(1e300, 2), "1.00e300"),
    NumberCase(fixed(-1.7e308, 2), "-1.70e308"),

    NumberCase(scientific(0.0000108, 1), "1.1e-5"), NumberCase(scientific(0.0000996, 1), "1.0e-4"),
    NumberCase(scientific(9.996, 2), "1.00e1"), NumberCase(scientific(-12345, 2), "-1.23e4"),
    NumberCase(scientific(.leastNonzeroMagnitude, 1), "4.9e-324"),

    NumberCase(significant(0), "0"), NumberCase(significant(-0.0), "0"),
    NumberCase(significant(1), "1.00"), NumberCase(significant(9.994), "9.99"),
    NumberCase(significant(9.996), "10.0"), NumberCase(significant(99.94), "99.9"),
    NumberCase(significant(99.96), "100"), NumberCase(significant(999.6), "1000"),
    NumberCase(significant(1234.5), "1235"), NumberCase(significant(0.5), "0.500"),
    NumberCase(significant(0.9996), "1.00"), NumberCase(significant(0.0123), "0.0123"),
    NumberCase(significant(-0.0123), "-0.0123"), NumberCase(significant(0.00000123), "0.00000123"),
    NumberCase(significant(0.000000123), "1.23e-7"), NumberCase(significant(1e300), "1.00e300"),

    NumberCase(percent(0.2018), "+20.2 %"), NumberCase(percent(-0.2018), "-20.2 %"),
    NumberCase(percent(0), "0.0 %"), NumberCase(percent(-0.0), "0.0 %"),
    NumberCase(percent(0.000001), "0.0 %"), NumberCase(percent(-0.000001), "0.0 %"),
    NumberCase(percent(0.0004), "+0.04 %"), NumberCase(percent(-0.0004), "-0.04 %"),
    NumberCase(percent(0.001), "+0.1 %"), NumberCase(percent(1), "+100.0 %"),
    NumberCase(percent(12.5), "+1250 %"), NumberCase(percent(1e300), "+1.00e302 %"),
    NumberCase(percentRange(-0.004...0.214), "[-0.4, +21.4]"),
    NumberCase(percentRange(0...0), "[0.0, 0.0]"),

    NumberCase(threshold(0.1), "10 %"), NumberCase(threshold(0.07), "7 %"),
    NumberCase(threshold(0.29), "29 %"), NumberCase(threshold(0.025), "2.5 %"),
    NumberCase(threshold(0.0025), "0.25 %"), NumberCase(threshold(0), "0 %"),
    NumberCase(threshold(1), "100 %"), NumberCase(threshold(0.00123), "0.123 %"),

    NumberCase(probability(0.0000108), "1.1e-5"), NumberCase(probability(0.0009996), "1.0e-3"),
    NumberCase(probability(0.001), "0.001"), NumberCase(probability(0.0476), "0.048"),
    NumberCase(probability(1), "1.000"), NumberCase(probability(1e-300), "1.0e-300"),
    NumberCase(probability(0), "0.000"),

    NumberCase(count(1, "core"), "1 core"), NumberCase(count(2, "core"), "2 cores"),
    NumberCase(count(0, "core"), "0 cores"), NumberCase(count(2, "is", plural: "are"), "2 are"),
  ]
}

@Test("a number is written for a reader", arguments: NumberCase.all)
func number(_ example: NumberCase) {
  #expect(example.written == example.expected)
}

/// The numbers of one row, in the unit that they share.
struct ScaleCase: CustomTestStringConvertible {
  let unit: Unit
  let values: [Double]
  let expected: [String]

  init(_ unit: Unit, _ values: [Double], _ expected: [String]) {
    (self.unit, self.values, self.expected) = (unit, values, expected)
  }

  var testDescription: String { expected.joined(separator: ", ") }

  static let all: [ScaleCase] = [
    ScaleCase(.nanoseconds, [0], ["0 ns"]),
    ScaleCase(.nanoseconds, [0.25], ["0.250 ns"]),
    ScaleCase(.nanoseconds, [999.4], ["999 ns"]),
    ScaleCase(.nanoseconds, [999.6], ["1.00 µs"]),
    ScaleCase(.nanoseconds, [999_600_000], ["1.00 s"]),
    ScaleCase(.nanoseconds, [10_900_000, 13_100_000], ["10.9 ms", "13.1 ms"]),
    ScaleCase(.nanoseconds, [999_000_000, 1_001_000_000], ["0.999 s", "1.00 s"]),
    ScaleCase(.nanoseconds, [-2_000_000], ["-2.00 ms"]),
    ScaleCase(.nanoseconds, [3.6e12], ["3600 s"]),
    ScaleCase(.nanoseconds, [1, 1e9], ["1.00e-9 s", "1.00 s"]),
    ScaleCase(.bytes, [1023], ["1023 B"]),
    ScaleCase(.bytes, [1023.6], ["1.00 KiB"]),
    ScaleCase(.bytes, [3_145_728], ["3.00 MiB"]),
    ScaleCase(.bytes, [1_048_575], ["1.00 MiB"]),
    ScaleCase(.bytesPerSecond, [2_147_483_648], ["2.00 GiB/s"]),
    ScaleCase(.one, [17, 0], ["17", "0"]),
    ScaleCase(.one, [0.5], ["0.500"]),
    ScaleCase(.one, [999.9], ["1.00 k"]),
    ScaleCase(.one, [1_234_567], ["1.23 M"]),
    ScaleCase(.one, [1e300], ["1.00e291 G"]),
    ScaleCase(.perSecond, [1800], ["1.80 k/s"]),
    ScaleCase(.perSecond, [3], ["3.00 /s"]),
    ScaleCase(.dollars, [0.0123], ["$0.0123"]),
    ScaleCase(.dollars, [-1.2], ["-$1.20"]),
    ScaleCase(Unit("widgets/op"), [12_345], ["12345 widgets/op"]),
    ScaleCase(Unit("a\u{1B}[31m"), [1], [#"1.00 a\u{1B}[31m"#]),
  ]
}

@Test("the numbers of a row share the unit of the largest", arguments: ScaleCase.all)
func scale(_ example: ScaleCase) {
  let scale = Scale(example.unit, for: example.values)
  #expect(example.values.map(scale.text) == example.expected)
}
