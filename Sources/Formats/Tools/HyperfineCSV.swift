import Measurements

extension Format {
  /// CSV of `hyperfine --export-csv`.
  ///
  /// Fixtures: hyperfine 1.15.0.
  package static let hyperfineCSV = Format(
    name: "hyperfine-csv", summary: "CSV of `hyperfine --export-csv`",
    carries: .summary, recognizes: recognizesHyperfineCSV, read: readHyperfineCSV)
}

@Sendable
private func recognizesHyperfineCSV(_ input: Input) -> Bool {
  input.columns()?.starts(with: ["command", "mean", "stddev", "median"]) ?? false
}

/// Reads the median of the wall time, and the means of the processor times, which have no median.
///
/// All times are in seconds, whatever `--time-unit` says.
@Sendable
private func readHyperfineCSV(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "hyperfine-csv")
  let table = try input.table()
  try builder.rejectTornEnd()
  let parameters = table.columns.filter { $0.hasPrefix("parameter_") }
  for row in table.rows {
    var labels: [String: String] = [:]
    for column in parameters { labels[String(column.dropFirst("parameter_".count))] = row[column] }
    let benchmark = Benchmark(name: try row.text("command"), labels: labels)
    if builder.has(benchmark, "wall_time") {
      builder.parseNote(
        "'\(benchmark)' occurs again: rounds pooled", at: ResultBuilder.Place(line: row.line))
    }
    let times = [("median", "wall_time"), ("user", "user_time"), ("system", "system_time")]
    for (column, metric) in times {
      try builder.add(
        [row.amount(column)], to: benchmark, metric, in: "s", isSummary: true, at: row.place)
    }
  }
  return builder.reading()
}
