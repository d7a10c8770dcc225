extension String {
  /// The symbol of a unit that is written in words: `ms` for `milliseconds`, `1/s` for `ops/sec`,
  /// `ns` for `ns/iter`. A unit that is in no table stays as it is.
  var unitSymbol: String {
    let text = trimmed
    let words = text.lowercased()
    if let symbol = Self.unitSymbols[words] { return symbol }
    for suffix in ["/op", "/iter", "/iteration"] where words.hasSuffix(suffix) {
      let unit = String(text.dropLast(suffix.count)).unitSymbol
      if Self.timeSymbols.contains(unit) { return unit }
    }
    // Operations per part of a second, as JMH counts them.
    for (end, unit) in Self.ratesByTime where words.hasSuffix(end) {
      if Self.operations.contains(String(words.dropLast(end.count))) { return unit }
    }
    for suffix in ["/sec", "/second"] where words.hasSuffix(suffix) {
      return (text.dropLast(suffix.count) + "/s").description.unitSymbol
    }
    return text
  }

  private static let timeSymbols: Set = ["ps", "ns", "us", "µs", "μs", "ms", "s", "min", "h"]

  private static let operations: Set = ["op", "ops", "operations", "iter", "iterations", "1"]
  private static let ratesByTime = [
    "/ms": "1/ms", "/us": "1/us", "/µs": "1/us", "/μs": "1/us", "/ns": "1/ns",
  ]

  private static let unitSymbols = [
    "nanosecond": "ns", "nanoseconds": "ns", "nsec": "ns", "microsecond": "us",
    "microseconds": "us", "usec": "us", "millisecond": "ms", "milliseconds": "ms", "msec": "ms",
    "second": "s", "seconds": "s", "sec": "s", "secs": "s", "minutes": "min", "hours": "h",
    "byte": "B", "bytes": "B", "kilobytes": "kB", "megabytes": "MB", "gigabytes": "GB",
    "percent": "%", "op/s": "1/s", "ops/s": "1/s", "iter/s": "1/s", "bytes/s": "B/s",
    "count": "1", "": "1", "hz": "1/s", "qps": "1/s", "rps": "1/s", "tps": "1/s",
  ]
}
