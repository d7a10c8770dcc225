import Formats
import Measurements
import Testing

@Suite("Histories of github-action-benchmark")
struct GABHistoryTests {
  @Test("of a history the newest commit of each list is read, with a warning")
  func history() throws {
    let reading = try Format.gabHistory.read(fixture("gab-history/data.js"))
    #expect(reading.samples("fib suite=Rust") == [[210]])
    #expect(reading.samples("memory suite=Throughput", "value") == [[3_000_000]])
    #expect(reading.series.map(\.metric.better) == [.lower, .higher])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning,
          "data.js: field 'entries.Rust[1]': only the newest entry is read, of commit aaa2: "
            + "1 older one is not; `--history` reads all"),
        ParseNote(
          .warning,
          "data.js: field 'entries.Throughput[0]': only the newest entry is read, of commit bbb3: "
            + "2 older ones are not; `--history` reads all"),
      ])
  }

  @Test(arguments: [
    Malformed(
      "cut off", "window.BENCHMARK_DATA = {\n\"entries\": {\n\"a\": [{\"date\": 1",
      "x:3: field 'entries.a[0]': the JSON ends in the middle"),
    Malformed(
      "no date", #"window.BENCHMARK_DATA = {"entries": {"a": [{"benches": []}]}};"#,
      "x: field 'entries.a[0].date': is missing"),
    Malformed(
      "no lists", "window.BENCHMARK_DATA = {\"entries\": {}}\r\n",
      "x: holds no benchmark in format 'gab-history'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .gabHistory, on: malformed.text) == malformed.message)
  }
}
