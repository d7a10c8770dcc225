package import Measurements

extension ExportFormat {
  /// Line protocol with times in nanoseconds, for InfluxDB.
  ///
  /// The run and the commit are fields.
  package static let influx = influx(writesTexts: true)

  /// Line protocol for VictoriaMetrics, which has no fields of text.
  package static let influxOfNumbers = influx(writesTexts: false)

  private static func influx(writesTexts: Bool) -> ExportFormat {
    ExportFormat(
      name: "influx", kind: .points,
      series: { buffer, benchmark, metric in
        buffer.add("perf")
        buffer.add(influxTags: PointLabels.pairs(of: benchmark, metric))
      },
      run: { buffer, run in
        buffer.add(influxTags: PointLabels.pairs(of: run.home))
        // The fields of text stand behind a null byte until the row is written.
        guard writesTexts else { return }
        buffer.add(byte: 0)
        buffer.add(",run=\"\(run.id)\"")
        if let commit = run.commit { buffer.add(",commit=\"\(commit)\"") }
      },
      row: { buffer, _, row in
        buffer.add(row.series)
        let end = row.run.firstIndex(of: 0) ?? row.run.endIndex
        buffer.add(row.run[..<end])
        switch row.numbers {
        case .figures(let n, let median, let extent):
          buffer.add(" median=")
          buffer.add(median)
          if let extent {
            buffer.add(",min=")
            buffer.add(extent.minimum)
            buffer.add(",max=")
            buffer.add(extent.maximum)
          }
          buffer.add(",rounds=")
          buffer.add(n)
          buffer.add(byte: UInt8(ascii: "i"))
        case .round(let number, let value, _):
          buffer.add(",round=")
          buffer.add(number)
          buffer.add(" value=")
          buffer.add(value)
        }
        buffer.add(row.run[end...].dropFirst())
        buffer.add(byte: .space)
        buffer.add(row.time)
        buffer.add("000000\n")
      })
  }

  /// The value of a tag as a store has it after it was written.
  package static func influxValue(_ text: String) -> String {
    var counter = 0
    return String(
      decoding: text.percentEncoded(counting: &counter, isRefusedInTag), as: UTF8.self)
  }

  /// The tags of a point as a store has them, by name.
  package static func influxTags(
    _ benchmark: Benchmark, _ metric: Metric, _ home: ExportedRun.Home
  ) -> [String: String] {
    let pairs = PointLabels.pairs(of: benchmark, metric) + PointLabels.pairs(of: home)
    return Dictionary(pairs.map { ($0.name, influxValue($0.value)) }, uniquingKeysWith: { $1 })
  }
}

/// True for a byte that no tag can have: those that end a line, and a backslash where it would quote
/// the next character.
private func isRefusedInTag(_ byte: UInt8, _ next: UInt8) -> Bool {
  switch byte {
  case 0, .lineFeed, .carriageReturn: true
  case .backslash: [0, .backslash, .comma, .equals, .space].contains(next)
  default: false
  }
}

extension ExportBuffer {
  fileprivate mutating func add(influxTags pairs: [(name: String, value: String)]) {
    for pair in pairs {
      add(byte: .comma)
      add(pair.name)
      add(byte: .equals)
      for byte in pair.value.percentEncoded(counting: &encoded, isRefusedInTag) {
        if byte == .comma || byte == .equals || byte == .space { add(byte: .backslash) }
        add(byte: byte)
      }
    }
  }
}
