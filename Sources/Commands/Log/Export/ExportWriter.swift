import Measurements
import Reports

/// Writes the rows of an export in a format, block by block.
struct ExportWriter {
  let source: ExportSource
  let format: ExportFormat
  let isOfRounds: Bool
  /// True for a run that a store has already; nil where all rows are written.
  var isSent: ((Int) -> Bool)?

  /// Writes all rows.
  ///
  /// - Parameter write: Takes the buffer after each row, and empties it where there is enough in it.
  /// - Returns: The number of rows; those that a format writes once for each field count once.
  func writeAll(
    to buffer: inout ExportBuffer, _ write: (inout ExportBuffer, RowPlace) throws -> Void
  ) throws -> Int {
    var fragments = [[UInt8]?](repeating: nil, count: source.runCount)
    var written = 0
    for (pass, field) in format.passes(isOfRounds).enumerated() {
      format.begin(&buffer, field)
      let encoded = buffer.encoded
      for place in source.series {
        let (benchmark, metric) = source.description(of: place)
        let groups = try source.groups(of: place, as: format.kind, isSent: isSent)
        guard groups.contains(where: { !$0.rows.isEmpty }) else { continue }
        let series = fragment(&buffer) { format.series(&$0, benchmark, metric) }
        for group in groups {
          for row in group.rows {
            if fragments[row.entry.run] == nil {
              fragments[row.entry.run] = fragment(&buffer) {
                format.run(&$0, source.run(at: row.entry.run))
              }
            }
            let run = fragments[row.entry.run] ?? []
            try numbers(of: row, group) { numbers in
              format.row(
                &buffer, field,
                ExportRow(series: series, run: run, time: row.time, numbers: numbers))
              buffer.rows += 1
              if pass == 0 { written += 1 }
              try write(
                &buffer,
                RowPlace(
                  series: place, run: row.entry.run, time: row.time, value: numbers.value,
                  round: numbers.round))
            }
          }
        }
      }
      // A further pass has the same names.
      if pass > 0 { buffer.encoded = encoded }
    }
    return written
  }

  /// The place of a row that was written.
  struct RowPlace {
    let series: Int
    let run: Int
    let time: Int64
    let value: Double
    /// The number of the round; nil for the figures of all rounds.
    let round: Int?
  }

  private func numbers(
    of row: ExportSource.Row, _ group: ExportSource.Group, _ body: (ExportedNumbers) throws -> Void
  ) rethrows {
    guard isOfRounds else { return try body(row.figures) }
    for (index, value) in group.values.values(of: row.entry).enumerated() {
      try body(.round(index + 1, value: value, isSummary: row.entry.isSummary))
    }
  }

  private func fragment(
    _ buffer: inout ExportBuffer, _ write: (inout ExportBuffer) -> Void
  ) -> [UInt8] {
    var own = ExportBuffer()
    write(&own)
    buffer.encoded += own.encoded
    return own.take()
  }
}
