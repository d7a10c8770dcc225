import Measurements
import Verdicts

extension Rendering {
  package static let csv = Rendering(
    name: "csv",
    summary:
      "one row per series, for a spreadsheet; ' before a name that it would take for a formula"
  ) { report, _ in
    let rows = report.parts.flatMap { part in
      zip(part.familyResult.seriesResults, part.outcomes.series).map { $0.csv($1, in: part) }
    }
    return ([CSVRow.names] + rows).map(\.line).joined()
  }
}

/// A row of the CSV: one series in numbers, base units and no rounding; fields without a value are
/// empty.
private struct CSVRow {
  let cells: [String]

  static let names = CSVRow(
    cells: [
      "benchmark", "labels", "metric", "unit", "better", "base_rounds", "head_rounds",
      "base_median", "head_median", "ratio", "ratio_low", "ratio_high", "p", "verdict", "suite",
      "machine",
      "outcome",
    ])

  var line: String { cells.map(CSVCell.quoted).joined(separator: ",") + "\n" }
}

extension SeriesResult {
  /// The p is corrected over the family, as the verdict rests on it.
  fileprivate func csv(_ outcome: RowOutcome, in part: SuiteReport) -> CSVRow {
    let subject = [
      id.benchmark.name, id.benchmark.labels.text, id.metric, metric.unit.symbol,
      metric.better.rawValue,
    ].map { $0.visible(limit: Rendering.longest).withoutFormula }
    let sides = [comparison?.old, comparison?.new]
    let (ratio, interval) = comparison?.effect.ratio ?? (nil, nil)
    let figures = sides.map { $0.map { "\($0.rounds)" } } + sides.map { $0?.median.plain }
    let effect = [ratio, interval?.lowerBound, interval?.upperBound, significance?.p]
    return CSVRow(
      cells: subject + figures.map { $0 ?? "" } + effect.map { $0?.plain ?? "" }
        + [
          verdict.kind.rawValue, part.suite.visible(limit: Rendering.longest).withoutFormula,
          (part.machine?.key ?? "").visible(limit: Rendering.longest).withoutFormula,
          outcome.outcome.rawValue,
        ])
  }
}

extension Effect {
  fileprivate var ratio: (Double?, ClosedRange<Double>?) {
    guard case .ratio(let ratio, let interval) = self else { return (nil, nil) }
    return (ratio, interval)
  }
}

extension Rendering {
  /// The length limit of a name that programs read, which can tell names apart that people cannot.
  static let longest = 1000
}

extension Double {
  /// The shortest text that reads back as this number.
  var plain: String { Int64(exactly: self).map(String.init) ?? description }
}
