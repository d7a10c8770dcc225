import Foundation
import Statistics
import TestSupport
import Testing

@testable import Commands

/// A history that was drawn, as rows of one number each, for SQL.
struct DrawnRows {
  struct Row {
    let run: Int
    let benchmark: String
    let agent: String
    let metric: String
    let value: Double
  }

  let runs: [LoggedRun]
  let rows: [Row]
  let days: [String]

  init(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    var (runs, rows, days) = ([LoggedRun](), [Row](), [String]())
    for number in 0..<draw(4...12) {
      let day = "2026-0\(draw(1...9))-\(10 + draw(0...18))"
      var run = LoggedRun(commit: draw(0...3), time: "\(day)T0\(draw(0...9)):00:\(10 + number)Z")
      for benchmark in ["a", "b", "c"] where draw(0...3) > 0 {
        let agent = ["x", "y", "z"][draw(0...2)]
        for (metric, unit, better) in [
          ("wall_time", "ns", "lower"), ("cost", "USD", "lower"), ("success", "1", "higher"),
        ] where draw(0...4) > 0 {
          // Whole numbers and quarters add up exactly in any order.
          let values = (0..<draw(1...9)).map { _ in
            metric == "success" ? Double(draw(0...1)) : Double(draw(1...400)) / 4
          }
          run.series.append(
            LoggedSeries(
              benchmark, labels: ["agent": agent], metric: metric, unit: unit, better: better,
              values
            ))
          rows += values.map {
            Row(run: number, benchmark: benchmark, agent: agent, metric: metric, value: $0)
          }
        }
      }
      runs.append(run)
      days.append(day)
    }
    (self.runs, self.rows, self.days) = (runs, rows, days)
  }

  /// The figures of each group as SQLite computes them: the group's name, n, min, p25, median, p75, p95,
  /// p99, max, mean, sum of squares about the mean, sum.
  func figures(by group: String, metric: String) throws -> [[String]] {
    let inserts = rows.map {
      "INSERT INTO v VALUES('\($0.benchmark)','\($0.agent)','\($0.metric)',\($0.value),"
        + "'\(days[$0.run])','\(days[$0.run].prefix(7))');\n"
    }.joined()
    let nearest = [25, 75, 95, 99].map {
      "max(CASE WHEN r = (\($0) * n + 99) / 100 THEN value END) AS p\($0)"
    }.joined(separator: ", ")
    let query = """
      WITH ranked AS (
        SELECT \(group) AS g, value, ROW_NUMBER() OVER (PARTITION BY \(group) ORDER BY value) AS r,
          COUNT(*) OVER (PARTITION BY \(group)) AS n, AVG(value) OVER (PARTITION BY \(group)) AS m
        FROM v WHERE metric = '\(metric)')
      SELECT g, max(n), min(value), p25, median, p75, p95, p99, max(value), max(m), q, s FROM (
        SELECT g, n, m, value, \(nearest),
          avg(CASE WHEN r IN ((n + 1) / 2, (n + 2) / 2) THEN value END) AS median,
          sum((value - m) * (value - m)) AS q, sum(value) AS s
        FROM ranked GROUP BY g) GROUP BY g ORDER BY g;
      """
    // The inner query has lost the single values: least and most come from the table itself.
    let simple = query.replacing(
      "min(value)",
      with: "(SELECT min(v.value) FROM v WHERE \(group) = g "
        + "AND metric = '\(metric)')"
    ).replacing(
      "max(value)",
      with: "(SELECT max(v.value) FROM v WHERE \(group) = g AND metric = '\(metric)')")
    let result = try Subprocess.run(
      "/usr/bin/env", ["sqlite3", "-batch", "-separator", "|", ":memory:"],
      in: FileManager.default.temporaryDirectory,
      input: "CREATE TABLE v(benchmark, agent, metric, value REAL, day, month);\nBEGIN;\n"
        + inserts + "COMMIT;\n" + simple + "\n")
    try #require(result.status == 0, "\(result.err)")
    return result.out.split(separator: "\n").map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static let isInstalled = Subprocess.succeeds("command -v sqlite3")
}

@Suite(
  "The figures of perf-log are those that SQLite computes of the same numbers",
  .enabled(if: DrawnRows.isInstalled, "there is no sqlite3 (Debian: sqlite3)"))
struct LogStatisticsTests {
  private static let since = ["--since", "2026-01-01"]

