import Measurements

extension ExportFormat {
  /// Comma-separated values as in RFC 4180, with a head line; lines end like those of a text file.
  ///
  /// Names stay as they are, because programs read them: the CSV for spreadsheets, in which no cell
  /// is a formula, is that of `--report csv`.
  package static let csv = ExportFormat(
    name: "csv", kind: .rows,
    head: { buffer, document in
      buffer.add("benchmark,labels,metric,unit,better,suite,machine,branch,run,commit,time,")
      buffer.add(
        document.isOfRounds ? "round,value,summarized\n" : "n,median,min,max,summarized\n")
    },
    series: { buffer, benchmark, metric in
      buffer.add(cell: benchmark.name)
      var labels = ExportBuffer()
      labels.add(labelsOf: benchmark)
      buffer.add(cell: String(decoding: labels.take(), as: UTF8.self))
      buffer.add(cell: metric.name)
      buffer.add(cell: metric.unit.symbol)
      buffer.add(cell: metric.better.rawValue)
    },
    run: { buffer, run in
      buffer.add(cell: run.home.suite)
      buffer.add(cell: run.home.machine ?? "")
      buffer.add(cell: run.home.branch ?? "")
      buffer.add(cell: run.id)
      buffer.add(cell: run.commit ?? "")
      buffer.add(cell: run.time.flatMap { Timestamp(secondsSince1970: $0) }?.description ?? "")
    },
    row: { buffer, _, row in
      buffer.add(row.series)
      buffer.add(row.run)
      buffer.add(row.numbers, separator: .comma, missing: "", truth: ("true", "false"))
      buffer.add(byte: .lineFeed)
    })
}

extension ExportBuffer {
  /// Appends a cell and a comma.
  fileprivate mutating func add(cell text: String) {
    let encoded = text.percentEncoded(counting: &self.encoded) { byte, _ in byte == 0 }
    let isQuoted = encoded.contains {
      $0 == .comma || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
    }
    if isQuoted {
      add(byte: .quote)
      for byte in encoded {
        if byte == .quote { add(byte: .quote) }
        add(byte: byte)
      }
      add(byte: .quote)
    } else {
      add(encoded)
    }
    add(byte: .comma)
  }

  /// Appends the numbers of a row, and whether pruning has left one of several.
  mutating func add(
    _ numbers: ExportedNumbers, separator: UInt8, missing: String,
    truth: (yes: String, no: String)
  ) {
    switch numbers {
    case .figures(let n, let median, let extent):
      add(n)
      add(byte: separator)
      add(median)
      add(byte: separator)
      if let extent { add(extent.minimum) } else { add(missing) }
      add(byte: separator)
      if let extent { add(extent.maximum) } else { add(missing) }
      add(byte: separator)
      add(extent == nil ? truth.yes : truth.no)
    case .round(let number, let value, let isSummary):
      add(number)
      add(byte: separator)
      add(value)
      add(byte: separator)
      add(isSummary ? truth.yes : truth.no)
    }
  }
}
