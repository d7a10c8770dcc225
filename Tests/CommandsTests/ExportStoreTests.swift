import Foundation
import Measurements
import TestSupport
import Testing

@Suite("perf-log export --to sends every number once, and finds it there")
struct ExportStoreTests {
  /// Names `ops` in git's configuration.
  private func configure(_ history: ExportHistory, _ settings: [String: String]) throws {
    for (key, value) in settings {
      try history.project.repository.git("config", "export.ops.\(key)", value)
    }
  }

  /// One run more than the hostile ones.
  private static let more =
    ExportHistory.hostileEntries + [
      .init(
        time: "2026-01-03T00:00:00Z", values: ["parse/large": [1000]], labels: ["size": "1 \"MB\""])
    ]

  /// Sends, sends again, sends one run more, and after a crash of the server all once more.
  ///
  /// - Parameters:
  ///   - crashes: False for a server that loses its last seconds in a crash.
  ///   - counted: The numbers that the server has, and the sum of their medians.
  private func check(
    _ server: RealServer, _ history: ExportHistory, environment: [String: String] = [:],
    crashes: Bool = true, counted: () throws -> ExportTotals
  ) throws {
    func send() throws -> Subprocess {
      try history.export("--to", "ops", environment: environment)
    }
    let first = try send()
    #expect(first.status == 0, "\(first.err)")
    #expect(first.out == "sent to 'ops': 60 numbers of 3 runs\n")
    let totals = try history.rows().totals
    #expect(try counted() == totals)
    #expect(try send().out == "nothing new for 'ops'\n")

    // What is new is sent while the server is gone, and later.
    try history.store(Self.more)
    let before = try history.project.repository.git("rev-parse", "refs/perf/exported/ops")
    if crashes { server.kill() } else { server.stop() }
    let failed = try send()
    #expect(failed.status == 5, "\(failed.err)")
    #expect(failed.err.contains("nothing is lost"))
    #expect(try history.project.repository.git("rev-parse", "refs/perf/exported/ops") == before)
    try server.start()
    let second = try send()
    #expect(second.status == 0, "\(second.err)")
    #expect(second.out == "sent to 'ops': 1 number of 1 run\n")
    let more = try history.rows().totals
    #expect(more.rows == totals.rows + 1)
    #expect(try counted() == more)

    // Whoever forgets what was sent doubles nothing.
    try history.project.repository.git("update-ref", "-d", "refs/perf/exported/ops")
    #expect(try send().out == "sent to 'ops': 61 numbers of 4 runs\n")
    #expect(try counted() == more)
  }

