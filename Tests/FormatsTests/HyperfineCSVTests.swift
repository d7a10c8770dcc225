import Formats
import Measurements
import Testing

@Suite("CSV of hyperfine")
struct HyperfineCSVTests {
  @Test("the median is the time, with the processor times beside it")
  func rows() throws {
    let reading = try Format.hyperfineCSV.read(fixture("hyperfine-csv/local_1.15_basic.csv"))
    #expect(reading.samples("sleep 0.01") == [[10_903_888]])
    #expect(reading.samples("true") == [[526_490.5000000001]])
    #expect(reading.samples("true", "user_time") == [[443_416.6666666667]])
    #expect(reading.samples("true", "system_time") == [[45_499.99999999999]])
    #expect(reading.series.count == 6 && reading.series.allSatisfy(\.isSummary))
  }

  @Test("parameters are labels, and names may hold commas")
  func parameters() throws {
    let reading = try Format.hyperfineCSV.read(fixture("hyperfine-csv/parameters.csv"))
    #expect(reading.samples("sleep, briefly ms=1") == [[3_386_269.0000000005]])
    #expect(reading.samples("sleep, briefly ms=2") == [[3_300_821]])
  }

  @Test("equal commands are pooled with a remark, and a single launch has no deviation")
  func equal() throws {
    let text = Self.header + "a,1,,1,0,0,1,1\r\na,3,,3,0,0,3,3\r\n"
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a") == [[1e9], [3e9]])
    #expect(
      reading.parseNotes == [ParseNote(.importSummary, "x:3: 'a' occurs again: rounds pooled")])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .hyperfineCSV, on: malformed.text) == malformed.message)
  }

  private static let header = "command,mean,stddev,median,user,system,min,max\r\n"

  static let cases = [
    Malformed("no row", header, "x: holds no benchmark in format 'hyperfine-csv'"),
    Malformed("cut off", header + "a,1,0", "x:2: 3 cells under 8 names: 'a,1,0'"),
    Malformed(
      "cut off in its last number", header + "a,1,0,1,0,0,1,1", "x: the last line has no end"),
    Malformed("a word", header + "a,1,0,x,0,0,1,1\n", "x:2: 'median' is no finite number: 'x'"),
    Malformed(
      "no median", header + "a,1,0,,0,0,1,1\n", "x:2: 'median' is missing: 'a,1,0,,0,0,1,1'"),
    Malformed("negative", header + "a,1,0,-1,0,0,1,1\n", "x:2: negative: -1.0: 'a,1,0,-1,0,0,1,1'"),
    Malformed(
      "no command", header + ",1,0,1,0,0,1,1\n", "x:2: 'command' is missing: ',1,0,1,0,0,1,1'"),
  ]
}
