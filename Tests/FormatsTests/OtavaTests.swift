import Formats
import Measurements
import Testing

@Suite("Apache Otava")
struct OtavaTests {
  @Test("the row of the latest time is read, and words are attributes")
  func newest() throws {
    let reading = try Format.otava.read(fixture("otava/branches.csv"))
    #expect(reading.samples("branches", "latency") == [[1300]])
    #expect(reading.samples("branches", "score") == [[10.25]])
    #expect(reading.series.allSatisfy { $0.isSummary && $0.metric.unit == .one })
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["attribute 'host'"])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning,
          "branches.csv:3: only the newest entry is read, of commit aaa4: 2 older ones are not; `--history` reads all"
        )
      ])
  }

  @Test("a file may have no branches, and a metric no value at the end")
  func seconds() throws {
    let reading = try Format.otava.read(fixture("otava/seconds.csv"))
    #expect(reading.samples("seconds", "metric1") == [[138_455]])
    #expect(reading.series.count == 1)
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["metric without a value"])
  }

  @Test(arguments: [
    Malformed(
      "a word between numbers", "time,commit,a\r\n2026-01-01,x,1\r\n2026-01-02,y,fast\r\n",
      "x:3: 'a' is no finite number: 'fast'"),
    Malformed(
      "another time", "time,commit,a\nJan 1 2026,x,1\n",
      "x:2: 'time' is none that is known: 'Jan 1 2026'"),
    Malformed(
      "two columns of one name", "time,commit,a,a\n2026,x,1,2\n",
      "x:1: 'x' has a second value of 'a'"),
    Malformed("cut off", "time,commit,a\n2026,x", "x:2: 2 cells under 3 names: '2026,x'"),
    Malformed("no row", "time,commit,a\n", "x: holds no benchmark in format 'otava'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .otava, on: malformed.text) == malformed.message)
  }
}
