import Measurements

extension ExportFormat {
  /// One transaction that PostgreSQL, SQLite and DuckDB take: the table, and all rows. Loaded again
  /// it changes nothing.
  package static let sql = ExportFormat(
    name: "sql", kind: .keyed,
    head: { buffer, document in
      buffer.add("BEGIN;\n\(SQLTable(isOfRounds: document.isOfRounds).definition)")
    },
    series: { buffer, benchmark, metric in
      for text in SQLTable.texts(of: benchmark, metric) { buffer.add(literal: text) }
    },
    run: { buffer, run in
      buffer.add(literal: run.home.suite)
      buffer.add(literal: run.home.machine ?? "")
      buffer.add(literal: run.home.branch ?? "")
      buffer.add(literal: run.id)
      if let commit = run.commit { buffer.add(literal: commit) } else { buffer.add("NULL,") }
    },
    row: { buffer, _, row in
      let isFirst = buffer.rows % rowsOfStatement == 0
      if isFirst {
        let table = SQLTable(numbers: row.numbers)
        if buffer.rows > 0 { buffer.add("\n\(table.again);\n") }
        buffer.add("INSERT INTO \(table.name)(\(table.columns)) VALUES\n(")
      } else {
        buffer.add(",\n(")
      }
      buffer.add(row.series)
      buffer.add(row.run)
      buffer.add(byte: .apostrophe)
      buffer.add(time: row.time)
      buffer.add("',")
      buffer.add(row.numbers, separator: .comma, missing: "NULL", truth: ("TRUE", "FALSE"))
      buffer.add(byte: UInt8(ascii: ")"))
    },
    foot: { buffer, document in
      let table = SQLTable(isOfRounds: document.isOfRounds)
      if buffer.rows > 0 { buffer.add("\n\(table.again);\n") }
      buffer.add("COMMIT;\n")
    })

  /// The rows in the text format of PostgreSQL's `COPY … FROM STDIN`, and nothing else: a statement
  /// in the same stream would let the name of a benchmark be one.
  package static let copy = ExportFormat(
    name: "copy", kind: .keyed,
    series: { buffer, benchmark, metric in
      for text in SQLTable.texts(of: benchmark, metric) { buffer.add(field: text) }
    },
    run: { buffer, run in
      buffer.add(field: run.home.suite)
      buffer.add(field: run.home.machine ?? "")
      buffer.add(field: run.home.branch ?? "")
      buffer.add(field: run.id)
      if let commit = run.commit { buffer.add(field: commit) } else { buffer.add("\\N\t") }
    },
    row: { buffer, _, row in
      buffer.add(row.series)
      buffer.add(row.run)
      buffer.add(time: row.time)
      buffer.add(byte: .tab)
      buffer.add(row.numbers, separator: .tab, missing: "\\N", truth: ("t", "f"))
      buffer.add(byte: .lineFeed)
    })

}

/// The number of rows of one INSERT statement.
private let rowsOfStatement = 500

/// A table of an export in SQL.
package struct SQLTable: Sendable {
  private let isOfRounds: Bool

  package init(isOfRounds: Bool) { self.isOfRounds = isOfRounds }

  fileprivate init(numbers: ExportedNumbers) {
    if case .round = numbers { isOfRounds = true } else { isOfRounds = false }
  }

  package var name: String { isOfRounds ? "perf_rounds" : "perf" }

  /// The columns, in the order of a row, with their types.
  private var types: [(name: String, type: String)] {
    let texts = ["benchmark", "labels", "metric", "unit", "better", "suite", "machine", "branch"]
    let numbers =
      isOfRounds
      ? [("round", "bigint NOT NULL"), ("\"value\"", "double precision NOT NULL")]
      : [
        ("n", "bigint NOT NULL"), ("median", "double precision NOT NULL"),
        ("\"min\"", "double precision"), ("\"max\"", "double precision"),
      ]
    return [("series", "text NOT NULL")] + texts.map { ($0, "text NOT NULL") }
      + [("run", "text NOT NULL"), ("\"commit\"", "text"), ("\"time\"", "timestamptz NOT NULL")]
      + numbers + [("summarized", "boolean NOT NULL")]
  }

  package var columns: String { types.map(\.name).joined(separator: ", ") }

  /// The columns that no two rows have the same values of.
  ///
  /// The series is a fingerprint of benchmark, labels, metric and unit, because an index of
  /// PostgreSQL takes 2,704 bytes of a row, and a name may be longer.
  package var key: [String] {
    ["series", "suite", "machine", "branch", "\"time\""] + (isOfRounds ? ["round"] : [])
  }

  /// The statement that creates the table where there is none.
  package var definition: String {
    let lines = types.map { "  \($0.name) \($0.type),\n" }.joined()
    return "CREATE TABLE IF NOT EXISTS \(name) (\n\(lines)"
      + "  PRIMARY KEY (\(key.joined(separator: ", ")))\n);\n"
  }

  /// The end of an INSERT statement for rows that are there already: they get the numbers of the new
  /// ones, except where pruning has left fewer meanwhile.
  package var again: String {
    let changing = types.map(\.name).filter { !key.contains($0) }
    let changes = changing.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    return "ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes) "
      + "WHERE \(name).summarized OR NOT excluded.summarized"
  }

  /// The texts of a series, in the order of the columns.
  fileprivate static func texts(of benchmark: Benchmark, _ metric: Metric) -> [String] {
    var labels = ExportBuffer()
    labels.add(labelsOf: benchmark)
    let texts = [
      benchmark.name, String(decoding: labels.take(), as: UTF8.self), metric.name,
      metric.unit.symbol,
    ]
    let identity = texts.map { "\($0.utf8.count):\($0)" }.joined()
    return [identity.utf8.fingerprint] + texts + [metric.better.rawValue]
  }
}

extension ExportBuffer {
  /// Appends a literal of SQL and a comma.
  ///
  /// A backslash before a quote or at the end is encoded: a server that takes backslashes for
  /// escapes would read what follows as a statement.
  fileprivate mutating func add(literal text: String) {
    add(byte: .apostrophe)
    let encoded = text.percentEncoded(counting: &self.encoded) { byte, next in
      byte == 0 || byte == .backslash && (next == .apostrophe || next == 0)
    }
    for byte in encoded {
      if byte == .apostrophe { add(byte: .apostrophe) }
      add(byte: byte)
    }
    add("',")
  }

  /// Appends a field of PostgreSQL's text format and a tab.
  fileprivate mutating func add(field text: String) {
    for byte in text.percentEncoded(counting: &encoded, { byte, _ in byte == 0 }) {
      switch byte {
      case .backslash: add("\\\\")
      case .lineFeed: add("\\n")
      case .carriageReturn: add("\\r")
      case .tab: add("\\t")
      default: add(byte: byte)
      }
    }
    add(byte: .tab)
  }
}
