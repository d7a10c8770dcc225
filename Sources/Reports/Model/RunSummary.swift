package import Measurements

/// The measurements of a recording, for the person who waited for it.
package struct RunSummary: Sendable {
  private let rows: [Row]

  package init(_ rows: [Row]) { self.rows = rows }

  /// One series in figures.
  package struct Row: Sendable {
    let id: Series.ID
    let unit: Unit
    let median: Double?
    let spread: Double?
    let rounds: Int
    let samples: Int
    let histogram: Histogram

    /// - Parameters:
    ///   - values: The values that the median and the spread are of.
    ///   - spread: The standard deviation as a part of the mean; nil if there is none, as for a
    ///     median of numbers too large to have one.
    package init(
      _ series: Series, values: [Double], median: Double?, spread: Double?
    ) {
      id = series.id
      unit = series.metric.unit
      self.median = median
      self.spread = spread
      rounds = series.rounds.count
      samples = series.rounds.reduce(0) { $0 + $1.samples.count }
      histogram = Histogram(values)
    }
  }

  package var text: String { textTable(rows, Self.columns).map { $0 + "\n" }.joined() }

  private static var columns: [TextColumn<Row>] {
    [
      TextColumn(title: "benchmark") { $0.id.benchmark.description.visible(limit: 60) },
      TextColumn(title: "metric") { $0.id.metric.visible(limit: 40) },
      TextColumn(title: "median", right: true) { row in
        row.median.map { Scale(row.unit, for: [$0]).text($0) } ?? "-"
      },
      TextColumn(title: "spread", right: true) { row in
        row.spread.map { "± \(fixed($0 * 100, 1)) %" } ?? "-"
      },
      TextColumn(title: "least–most", cell: \.histogram.text),
      TextColumn(title: "rounds", right: true) { row in
        row.samples > row.rounds ? "\(row.rounds) (\(row.samples) samples)" : "\(row.rounds)"
      },
    ]
  }
}
