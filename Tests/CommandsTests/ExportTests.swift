import Foundation
import Measurements
import TestSupport
import Testing

@Suite("perf-log export writes every number in every format")
struct ExportTests {
  @Test("the envelope has the rows of ndjson, and the schema describes both")
  func envelope() throws {
    let history = try ExportHistory.hostile()
    let rows = try history.rows()
    #expect(rows.count == 60)
    #expect(
      Set(rows.compactMap { $0.member("benchmark")?.asText }) == Set(ExportHistory.hostileNames))
    let result = try history.export("json")
    #expect(result.status == 0)
    #expect(result.err == "")
    var reader = JSONReader(Array(result.out.utf8))
    let document = try reader.value()
    #expect(document.member("rows") == .array(rows))
    #expect(document.member("complete") == .bool(true))
    if JSONSchema.isInstalled {
      #expect(try JSONSchema("export").diagnostics(about: result.out) == [])
      let rounds = try history.export("json", "--rounds").out
      #expect(try JSONSchema("export").diagnostics(about: rounds) == [])
    }
  }

  @Test("rows stand in the order of names, then of runs")
  func order() throws {
    let history = try ExportHistory()
    try history.store([
      .init(time: "2026-01-02T00:00:00Z", values: ["b": [1], "a": [2]]),
      .init(time: "2026-01-01T00:00:00Z", values: ["b": [3], "a": [4]]),
    ])
    #expect(try history.rows().map { $0.member("median")?.asNumber } == [4, 2, 3, 1])
  }

  @Test("csv is read by others with the names as they are, but for null bytes")
  func csv() throws {
    let history = try ExportHistory.hostile()
    let result = try history.export("csv")
    #expect(result.status == 0)
    #expect(result.err == "percent-encoded: 2 names that csv cannot carry\n")
    let script = """
      import csv, sys, io
      rows = list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode(), newline="")))
      print(len(rows), len({row["benchmark"] for row in rows}), sum(float(row["median"]) for row in rows))
      print("it's" in {row["benchmark"] for row in rows}, "null%00byte" in {row["benchmark"] for row in rows})
      """
    let read = try Python.run(script, input: result.out)
    let lines = read.out.split(separator: "\n").map(String.init)
    #expect(ExportTotals(lines.first ?? "") == (try history.rows()).totals, "\(read.err)")
    #expect(lines.last == "True True")
  }

  @Test(
    "sqlite takes the statements twice, and no name is one",
    .enabled(if: Subprocess.succeeds("command -v sqlite3"), "sqlite3 is not installed"))
  func sqlite() throws {
    let history = try ExportHistory.hostile()
    try load(history, "sqlite3 \"$1/a.db\" <\"$1/a.sql\"", "sqlite3 \"$1/a.db\" \"$2\"")
  }

  @Test(
    "duckdb takes the statements twice, and no name is one",
    .enabled(
      if: Subprocess.succeeds("command -v duckdb"),
      "duckdb is in no package of Debian; PyPI has it as duckdb-cli"))
  func duckdb() throws {
    let history = try ExportHistory.hostile()
    try load(
      history, "duckdb \"$1/a.db\" <\"$1/a.sql\"", "duckdb -noheader -csv \"$1/a.db\" \"$2\"")
  }

  /// Loads the same statements twice, and compares the totals.
  private func load(_ history: ExportHistory, _ script: String, _ query: String) throws {
    let scratch = try ScratchDirectory()
    let file = scratch.url.appending(path: "a.sql").path(percentEncoded: false)
    let result = try history.export("sql", "--output", file)
    #expect(result.status == 0, "\(result.err)")
    for _ in 0..<2 {
      let loaded = try Subprocess.run(
        "/bin/sh", ["-c", script, "sh", scratch.path], in: scratch.url)
      #expect(loaded.status == 0, "\(loaded.err)")
    }
    let totals = try Subprocess.run(
      "/bin/sh", ["-c", query, "sh", scratch.path, ExportTotals.query], in: scratch.url)
    #expect(ExportTotals(totals.out) == (try history.rows()).totals, "\(totals.out)\(totals.err)")
  }

  @Test(
    "openmetrics is read by Prometheus' own parser",
    .enabled(
      if: Python.has("prometheus_client.openmetrics"),
      Comment(
        rawValue: Python.absence(
          of: "prometheus_client.openmetrics", package: "python3-prometheus-client"))))
  func openMetrics() throws {
    // This parser does not compare times with and without a fraction.
    let history = try ExportHistory()
    try history.store(Array(ExportHistory.hostileEntries.dropFirst()))
    let result = try history.export("openmetrics")
    let script = """
      import sys
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
      text = sys.stdin.buffer.read().decode()
      for family in parse(text):
          print(family.name, len(family.samples), len({sample.labels["benchmark"] for sample in family.samples}))
      """
    let read = try Python.run(script, input: result.out)
    #expect(
      read.out
        == ["median", "min", "max", "rounds"].map { "perf_\($0) 40 20\n" }.joined(), "\(read.err)")
  }

  @Test("a file whose name ends in .gz is packed, and appears when it is whole")
  func packed() throws {
    let history = try ExportHistory.hostile()
    let plain = try history.export("ndjson").out
    #expect(
      try history.export("ndjson", "--output", "a.ndjson.gz").err == "60 rows in a.ndjson.gz\n")
    let unpacked = try Subprocess.run(
      "/bin/sh", ["-c", "gzip -dc a.ndjson.gz"], in: history.project.repository.url)
    #expect(unpacked.out == plain)
    try history.project.repository.directory.write("old", "old")
    #expect(try history.export("openmetrics", "--output", "old", "--where", "p95 > 1").status == 2)
    #expect(try history.project.repository.directory.read("old") == "old")
    let names = try FileManager.default.contentsOfDirectory(atPath: history.path)
    #expect(names.filter { $0.hasSuffix(".part") } == [])
    #expect(try history.export("csv", "--output", "none/a.csv").status == 5)
  }

  @Test("--rounds has a row for each round")
  func rounds() throws {
    let history = try ExportHistory()
    try history.store([.init(time: "2026-01-01T00:00:00Z", values: ["a": [3, 1, 2]])])
    let rows = try history.rows("--rounds")
    #expect(rows.map { $0.member("value")?.asNumber } == [3, 1, 2])
    #expect(rows.map { $0.member("round")?.asNumber } == [1, 2, 3])
    let lines = try history.export("openmetrics", "--rounds").out.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("perf_value{") }.count == 3)
    #expect(lines.contains { $0.contains(",round=\"3\"} 2 1767225600") })
  }

  @Test("what pruning thinned has no extent")
  func thinned() throws {
    let history = try ExportHistory()
    try history.store([
      .init(time: "2026-01-01T00:00:00Z", values: ["a": [3]], isSummary: true)
    ])
    let row = try #require(try history.rows().first)
    #expect(row.member("min") == .null)
    #expect(row.member("max") == .null)
    #expect(row.member("summarized") == .bool(true))
    #expect(try history.export("csv").out.hasSuffix(",1,3,,,true\n"))
    #expect(try history.export("influx").out.contains(" median=3,rounds=1i,"))
    #expect(!(try history.export("openmetrics").out.contains("perf_min{")))
    #expect(try history.export("sql").out.contains(",1,3,NULL,NULL,TRUE)"))
  }

  @Test("two labels of one name are refused with both, status 2")
  func collisions() throws {
    let history = try ExportHistory()
    try history.store([
      .init(
        time: "2026-01-01T00:00:00Z", values: ["a": [1]], labels: ["a b": "1", "a_b": "2"])
    ])
    for format in ["openmetrics", "influx"] {
      let result = try history.export(format)
      #expect(result.status == 2)
      #expect(result.out == "")
      #expect(result.err.contains("'a b' and 'a_b' would both be 'a_b'"), "\(result.err)")
    }
    #expect(try history.export("csv").status == 0)
    try history.store([
      .init(time: "2026-01-01T00:00:00Z", values: ["a": [1]], labels: ["suite": "1"])
    ])
    let result = try history.export("influx")
    #expect(result.status == 2)
    #expect(result.err.contains("'suite'"))
  }

  @Test("rows of the same labels and second have times of their own")
  func times() throws {
    let history = try ExportHistory()
    try history.store(
      (0..<12).map { .init(time: "2026-01-01T00:00:00Z", values: ["a": [Double($0)]]) })
    let times = try history.export("influx").out.split(separator: "\n").map { line in
      String(line.split(separator: " ").last ?? "")
    }
    #expect(times == (0..<12).map { "\(1_767_225_600_000 + $0)000000" })
  }

  @Test("a point of the future or without a time is left out, and told")
  func withoutTime() throws {
    let history = try ExportHistory()
    try history.store([
      .init(time: "2099-01-01T00:00:00Z", values: ["a": [1]]),
      .init(time: "2026-01-01T00:00:00Z", values: ["a": [2]]),
    ])
    let result = try history.export("influx")
    #expect(result.out.split(separator: "\n").count == 1)
    #expect(result.err == "left out: 1 run without a time that influx can have\n")
    #expect(try history.rows().count == 2)
  }

  @Test("conditions and filters choose rows")
  func conditions() throws {
    let history = try ExportHistory()
    try history.store([
      .init(time: "2026-01-01T00:00:00Z", values: ["a": [1, 5, 9], "b": [7]]),
      .init(time: "2026-01-02T00:00:00Z", values: ["a": [2, 6, 10]]),
    ])
    func medians(_ arguments: String...) throws -> [Double?] {
      let result = try history.project.run("perf-log", ["export", "ndjson"] + arguments)
      #expect(result.status == 0, "\(result.err)")
      return try result.out.split(separator: "\n").map { line in
        var reader = JSONReader(Array(line.utf8))
        return try reader.value().member("median")?.asNumber
      }
    }
    #expect(try medians("--where", "min < 2") == [5])
    #expect(try medians("--where", "max >= 10ns and n = 3") == [6])
    #expect(try medians("--where", "median > 5") == [6, 7])
    #expect(try medians("--where", "age > 24h", "-n", "1") == [6])
    #expect(try medians("--skip", "1") == [5, 7])
    #expect(try medians("--until", "2026-01-02", "--", "b") == [7])
    #expect(try medians("--where", "median > 100") == [])
    #expect(try history.export("json", "--where", "median > 3MB").status == 2)
  }

  struct Mistake: CustomTestStringConvertible {
    let arguments: [String]
    let words: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "mistakes are told",
    arguments: [
      Mistake(arguments: [], words: "export needs a format"),
      Mistake(arguments: ["jason"], words: "did you mean 'json'"),
      Mistake(arguments: ["json", "--copy"], words: "--copy is a form of sql"),
      Mistake(arguments: ["json", "--report", "csv"], words: "--report does not go with export"),
      Mistake(arguments: ["csv", "--by", "day"], words: "--by does not go with export"),
      Mistake(arguments: ["csv", "--where", "p95 > 3"], words: "no 'p95'"),
      Mistake(arguments: ["csv", "--", "parze/large"], words: "parse/large"),
      Mistake(arguments: ["--to", "ops", "--output", "x"], words: "--output besides --to"),
      Mistake(arguments: ["--to", "ops"], words: "no `[export \"ops\"]`"),
    ])
  func mistakes(_ mistake: Mistake) throws {
    let history = try ExportHistory()
    try history.store([.init(time: "2026-01-01T00:00:00Z", values: ["parse/large": [1]])])
    let result = try history.project.run("perf-log", ["export"] + mistake.arguments)
    #expect(result.status == 2)
    #expect(result.out == "")
    #expect(result.err.contains(mistake.words), "\(result.err)")
    #expect(try history.project.run("perf-log", "runs", "--rounds").status == 2)
  }

  @Test("the schema for PostgreSQL is that of the statements")
  func schema() throws {
    let history = try ExportHistory()
    try history.store([.init(time: "2026-01-01T00:00:00Z", values: ["a": [1]])])
    let file = Programs.packageRoot.appending(path: "ci/metrics/schema.sql")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    for options in [[], ["--rounds"]] {
      let sql = try history.project.run("perf-log", ["export", "sql"] + options).out
      let statement = try #require(sql.firstMatch(of: #/CREATE[^;]*;\n/#)).output
      #expect(text.contains(statement))
    }
  }

  @Test("a file of the tree never says where numbers go")
  func treeFile() throws {
    let history = try ExportHistory()
    try history.project.repository.commit(
      "rules", file: ".perfconfig",
      text: "[gate]\n\tbase = main\n[export \"ops\"]\n\turl = http://127.0.0.1:1\n")
    for program in [["perf-log", "export", "--to", "ops"], ["perf-gate"]] {
      let result = try history.project.run(program[0], Array(program.dropFirst()))
      #expect(result.status == 2)
      #expect(result.err.contains("'export.ops.url' stands in .perfconfig:4"), "\(result.err)")
    }
  }
}
