package import Measurements

/// What a recording measured, for the person who waited for it.
package struct RunSummary: Sendable {
  private let rows: [Row]

  package init(_ rows: [Row]) { self.rows = rows }

  /// One series in figures.
  package struct Row: Sendable {
    let id: Series.ID
    let unit: Unit
    let median: Double
    let spread: Double?
    let rounds: Int
    let samples: Int

    /// `spread` is the standard deviation as a part of the mean, nil where there is none; `samples`
    /// counts those of all rounds.
    package init(
      _ series: Series, median: Double, spread: Double?
    ) {
      id = series.id
      unit = series.metric.unit
      self.median = median
      self.spread = spread
      rounds = series.rounds.count
      samples = series.rounds.reduce(0) { $0 + $1.samples.count }
    }
  }

  package var text: String {
    let head = ["benchmark", "metric", "median", "spread", "rounds"]
    let cells = rows.map { row in
      [
        row.id.benchmark.description.visible(limit: 60), row.id.metric.visible(limit: 40),
        Scale(row.unit, for: [row.median]).text(row.median),
        row.spread.map { "± \(fixed($0 * 100, 1)) %" } ?? "-",
        row.samples > row.rounds ? "\(row.rounds) (\(row.samples) samples)" : "\(row.rounds)",
      ]
    }
    return columns([head] + cells, right: 2...4).map { $0 + "\n" }.joined()
  }
}

/// Rows with columns as wide as their widest cell, two spaces apart.
func columns(_ rows: [[String]], right: ClosedRange<Int>) -> [String] {
  let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    let cells = row.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - row[column].count)
      return right.contains(column) ? space + row[column] : row[column] + space
    }
    let line = cells.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
