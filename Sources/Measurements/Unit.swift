/// The unit that a metric's numbers are stored in.
///
/// Only base units are stored; reports scale them for reading. A unit that is not in the table
/// (`widgets/op`) is its own base.
package struct Unit: Hashable, Sendable {
  package let symbol: String

  package init(_ symbol: String) {
    self.symbol = symbol
  }
}

extension Unit {
  package static let nanoseconds = Unit("ns")
  package static let bytes = Unit("B")
  package static let dollars = Unit("USD")
  /// The unit of counts and ratios.
  package static let one = Unit("1")
  package static let perSecond = Unit("1/s")
  package static let bytesPerSecond = Unit("B/s")
}

/// The conversion of a foreign unit to a base unit: `base value = factor · foreign value`.
package struct UnitConversion: Hashable, Sendable {
  package let unit: Unit
  package let factor: Double

  /// Finds the conversion for a foreign symbol (`ms`, `KiB`, `MB/s`); an unknown symbol stays
  /// unchanged.
  ///
  /// Decimal prefixes are powers of 1000; `Ki`, `Mi` and `Gi` are powers of 1024.
  package init(from symbol: String) {
    (unit, factor) = Self.table[symbol] ?? (Unit(symbol), 1)
  }

  /// True if the symbol is a base unit or a unit that can be converted.
  package static func knows(_ symbol: String) -> Bool { table[symbol] != nil }

  /// Converts a foreign number to the base unit.
  ///
  /// If the factor is below 1, its inverse is a whole number, and the division by the inverse
  /// rounds only once: 95 % are 0.95.
  package func callAsFunction(_ number: Double) -> Double {
    factor < 1 ? number / (1 / factor).rounded() : number * factor
  }

  private static let table: [String: (Unit, Double)] = [
    "ns": (.nanoseconds, 1), "us": (.nanoseconds, 1e3),
    "µs": (.nanoseconds, 1e3),  // U+00B5, the micro sign
    "μs": (.nanoseconds, 1e3),  // U+03BC, the Greek letter
    "ms": (.nanoseconds, 1e6), "s": (.nanoseconds, 1e9), "ps": (.nanoseconds, 1e-3),
    "min": (.nanoseconds, 60e9), "h": (.nanoseconds, 3600e9),
    "B": (.bytes, 1), "kB": (.bytes, 1e3), "KB": (.bytes, 1e3), "MB": (.bytes, 1e6),
    "GB": (.bytes, 1e9), "TB": (.bytes, 1e12),
    "KiB": (.bytes, 1024), "MiB": (.bytes, 1_048_576), "GiB": (.bytes, 1_073_741_824),
    "TiB": (.bytes, 1_099_511_627_776),
    "USD": (.dollars, 1), "$": (.dollars, 1),
    "1": (.one, 1), "%": (.one, 0.01),
    "1/s": (.perSecond, 1), "/s": (.perSecond, 1), "1/ms": (.perSecond, 1e3),
    "1/us": (.perSecond, 1e6), "1/ns": (.perSecond, 1e9),
    "B/s": (.bytesPerSecond, 1), "kB/s": (.bytesPerSecond, 1e3),
    "MB/s": (.bytesPerSecond, 1e6), "GB/s": (.bytesPerSecond, 1e9),
  ]
}
