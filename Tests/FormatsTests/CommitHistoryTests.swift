import Formats
import Measurements
import TestSupport
import Testing

@Suite("What a tool collected of many commits")
struct CommitHistoryTests {
  private func summary(_ entry: CommitHistory.Entry) -> String {
    let series = entry.reading.series.map {
      "\($0.benchmark) \($0.metric.name)=\($0.rounds.map(\.samples))"
    }
    return "\(entry.commit) \(entry.time) " + series.joined(separator: ", ")
  }

  @Test("is one entry for each list and time in data.js of github-action-benchmark")
  func gab() throws {
    let commitHistory = try Format.gabHistory.history(fixture("gab-history/data.js"))
    #expect(
      commitHistory.entries.map(summary) == [
        "aaa1 2024-05-24T04:54:17Z fib suite=Rust wall_time=[[200.0]]",
        "aaa2 2024-05-24T04:55:27Z fib suite=Rust wall_time=[[210.0]]",
        "bbb3 2024-01-25T22:16:40Z memory suite=Throughput value=[[3000000.0]]",
        "bbb1 2024-01-25T22:13:20Z memory suite=Throughput value=[[1000000.0]]",
        "bbb2 2024-01-25T22:15:00Z memory suite=Throughput value=[[2000000.0]]",
      ])
    #expect(commitHistory.entries.allSatisfy { $0.environment == nil })
    #expect(commitHistory.parseNotes.isEmpty)
    #expect(commitHistory.importSummary.benchmarks == 2)
    #expect(commitHistory.importSummary.rounds == 5)
    #expect(commitHistory.importSummary.metrics.count == 2)
  }

  @Test("is one entry for each element in Nyrkiö's JSON, failed ones too")
  func nyrkio() throws {
    let commitHistory = try Format.nyrkio.history(fixture("nyrkio/search.json"))
    #expect(commitHistory.entries.map(\.commit) == ["aaa2", "aaa1", "aaa3"])
    #expect(commitHistory.entries.map { $0.reading.series.count } == [1, 1, 4])
    let failed = """
      [{"timestamp": 1706220910, "passed": false, "metrics": [], "attributes": {"git_commit": "a"}}]
      """
    let entries = try Format.nyrkio.history(.of(failed)).entries
    #expect(entries.map(\.reading.failures.count) == [1])
  }

  @Test("is one entry for each row of Otava's CSV, in whatever time zone it was written")
  func otava() throws {
    let commitHistory = try Format.otava.history(fixture("otava/branches.csv"))
    #expect(
      commitHistory.entries.map(summary) == [
        "aaa3 2026-09-10T02:00:00Z branches latency=[[1200.0]], branches score=[[10.5]]",
        "aaa4 2026-10-02T02:00:00Z branches latency=[[1300.0]], branches score=[[10.25]]",
        "aaa2 2026-09-09T02:00:00Z branches latency=[[1100.0]]",
      ])
    #expect(
      commitHistory.importSummary.skipped.map { "\($0.reason): \($0.count)" } == [
        "attribute 'host': 3", "metric without a value: 1",
      ])
  }

  @Test("is one entry for each file of asv's folder, with the machine that it names")
  func asv() throws {
    let folder = try ScratchDirectory()
    let benchmarks = try fixture("asv/benchmarks.json")
    try folder.write("results/benchmarks.json", String(decoding: benchmarks.bytes, as: UTF8.self))
    for (name, id) in [("1", "aaaaaaaaaa"), ("2", "bbbbbbbbbb")] {
      let sample = try String(decoding: fixture("asv/samples.json").bytes, as: UTF8.self)
      let data = sample.replacing("e7251e84affc37d278cb617ffd82433a4cc60ca1", with: id)
        .replacing(
          #""machine": "somewhere""#,
          with: #""machine": "box", "cpu": "fast", "num_cpu": "4", "ram": "1024""#)
      try folder.write("results/box/\(name).json", data)
    }
    let commitHistory = try Format.detect(Input(path: "\(folder.path)/results"))
      .history(Input(path: "\(folder.path)/results"))
    #expect(commitHistory.entries.map(\.commit) == ["aaaaaaaaaa", "bbbbbbbbbb"])
    let environment = try #require(commitHistory.entries[0].environment)
    #expect(environment.cpu == "fast" && environment.cores == 4 && environment.memory == 1024)
    #expect(environment.labels == ["env_name": "existing-py3.11", "machine": "box"])
    let labels = commitHistory.entries[1].reading.series.map(\.benchmark.labels)
    #expect(labels.contains(["kind": "'up'", "size": "10"]))
    #expect(commitHistory.entries[1].reading.failures.count == 2)
    // When the first benchmark started, not when the commit was made.
    #expect(commitHistory.entries[0].time.description.hasPrefix("2026-11-"))
  }

  @Test("an entry that is not understood is an error, or leniently passed over as a whole")
  func lenient() throws {
    let text = """
      time,commit,a
      2026-01-01,abc,1
      2026-01-02,,2
      2026-01-03,abd,fast
      someday,abe,4
      2026-01-05,abf,

      """
    let strict = #expect(throws: InputError.self) { try Format.otava.history(.of(text)) }
    #expect(strict?.description == "x:3: names no commit")
    var input = Input.of(text)
    input.isLenient = true
    let commitHistory = try Format.otava.history(input)
    #expect(commitHistory.entries.map(\.commit) == ["abc"])
    #expect(
      commitHistory.parseNotes.map(\.description) == [
        "x:3: names no commit, passed over",
        "x:4: 'a' is no finite number: 'fast', passed over",
        "x:5: 'time' is none that is known: 'someday', passed over",
      ])
    #expect(
      commitHistory.importSummary.skipped.map(\.reason) == [
        "metric without a value", "entry without any result",
      ])
  }

  @Test("a format of one commit has no history, and an empty file none either")
  func none() throws {
    let one = #expect(throws: InputError.self) {
      try Format.go.history(.of("BenchmarkA 1 1 ns/op"))
    }
    #expect(one?.description == "x: format 'go' has the results of one commit")
    #expect(one?.hint == "leave `--history` out; it is for asv, gab-history, nyrkio, otava")
    let empty = #expect(throws: InputError.self) { try Format.nyrkio.history(.of("[]")) }
    #expect(empty?.description == "x: holds no result of any commit in format 'nyrkio'")
  }

  @Test(
    "times are read as tools write them",
    arguments: [
      ("2024.01.08 3:00:00 +0100", "2024-01-08T02:00:00Z"),
      ("2024-01-08T03:00:00Z", "2024-01-08T03:00:00Z"),
      ("2024-01-08T03:00:00.123456-05:30", "2024-01-08T08:30:00Z"),
      ("2024-01-08 23:59", "2024-01-08T23:59:00Z"), ("2024-2-29", "2024-02-29T00:00:00Z"),
      ("2024-01-08 03:00:00+01", "2024-01-08T02:00:00Z"), ("2026", "2026-01-01T00:00:00Z"),
      ("1706220910", "2024-01-25T22:15:10Z"), ("1706220910.75", "2024-01-25T22:15:10Z"),
    ])
  func times(_ text: String, _ time: String) {
    #expect(Timestamp(written: text)?.description == time)
  }

  @Test(
    "and nothing else is taken for a time",
    arguments: [
      "", "soon", "Jan 1 2026", "2023-02-29", "2024-13-01", "2024-01-08 25:00:00", "20240108T0300",
      "1960-01-01", "-1", "2024-01-08T03:00:00+1", "2024-01-08T03:00:00 CET", "1e300", "nan",
      "2024-01-08T03:00:00Z; rm", "２０２４-01-01",
    ])
  func noTimes(_ text: String) { #expect(Timestamp(written: text) == nil) }
}
