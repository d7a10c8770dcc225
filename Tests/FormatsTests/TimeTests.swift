import Formats
import Measurements
import System
import Testing

@Suite("What GNU time writes")
struct TimeTests {
  @Test("each launch of a command is a round")
  func launches() throws {
    let reading = try Format.time.read(fixture("time/launches.txt"))
    #expect(reading.samples("sleep 0.02") == [[20_000_000], [20_000_000]])
    #expect(reading.samples("sleep 0.02", "max_rss") == [[1648 * 1024], [1668 * 1024]])
    #expect(reading.samples("sleep 0.02", "user_time") == [[0], [0]])
    #expect(reading.samples("head -c 50000000 /dev/zero") == [[10_000_000]])
    #expect(reading.series.count == 8 && reading.parseNotes.isEmpty)
    #expect(reading.series.allSatisfy { !$0.isSummary })
    let skipped = try #require(reading.importSummaries.first).skipped
    #expect(skipped.first { $0.reason == "figure 'Swaps'" }?.count == 3)
  }

  @Test("a command that failed has no numbers; one that a signal ended has status 0 here")
  func failed() throws {
    let reading = try Format.time.read(fixture("time/failed.txt"))
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "false"), reason: "exit status 1"),
        Failure(
          Benchmark(name: "sh -c kill -9 $$"), reason: "Command terminated by signal 9"),
      ])
    #expect(reading.samples("sleep 0.01") == [[10_000_000]])
    #expect(reading.series.count == 4)
  }

  @Test("hours, minutes and seconds are told apart, and no time at all is warned of")
  func clock() throws {
    let long = try Format.time.read(.of(Self.launch("1:02:03")))
    #expect(long.samples("a") == [[3_723_000_000_000]])
    let minutes = try Format.time.read(.of(Self.launch("2:03.45").replacing("\n", with: "\r\n")))
    #expect(minutes.samples("a") == [[123_450_000_000]])
    let none = try Format.time.read(.of(Self.launch("0:00.00")))
    #expect(none.samples("a") == [[0]] && none.parseNotes.map(\.weight) == [.warning])
  }

  @Test("what the command prints may stand around it")
  func amid() throws {
    let text = "Elapsed: 3\n\(Self.launch("0:01.00"))done: 5\n"
    #expect(try Format.detect(.of(text)).read(.of(text)).samples("a") == [[1e9]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .time, on: malformed.text) == malformed.message)
  }

  private static func launch(_ wall: String, status: String = "\tExit status: 0\n") -> String {
    "\tCommand being timed: \"a\"\n\tElapsed (wall clock) time (h:mm:ss or m:ss): \(wall)\n\(status)"
  }

  static let cases = [
    Malformed("nothing of it", "hello", "x: holds no benchmark in format 'time'"),
    Malformed(
      "cut off", launch("0:01.00", status: ""),
      "x:1: the figures of a command break off: 'Command being timed: \"a\"'"),
    Malformed(
      "a word", launch("soon"),
      "x:2: expected a number: 'Elapsed (wall clock) time (h:mm:ss or m:ss): soon'"),
    Malformed(
      "negative", launch("0:-1.00"),
      "x:2: expected a number: 'Elapsed (wall clock) time (h:mm:ss or m:ss): 0:-1.00'"),
    Malformed(
      "another status", launch("0:01.00", status: "\tExit status: good\n"),
      "x:3: expected an exit status: 'Exit status: good'"),
  ]
}