  @Test(
    "VictoriaMetrics",
    .enabled(if: RealServer.has("victoria-metrics"), "Debian: victoria-metrics"))
  func victoriaMetrics() throws {
    let (history, server) = (try ExportHistory.hostile(), try RealServer.victoriaMetrics())
    try configure(history, ["kind": "influx", "url": "http://127.0.0.1:\(server.port)"])
    try check(server, history, crashes: false) {
      _ = try server.ask("/internal/force_flush")
      let text = try server.ask("/api/v1/export", ["match[]=perf_median"])
      var (count, names, sum) = (0, Set<String>(), 0.0)
      for line in text.split(separator: "\n") {
        var reader = JSONReader(Array(line.utf8))
        let series = try reader.value()
        guard case .array(let values)? = series.member("values") else { continue }
        count += values.count
        sum += values.reduce(0) { $0 + ($1.asNumber ?? 0) }
        names.insert(series.member("metric")?.member("benchmark")?.asText ?? "")
      }
      return ExportTotals(rows: count, benchmarks: names.count, sum: sum)
    }
    #expect(
      try server.ask("/api/v1/label/__name__/values").contains(
        #""data":["perf_max","perf_median","perf_min","perf_rounds"]"#))
  }

  @Test("InfluxDB", .enabled(if: RealServer.has("influxd"), "Debian: influxdb"))
  func influxDB() throws {
    let (history, server) = (try ExportHistory.hostile(), try RealServer.influxDB())
    try configure(history, ["kind": "influx", "url": "http://127.0.0.1:\(server.port)/"])
    try check(server, history) {
      let text = try server.ask(
        "/query", ["db=perf", "q=SELECT median, run FROM perf GROUP BY benchmark"])
      var (count, names, sum) = (0, Set<String>(), 0.0)
      var reader = JSONReader(Array(text.utf8))
      guard case .array(let results)? = try reader.value().member("results"),
        case .array(let all)? = results.first?.member("series")
      else { return ExportTotals(rows: 0, benchmarks: 0, sum: 0) }
      for series in all {
        names.insert(series.member("tags")?.member("benchmark")?.asText ?? "")
        guard case .array(let rows)? = series.member("values") else { continue }
        for case .array(let row) in rows where row.count == 3 && row[2].asText?.count == 40 {
          count += 1
          sum += row[1].asNumber ?? 0
        }
      }
      return ExportTotals(rows: count, benchmarks: names.count, sum: sum)
    }
    try configure(history, ["database": "none"])
    let missing = try history.export("--to", "ops")
    #expect(missing.status == 5)
    #expect(missing.err.contains("has no database 'none'"), "\(missing.err)")
  }

  private func psql(
    _ server: RealServer, _ arguments: [String], input: String = ""
  ) throws -> Subprocess {
    try Subprocess.run(
      "/usr/bin/env",
      [
        "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
        "postgresql://postgres@127.0.0.1:\(server.port)/postgres",
      ] + arguments, in: server.folder.url,
      environment: Subprocess.cleanEnvironment.merging(["PGPASSWORD": "geheim"]) { $1 },
      input: input)
  }

  @Test(
    "PostgreSQL", .enabled(if: RealServer.postgreSQLFolder != nil, "Debian: postgresql-15"))
  func postgreSQL() throws {
    let (history, server) = (try ExportHistory.hostile(), try RealServer.postgreSQL())
    try configure(
      history,
      [
        "kind": "postgresql", "url": "postgresql://127.0.0.1:\(server.port)/postgres",
        "user": "postgres", "tokenVariable": "OPS_SECRET",
      ])
    try check(server, history, environment: ["OPS_SECRET": "geheim"]) {
      let result = try psql(server, ["-c", ExportTotals.query])
      return try #require(ExportTotals(result.out), "\(result.err)")
    }
    // A summary that pruning has left does not replace what it was made of.
    let wrong = try history.export("--to", "ops", environment: ["OPS_SECRET": "falsch"])
    #expect(wrong.status == 0, "nothing is new, so that nobody is asked")
    try history.project.repository.git("update-ref", "-d", "refs/perf/exported/ops")
    let refused = try history.export("--to", "ops", environment: ["OPS_SECRET": "falsch"])
    #expect(refused.status == 5)
    #expect(!refused.err.contains("falsch"))
    #expect(try history.export("--to", "ops").err.contains("there is nothing in OPS_SECRET"))
  }

  @Test(
    "the file of `export sql` and the data of --copy load into PostgreSQL",
    .enabled(if: RealServer.postgreSQLFolder != nil, "Debian: postgresql-15"))
  func postgreSQLFiles() throws {
    let (history, server) = (try ExportHistory.hostile(), try RealServer.postgreSQL())
    let totals = try history.rows().totals
    for _ in 0..<2 {
      let loaded = try psql(server, ["-f", "-"], input: try history.export("sql").out)
      #expect(loaded.status == 0, "\(loaded.err)")
    }
    #expect(ExportTotals(try psql(server, ["-c", ExportTotals.query]).out) == totals)
    #expect(try psql(server, ["-c", "DELETE FROM perf"]).status == 0)
    let data = try history.export("sql", "--copy")
    let loaded = try psql(server, ["-c", "COPY perf FROM STDIN"], input: data.out)
    #expect(loaded.status == 0, "\(loaded.err)")
    #expect(ExportTotals(try psql(server, ["-c", ExportTotals.query]).out) == totals)
    let names = try psql(
      server, ["-c", "SELECT count(*) FROM perf WHERE benchmark LIKE E'\\\\\\\\.\\n%'"])
    #expect(names.out == "3\n")
  }

  @Test(
    "data and statements in one stream execute a benchmark's name: why --copy writes data alone",
    .enabled(if: RealServer.postgreSQLFolder != nil, "Debian: postgresql-15"))
  func oneStream() throws {
    let server = try RealServer.postgreSQL()
    #expect(
      try psql(server, ["-c", "CREATE TABLE t(name text); CREATE TABLE victim(a int)"]).status == 0)
    // A name that somebody forgot to quote ends the data, and what follows is a statement.
    let name = "\\.\nDROP TABLE victim;\n"
    _ = try psql(server, ["-f", "-"], input: "COPY t FROM STDIN;\n\(name)")
    #expect(try psql(server, ["-c", "SELECT to_regclass('victim') IS NULL"]).out == "t\n")
    // Alone on standard input it is no statement, whatever it says.
    #expect(try psql(server, ["-c", "CREATE TABLE victim(a int)"]).status == 0)
    _ = try psql(server, ["-c", "COPY t FROM STDIN"], input: name)
    #expect(try psql(server, ["-c", "SELECT to_regclass('victim') IS NULL"]).out == "f\n")
  }

  @Test(
    "promtool makes blocks of the file, with every point",
    .enabled(if: RealServer.has("promtool"), "Debian: prometheus"))
  func promtool() throws {
    let history = try ExportHistory.hostile()
    // Milliseconds that Prometheus would cut off by the rounding of doubles.
    try history.store(
      ExportHistory.hostileEntries
        + (0..<200).map {
          .init(time: "2026-01-05T00:00:01Z", values: ["parse/large": [Double($0 + 1)]])
        })
    try configure(history, ["kind": "openmetrics", "file": "perf.om"])
    let result = try history.export("--to", "ops")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("nothing was sent"))
    let made = try Subprocess.run(
      "/usr/bin/env", ["promtool", "tsdb", "create-blocks-from", "openmetrics", "perf.om", "data"],
      in: history.project.repository.url)
    #expect(made.status == 0, "\(made.err)\(made.out)")
    // `dump` wants the folder of what is not in blocks yet.
    try history.project.repository.directory.write("data/wal/00000000", "")
    let dumped = try Subprocess.run(
      "/usr/bin/env", ["promtool", "tsdb", "dump", "data"], in: history.project.repository.url)
    let medians = dumped.out.split(separator: "\n").filter {
      $0.contains("__name__=\"perf_median\"")
    }
    let totals = try history.rows().totals
    #expect(medians.count == totals.rows, "\(dumped.err)")
    #expect(Set(medians).count == totals.rows)
  }
}

