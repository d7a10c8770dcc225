import Formats
import Measurements
import Testing

@Suite("Files of callgrind")
struct CallgrindTests {
  @Test("the instructions of a process are one exact number")
  func plain() throws {
    let reading = try Format.callgrind.read(fixture("callgrind/plain.out"))
    #expect(reading.samples("/bin/true", "instructions") == [[128_811]])
    #expect(reading.metric("instructions") == Metric("instructions", .one, exact: true))
    #expect(reading.series.count == 1)
  }

  @Test("every event that was counted is a metric")
  func events() throws {
    let reading = try Format.callgrind.read(fixture("callgrind/cache.out"))
    #expect(reading.samples("/bin/echo a b", "instructions") == [[304_553]])
    #expect(reading.samples("/bin/echo a b", "Dr") == [[70_429]])
    #expect(reading.samples("/bin/echo a b", "Bim") == [[290]])
    #expect(reading.series.count == 13 && reading.series.allSatisfy(\.metric.exact))
  }

  @Test("the parts of a profile are added up")
  func parts() throws {
    let reading = try Format.callgrind.read(fixture("callgrind/parts.out"))
    // 107352 + 21459
    #expect(reading.samples("/bin/true", "instructions") == [[128_811]])
    #expect(reading.parseNotes.map(\.description) == ["parts.out: 2 parts of the profile added up"])
  }

  @Test("counts of zero may be left out at the end, and lines may end as on Windows")
  func short() throws {
    let text = Self.profile("Ir Dr", "5").replacing("\n", with: "\r\n")
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("./a", "instructions") == [[5]])
    #expect(reading.samples("./a", "Dr") == [[0]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .callgrind, on: malformed.text) == malformed.message)
  }

  private static func profile(_ events: String, _ summary: String) -> String {
    "version: 1\ncreator: callgrind-3.19.0\ncmd: ./a\npart: 1\nevents: \(events)\n"
      + "summary: \(summary)\nfn=(1) main\n1 5\ntotals: 5\n"
  }

  static let cases = [
    Malformed(
      "cut off in its head", "creator: callgrind-3.19.0\ncmd: ./a\n",
      "x: has no command and summary"),
    Malformed(
      "cut off in its body", String(profile("Ir", "5").dropLast(12)),
      "x: breaks off before 'totals:'"),
    Malformed(
      "cut off in its second part", profile("Ir", "5") + "part: 2\n",
      "x: breaks off before 'totals:'"),
    Malformed(
      "more counts than events", profile("Ir", "5 6"),
      "x:6: expected counts of 1 events: 'summary: 5 6'"),
    Malformed("a word", profile("Ir", "five"), "x:6: expected counts of 1 events: 'summary: five'"),
    Malformed("negative", profile("Ir", "-5"), "x:6: expected counts of 1 events: 'summary: -5'"),
    Malformed(
      "parts that count differently", profile("Ir", "5") + profile("Dr", "5"),
      "x:14: the parts count different events: 'events: Dr'"),
  ]
}
