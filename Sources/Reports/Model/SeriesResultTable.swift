import Measurements
import Verdicts

/// The rows of a report as a table for a terminal; ordinary ones fit 100 columns.
struct SeriesResultTable {
  let rows: [Row]
  let style: Style

  var lines: [String] { style.table(rows, columns, tone: \.look.tone) }

  private var columns: [TextColumn<Row>] {
    [
      TextColumn(title: "  benchmark") { "\($0.look.mark) \($0.benchmark.visible(limit: 60))" },
      TextColumn(title: "metric") { $0.metric.visible(limit: 40) },
      TextColumn(title: "base", right: true, cell: \.old),
      TextColumn(title: "head", right: true, cell: \.new),
      TextColumn(title: "change", right: true, cell: \.change),
      TextColumn(title: rows.map(\.interval).title, right: true, cell: \.interval.text),
      // The p is for readers who ask for more; others have it in the verdict.
      TextColumn(title: "p", right: true) { style.verbose ? $0.p : "" },
      TextColumn(title: "verdict", cell: \.verdict),
    ]
  }
}

extension Style {
  /// Returns the lines of a table: the titles, then each row in its tone.
  func table<Row>(
    _ rows: [Row], _ columns: [TextColumn<Row>], tone: (Row) -> RowLook.Tone
  ) -> [String] {
    let tones = [.plain] + rows.map(tone)
    return zip(textTable(rows, columns), tones).map { paint($0, $1) }
  }

  /// Returns the text in the color of a tone, if there is color.
  func paint(_ text: String, _ tone: RowLook.Tone) -> String {
    guard color, let code = tone.colorCode else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