@Suite(
  "a store on its bad days",
  .enabled(if: MetricsServer.isInstalled, "python3 is not installed"))
struct ExportRefusalTests {
  private func history(_ server: MetricsServer) throws -> ExportHistory {
    let history = try ExportHistory()
    try history.store([
      .init(
        time: "2026-01-01T00:00:00Z",
        values: Dictionary(uniqueKeysWithValues: (0..<300).map { ("b\($0)", [Double($0)]) }))
    ])
    try history.project.repository.git("config", "export.ops.kind", "influx")
    try history.project.repository.git("config", "export.ops.url", server.url)
    try history.project.repository.git("config", "export.ops.tokenVariable", "OPS_SECRET")
    return history
  }

  private func send(_ history: ExportHistory) throws -> Subprocess {
    try history.export("--to", "ops", environment: ["OPS_SECRET": "s3cret"])
  }

  struct Case: CustomTestStringConvertible {
    let mode: String
    let words: String
    var testDescription: String { mode }
  }

  @Test(
    "what it refuses is told, with status 5, and sent again later",
    arguments: [
      Case(mode: "400", words: "does not take the numbers (status 400)"),
      Case(mode: "401", words: "refuses the secret in OPS_SECRET"),
      Case(mode: "500", words: "too busy, or out of order (status 500)"),
      Case(mode: "\"forever\"", words: "too busy, or out of order (status 429)"),
      Case(mode: "\"nothing\"", words: "cannot reach the store 'ops'"),
      Case(mode: "\"redirect\"", words: "is elsewhere now"),
    ])
  func refusal(_ one: Case) throws {
    let server = try MetricsServer(one.mode)
    let history = try history(server)
    let result = try send(history)
    #expect(result.status == 5)
    #expect(result.out == "")
    #expect(result.err.contains(one.words), "\(result.err)")
    #expect(!result.err.contains("s3cret"))
    #expect(try server.log().contains("s3cret"))
    #expect(try history.project.repository.git("for-each-ref", "refs/perf") == "")
  }

  @Test("a store that is busy for a while gets the numbers then")
  func busy() throws {
    let server = try MetricsServer("\"busy\"")
    let result = try send(try history(server))
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out == "sent to 'ops': 300 numbers of 1 run\n")
    #expect(result.err.contains("trying again"))
  }

  @Test("a batch of thousands of numbers is sent and read back")
  func thousands() throws {
    let server = try MetricsServer("\"keep\"")
    let history = try history(server)
    let names = (0..<20).map { "benchmark/with/a/name/of/some/length/\($0)" }
    try history.store(
      (0..<300).map { day in
        .init(
          time: "2026-0\(1 + day / 60)-0\(1 + day / 10 % 6)T0\(day % 10):00:00Z",
          values: Dictionary(uniqueKeysWithValues: names.map { ($0, [Double(day + 1)]) }))
      })
    let result = try send(history)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out == "sent to 'ops': 6000 numbers of 300 runs\n")
  }

  @Test("a store that answers 204 to what it dropped has not got it")
  func dropped() throws {
    let server = try MetricsServer("\"drop\"")
    let history = try history(server)
    let result = try send(history)
    #expect(result.status == 5)
    #expect(
      result.err.contains("took the numbers, but of 200 200 cannot be read there"), "\(result.err)")
    #expect(try history.project.repository.git("for-each-ref", "refs/perf") == "")
  }

  @Test("a store that dies midway loses nothing: the next export sends all")
  func deathMidway() throws {
    let server = try MetricsServer("\"die\"")
    let history = try history(server)
    let failed = try send(history)
    #expect(failed.status == 5, "\(failed.err)")
    #expect(failed.err.contains("nothing is lost"))
    let next = try server.successor()
    let result = try send(history)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out == "sent to 'ops': 300 numbers of 1 run\n")
    _ = next
  }

  @Test("an address with a password, without encryption or of another kind is refused")
  func addresses() throws {
    let server = try MetricsServer("\"keep\"")
    let history = try history(server)
    for (url, words) in [
      ("http://user:geheim@127.0.0.1:1", "has a password in it"),
      ("http://metrics.example.org", "is not encrypted"),
      ("file:///etc/passwd", "is none"), ("http://127.0.0.1:1/x?y", "is none"),
    ] {
      try history.project.repository.git("config", "export.ops.url", url)
      let result = try send(history)
      #expect(result.status == 2)
      #expect(result.err.contains(words), "\(result.err)")
      #expect(!result.err.contains("geheim"))
    }
  }
}
