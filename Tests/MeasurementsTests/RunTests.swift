import Foundation
import Measurements
import Testing

@Suite("a stored run")
struct RunTests {
  @Test("the example of the manual is read as it says")
  func example() throws {
    let run = try StoredRun.run(StoredRun.json)
    let rounds = [try Round([10_922_992]), try Round([10_873_506, 10_881_207.5])]
    #expect(run.version == 1)
    #expect(run.commit == StoredRun.oid)
    #expect(run.recordedAt == Timestamp("2026-11-20T05:20:42Z"))
    #expect(run.environment?.memory == 25_254_182_912)
    #expect(
      run.series == [
        Series(
          benchmark: Benchmark(name: "parse/large", labels: ["size": "1MB"]), metric: .wallTime,
          rounds: rounds, source: "hyperfine")
      ])
  }

  @Test(
    "what may be absent may be absent, or null",
    arguments: ["commit", "tree", "recordedAt", "session", "environment"])
  func optional(_ field: String) throws {
    var fields = try object(StoredRun.json)
    fields[field] = nil
    let absent = try StoredRun.run(try text(fields))
    fields[field] = NSNull()
    #expect(try StoredRun.run(try text(fields)) == absent)
    #expect(!StoredRun.encode(absent.json).contains("\"\(field)\":"))
  }

  @Test("a run that is written and read is the same run")
  func roundTrip() throws {
    let metrics = [Metric.wallTime, .maxRSS, Metric("n", .one, better: .higher, exact: true)]
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "perf-record \"0.1.0\" µ",
      environment: nil,
      series: try metrics.map {
        Series(
          benchmark: Benchmark(name: "a\n\u{1F680}|", labels: ["": "", "k=": "v "]), metric: $0,
          rounds: [try Round([0.1, -1e-300, 1e300, 5e15 + 1])], source: "")
      })
    #expect(try StoredRun.run(StoredRun.encode(run.json)) == run)
    #expect(run.suite == "default")
  }

  @Test("exactness is written only where there is any")
  func exact() throws {
    let rounds = [try Round([1])]
    func text(_ exact: Bool) -> String {
      let metric = Metric("n", .one, exact: exact)
      return StoredRun.encode(
        Series(benchmark: Benchmark(name: "b"), metric: metric, rounds: rounds, source: "t").json)
    }
    #expect(
      text(false)
        == #"{"benchmark":"b","better":"lower","labels":{},"metric":"n","rounds":[[1]],"source":"t","unit":"1"}"#
    )
    #expect(text(true).contains(#""exact":true"#))
  }

  @Test("a summary is marked, and failures are kept, only where there are any")
  func summaryAndFailures() throws {
    let summary = Series(
      benchmark: Benchmark(name: "b"), metric: .wallTime, rounds: [try Round([1])], source: "t",
      isSummary: true)
    #expect(StoredRun.encode(summary.json).contains(#""summary":true"#))
    let failures = [
      Failure(Benchmark(name: "b", labels: ["size": "1"]), reason: "exit status 3"),
      Failure(nil, reason: "does not build"),
    ]
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "t", environment: nil,
      series: [summary], failures: failures)
    #expect(try StoredRun.run(StoredRun.encode(run.json)) == run)
    let whole = StoredRun.encode(try StoredRun.run(StoredRun.json).json)
    #expect(!whole.contains("summary") && !whole.contains("failures"))
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private func text(_ fields: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
  }
}