  /// Compares rows of `stats` with those of SQL.
  private func compare(
    _ drawn: DrawnRows, _ project: LogProject, by grouping: String, column: String, metric: String
  ) throws {
    let wanted = try drawn.figures(by: column, metric: metric)
    let answer = try project.json(
      ["stats", "--by", grouping, "--metric", metric] + Self.since)
    let rows = try #require(answer["rows"] as? [[String: Any]])
    func name(_ row: [String: Any]) -> String {
      row["when"] as? String ?? (row["group"] as? [String: Any])?[grouping] as? String ?? "?"
    }
    let sorted = rows.sorted { name($0) < name($1) }
    #expect(sorted.map(name) == wanted.map { $0[0] }, "\(grouping), \(metric)")
    for (row, wanted) in zip(sorted, wanted) {
      let figures = ["n", "min", "p25", "median", "p75", "p95", "p99", "max", "mean"]
      for (figure, text) in zip(figures, wanted.dropFirst()) {
        let value = try #require(row[figure] as? Double, "\(figure) of \(name(row))")
        let other = try #require(Double(text))
        #expect(
          (value - other).magnitude <= 1e-12 * max(1, other.magnitude),
          "\(figure) of \(name(row)), \(metric): \(value) and \(other)")
      }
      let (n, squares) = (try #require(Double(wanted[1])), try #require(Double(wanted[10])))
      if n > 1 {
        let deviation = try #require(row["sd"] as? Double)
        #expect(
          (deviation - (squares / (n - 1)).squareRoot()).magnitude <= 1e-9 * max(1, deviation))
      } else {
        #expect(row["sd"] is NSNull)
      }
      #expect(row["sum"] as? Double == Double(wanted[11]))
    }
  }

  @Test("stats, by labels, benchmarks and months", arguments: 0..<10)
  func stats(seed: Int) throws {
    let drawn = DrawnRows(seed: seed)
    let project = try LogProject()
    try project.store(drawn.runs)
    for metric in ["cost", "success"] {
      try compare(drawn, project, by: "label:agent", column: "agent", metric: metric)
      try compare(drawn, project, by: "benchmark", column: "benchmark", metric: metric)
    }
    // Times of a benchmark's variants are not joined, whatever the label says.
    let joined = project.log(
      ["stats", "--by", "benchmark", "--metric", "wall_time"] + Self.since)
    #expect(joined.status == 2)
    #expect(joined.err.contains("keep them apart with `--by label:agent`"), "\(joined.err)")
  }

  @Test(
    "rank, of outcomes by their rate with Wilson's interval, of others by the median",
    arguments: 20..<30)
  func rank(seed: Int) throws {
    let drawn = DrawnRows(seed: seed)
    let project = try LogProject()
    try project.store(drawn.runs)
    for (metric, isBetterHigher) in [("cost", false), ("success", true)] {
      let figures = try drawn.figures(by: "agent", metric: metric)
      let answer = try project.json(
        ["rank", "--by", "label:agent", "--metric", metric] + Self.since)
      let rows = try #require(answer["rows"] as? [[String: Any]])
      #expect(rows.count == figures.count)
      let values = rows.compactMap { $0["value"] as? Double }
      #expect(values == (isBetterHigher ? values.sorted(by: >) : values.sorted()))
      for row in rows {
        let agent = (row["group"] as? [String: Any])?["label:agent"] as? String
        let wanted = try #require(figures.first { $0[0] == agent })
        let (n, median, mean) = (
          try #require(Double(wanted[1])), try #require(Double(wanted[4])),
          try #require(Double(wanted[9]))
        )
        #expect(row["n"] as? Double == n)
        let value = try #require(row["value"] as? Double)
        #expect((value - (isBetterHigher ? mean : median)).magnitude < 1e-12)
        guard isBetterHigher else { continue }
        let z = 1.959_963_984_540_054
        let middle = (mean + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z / (1 + z * z / n) * (mean * (1 - mean) / n + z * z / (4 * n * n)).squareRoot()
        let interval = try #require(row["interval"] as? [Double])
        #expect((interval[0] - (middle - reach)).magnitude < 1e-9)
        #expect((interval[1] - (middle + reach)).magnitude < 1e-9)
      }
    }
  }

  @Test(
    "a trend over months has the medians, rates and sums of the runs in them", arguments: 40..<48)
  func months(seed: Int) throws {
    let drawn = DrawnRows(seed: seed)
    let project = try LogProject()
    try project.store(drawn.runs)
    for metric in ["cost", "success"] {
      let figures = try drawn.figures(by: "month", metric: metric)
      let rows = try project.rows(
        "trend", "*", "--by", "month", "--by", "metric", "--metric", metric)
      let points = try #require(rows.first?["points"] as? [[String: Any]])
      for point in points {
        let name = try #require(point["period"] as? String)
        guard let wanted = figures.first(where: { $0[0] == name }) else {
          #expect(point["n"] as? Int == 0 && point["median"] is NSNull)
          continue
        }
        let value = try #require(point["median"] as? Double)
        let figure = try #require(Double(wanted[metric == "cost" ? 11 : 9]))
        #expect((value - figure).magnitude < 1e-12, "\(name), \(metric)")
        #expect(point["n"] as? Double == Double(wanted[1]))
      }
      #expect(
        Set(points.compactMap { $0["period"] as? String }).isSuperset(of: figures.map { $0[0] }))
    }
  }
}
