import Measurements

extension ExportFormat {
  /// OpenMetrics with times, for `promtool tsdb create-blocks-from openmetrics`.
  ///
  /// A family has all its samples in one place, so that all rows are gone through once for each
  /// field. https://prometheus.io/docs/specs/om/open_metrics_spec/
  package static let openMetrics = ExportFormat(
    name: "openmetrics", kind: .points,
    passes: { $0 ? [.value] : [.median, .min, .max, .rounds] },
    series: { buffer, benchmark, metric in
      buffer.add(openMetricsLabels: PointLabels.pairs(of: benchmark, metric))
    },
    run: { buffer, run in
      let pairs = PointLabels.pairs(of: run.home)
      guard !pairs.isEmpty else { return }
      buffer.add(byte: .comma)
      buffer.add(openMetricsLabels: pairs)
    },
    begin: { buffer, field in
      buffer.add("# TYPE perf_\(field.rawValue) gauge\n")
      buffer.add("# HELP perf_\(field.rawValue) \(field.help)\n")
    },
    row: { buffer, field, row in
      guard let value = row.numbers.value(of: field) else { return }
      buffer.add("perf_")
      buffer.add(field.rawValue)
      buffer.add(byte: UInt8(ascii: "{"))
      buffer.add(row.series)
      buffer.add(row.run)
      if case .round(let number, _, _) = row.numbers {
        buffer.add(",round=\"")
        buffer.add(number)
        buffer.add(byte: .quote)
      }
      buffer.add("} ")
      buffer.add(value)
      buffer.add(byte: .space)
      buffer.add(promtoolTime: row.time)
      buffer.add(byte: .lineFeed)
    },
    foot: { buffer, _ in buffer.add("# EOF\n") })
}

extension ExportFormat.Field {
  fileprivate var help: String {
    switch self {
    case .all, .median: "Median of the rounds of a run, in the unit of the label."
    case .min: "Least round of a run, in the unit of the label."
    case .max: "Greatest round of a run, in the unit of the label."
    case .rounds: "Number of rounds of a run."
    case .value: "Median of a round, in the unit of the label."
    }
  }
}

extension ExportedNumbers {
  /// A field; nil where pruning has left one number of several.
  fileprivate func value(of field: ExportFormat.Field) -> Double? {
    switch self {
    case .round(_, let value, _): value
    case .figures(let n, let median, let extent):
      switch field {
      case .all, .median, .value: median
      case .min: extent?.minimum
      case .max: extent?.maximum
      case .rounds: Double(n)
      }
    }
  }
}

extension ExportBuffer {
  fileprivate mutating func add(openMetricsLabels pairs: [(name: String, value: String)]) {
    for (index, pair) in pairs.enumerated() {
      if index > 0 { add(byte: .comma) }
      add(pair.name)
      add("=\"")
      // Prometheus takes a null byte for the end of the file.
      for byte in pair.value.percentEncoded(counting: &encoded, { byte, _ in byte == 0 }) {
        switch byte {
        case .quote: add("\\\"")
        case .backslash: add("\\\\")
        case .lineFeed: add("\\n")
        default: add(byte: byte)
        }
      }
      add(byte: .quote)
    }
  }

  /// Appends a time in seconds with the milliseconds as a fraction.
  ///
  /// Prometheus multiplies the double by 1000 and cuts the fraction off, which makes 42.000 of
  /// 42.001. A further digit keeps it above.
  fileprivate mutating func add(promtoolTime milliseconds: Int64) {
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest > 0 else { return add(seconds) }
    let digits = String(rest)
    let text = "\(seconds).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    add(text)
    if Int64((Double(text) ?? 0) * 1000) != milliseconds { add("1") }
  }
}
