import Measurements

extension ExportFormat {
  /// An object with the query and all rows, as the other verbs answer.
  package static let json = ExportFormat(
    name: "json", kind: .rows,
    head: { buffer, document in
      buffer.add("{\"version\":1,\"tool\":")
      buffer.add(json: .string(document.tool))
      buffer.add(",\"query\":")
      buffer.add(json: document.query)
      buffer.add(",\"complete\":\(document.skipped.isEmpty),\"skipped\":")
      buffer.add(
        json: .array(
          document.skipped.map {
            .object(["run": .string($0.run), "reason": .string($0.reason)])
          }))
      buffer.add(",\"rows\":[")
    }, series: JSONRow.series, run: JSONRow.run,
    row: { buffer, _, row in
      buffer.add(buffer.rows == 0 ? "\n" : ",\n")
      JSONRow.write(row, to: &buffer)
    },
    foot: { buffer, _ in buffer.add(buffer.rows == 0 ? "]}\n" : "\n]}\n") })

  /// One object a line.
  package static let ndjson = ExportFormat(
    name: "ndjson", kind: .rows, series: JSONRow.series, run: JSONRow.run,
    row: { buffer, _, row in
      JSONRow.write(row, to: &buffer)
      buffer.add(byte: .lineFeed)
    })
}

/// A row as a JSON object.
private enum JSONRow {
  static func series(_ buffer: inout ExportBuffer, _ benchmark: Benchmark, _ metric: Metric) {
    buffer.add("{\"benchmark\":")
    buffer.add(json: .string(benchmark.name))
    buffer.add(",\"labels\":")
    buffer.add(json: .strings(benchmark.labels))
    buffer.add(",\"metric\":")
    buffer.add(json: .string(metric.name))
    buffer.add(",\"unit\":")
    buffer.add(json: .string(metric.unit.symbol))
    buffer.add(",\"better\":\"\(metric.better.rawValue)\"")
  }

  static func run(_ buffer: inout ExportBuffer, _ run: ExportedRun) {
    buffer.add(",\"suite\":")
    buffer.add(json: .string(run.home.suite))
    for (key, text) in [
      ("machine", run.home.machine), ("branch", run.home.branch), ("run", run.id),
      ("commit", run.commit),
      ("time", run.time.flatMap { Timestamp(secondsSince1970: $0) }?.description),
    ] {
      buffer.add(",\"\(key)\":")
      buffer.add(json: text.map(JSONValue.string) ?? .null)
    }
  }

  static func write(_ row: ExportRow, to buffer: inout ExportBuffer) {
    buffer.add(row.series)
    buffer.add(row.run)
    switch row.numbers {
    case .figures(let n, let median, let extent):
      buffer.add(",\"n\":")
      buffer.add(n)
      buffer.add(",\"median\":")
      buffer.add(median)
      if let extent {
        buffer.add(",\"min\":")
        buffer.add(extent.minimum)
        buffer.add(",\"max\":")
        buffer.add(extent.maximum)
        buffer.add(",\"summarized\":false}")
      } else {
        buffer.add(",\"min\":null,\"max\":null,\"summarized\":true}")
      }
    case .round(let number, let value, let isSummary):
      buffer.add(",\"round\":")
      buffer.add(number)
      buffer.add(",\"value\":")
      buffer.add(value)
      buffer.add(isSummary ? ",\"summarized\":true}" : ",\"summarized\":false}")
    }
  }
}

extension ExportBuffer {
  /// Appends JSON on one line in which no character controls a terminal.
  fileprivate mutating func add(json value: JSONValue) {
    switch value {
    case .string: add(value.text)
    case .array(let values):
      add("[")
      for (index, value) in values.enumerated() {
        if index > 0 { add(",") }
        add(json: value)
      }
      add("]")
    case .object(let members):
      add("{")
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { add(",") }
        add(json: .string(member.key))
        add(":")
        add(json: member.value)
      }
      add("}")
    case .null, .bool, .integer, .number: add(value.line)
    }
  }

  /// Appends labels as a JSON object.
  mutating func add(labelsOf benchmark: Benchmark) { add(json: .strings(benchmark.labels)) }
}
