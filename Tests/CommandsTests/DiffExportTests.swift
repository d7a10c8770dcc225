import Formats
import Foundation
import Measurements
import TestSupport
import Testing

@Suite("A comparison is written for other programs")
struct DiffExportTests {
  let project: Project

  init() throws { project = try Project() }

  /// A file of this project's own, with one run.
  private func write(_ file: String, _ series: [Entry]) throws {
    let entries = series.map { entry -> [String: Any] in
      [
        "benchmark": entry.benchmark, "labels": entry.labels, "metric": entry.metric,
        "unit": entry.unit, "better": entry.better, "exact": entry.isExact,
        "rounds": entry.rounds,
      ]
    }
    let run: [String: Any] = ["version": 1, "suite": "default", "tool": "test", "series": entries]
    let data = try JSONSerialization.data(withJSONObject: run)
    try project.repository.directory.write(file, String(decoding: data, as: UTF8.self))
  }

  private struct Entry {
    var benchmark = "parse/large"
    var labels: [String: String] = [:]
    var metric = "wall_time"
    var unit = "ns"
    var better = "lower"
    var isExact = false
    let rounds: [[Double]]
  }

  /// What Go's format makes of the export.
  private func exported() throws -> (reading: ParsedResults, text: String) {
    let result = try project.run("perf-diff", "old.json", "new.json", "--report", "go=out.txt")
    try #require(result.status == 0, "\(result.err)")
    let text = try project.repository.directory.read("out.txt")
    let input = Input(name: "out.txt", text: text)
    try #require(try Format.detect(input).name == "go")
    return (try Format.go.read(input), text)
  }

  private func rounds(_ reading: ParsedResults, _ benchmark: String, _ metric: String)
    -> [[Double]]?
  {
    reading.series.first { "\($0.benchmark)" == benchmark && $0.metric.name == metric }?
      .rounds.map(\.samples)
  }

  @Test("Go's format has every round of both sides, and they are read back as they were")
  func roundTrip() throws {
    let times = [[1_234_567.5, 2e-7], [3, 4], [1e300]]
    try write(
      "old.json", [Entry(rounds: times), Entry(metric: "max_rss", unit: "B", rounds: [[7]])])
    try write(
      "new.json",
      [
        Entry(rounds: [[5]]),
        Entry(metric: "allocated_bytes", unit: "B", rounds: [[64]]),
        Entry(metric: "allocations", unit: "1", isExact: true, rounds: [[3]]),
        Entry(metric: "score", unit: "1", better: "higher", rounds: [[-0.5]]),
        Entry(metric: "operations", unit: "1/s", better: "higher", rounds: [[9]]),
      ])
    let (reading, text) = try exported()
    #expect(rounds(reading, "Parse/large side=base", "wall_time") == times)
    #expect(rounds(reading, "Parse/large side=base", "max_rss-B") == [[7]])
    let head = "Parse/large side=head"
    #expect(rounds(reading, head, "wall_time") == [[5]])
    #expect(rounds(reading, head, "allocated_bytes") == [[64]])
    #expect(rounds(reading, head, "allocations") == [[3]])
    #expect(rounds(reading, head, "score") == [[-0.5]])
    #expect(rounds(reading, head, "operations/s") == [[9]])
    #expect(
      reading.series.filter { $0.metric.better == .higher }.map(\.metric.name)
        == ["score", "operations/s"])
    #expect(reading.series.filter(\.metric.exact).map(\.metric.name) == ["allocations"])
    #expect(
      text.split(separator: "\n").suffix(3) == [
        "side: head",
        "BenchmarkParse/large 1 5 ns/op 64 B/op 3 allocs/op -0.5 score 9 operations/s", "PASS",
      ])
  }

  @Test("labels and names are safe there, and no two of them meet")
  func names() throws {
    let entries = [
      Entry(benchmark: "sort a b", labels: ["file": "x/y z"], rounds: [[1]]),
      Entry(benchmark: "sort a_b", labels: ["file": "x_y_z"], rounds: [[2]]),
      Entry(benchmark: "model-4", rounds: [[3]]),
      Entry(benchmark: "New", labels: ["gomaxprocs": "8", "size": "1K"], rounds: [[4]]),
    ]
    try write("old.json", entries)
    try write("new.json", entries)
    let (reading, text) = try exported()
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("Benchmark") }
    let names = Set(lines.map { $0.dropFirst("Benchmark".count).prefix { $0 != " " } })
    #expect(
      names == [
        "Sort_a_b/file=x_y_z", "Sort_a_b/file=x_y_z#01", "Model_4", "New/size=1K-8",
      ])
    #expect(rounds(reading, "New gomaxprocs=8 side=base size=1K", "wall_time") == [[4]])
    #expect(reading.series.count == 8)
  }

  @Test("what Go's tools wrote comes out as it went in")
  func goAgain() throws {
    let text = "BenchmarkNew/size=1K-8 1 100 ns/op 3 widgets\nPASS\n"
    try project.repository.directory.write("old.json", text)
    try project.repository.directory.write("new.json", text)
    let lines = try exported().text.split(separator: "\n").filter { $0.hasPrefix("Benchmark") }
    #expect(lines == Array(repeating: "BenchmarkNew/size=1K-8 1 100 ns/op 3 widgets", count: 2))
  }

  @Test("CSV has a row for each series, quoted where it must be")
  func csv() throws {
    let labels = ["file": #"a,"b""#]
    try write(
      "old.json",
      [
        Entry(labels: labels, rounds: Project.times(100).map { [$0] }),
        Entry(benchmark: "gone", rounds: [[1]]),
        Entry(metric: "allocations", unit: "1", isExact: true, rounds: [[4]]),
      ])
    try write(
      "new.json",
      [
        Entry(labels: labels, rounds: Project.times(200).map { [$0] }),
        Entry(metric: "allocations", unit: "1", isExact: true, rounds: [[3]]),
      ])
    let result = try project.run("perf-diff", "old.json", "new.json", "--report", "csv")
    let rows = result.out.split(separator: "\n").map(String.init)
    try #require(rows.count == 4, "\(result.out)\(result.err)")
    #expect(
      rows[0]
        == "benchmark,labels,metric,unit,better,base_rounds,head_rounds,base_median,head_median,"
        + "ratio,ratio_low,ratio_high,p,verdict,suite,machine,outcome")
    #expect(rows[1] == "gone,,wall_time,ns,lower,,,,,,,,,missing,default,,incomplete")
    #expect(rows[2] == "parse/large,,allocations,1,lower,1,1,4,3,0.75,,,,improvement,default,,pass")
    #expect(
      rows[3].hasPrefix(#"parse/large,"file=a,""b""",wall_time,ns,lower,10,10,"#), "\(rows[3])")
    let cells = rows[3].split(separator: ",", omittingEmptySubsequences: false)
    let figures = cells.suffix(8).dropLast(4).compactMap { Double($0) }
    try #require(figures.count == 4)
    #expect(figures[0] == 2 || (figures[0] - 2).magnitude < 1e-9)
    #expect(figures[1] < figures[0] && figures[0] < figures[2])
    // Of 20 choose 10 ways to part the values two are as extreme.
    #expect((figures[3] - 2.0 / 184_756).magnitude < 1e-12)
    #expect(cells.suffix(4) == ["regression", "default", "", "regression"])
  }
}
