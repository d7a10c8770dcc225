import Formats
import Measurements
import Testing

@Suite("Plain CSV and NDJSON")
struct PlainRowsTests {
  @Test("rounds, labels, direction and exactness have columns of their own")
  func csv() throws {
    let reading = try Format.csv.read(fixture("csv/plain.csv"))
    #expect(reading.samples("parse size=1MB") == [[12_500_000, 13_000_000], [12_000_000]])
    #expect(reading.samples("parse size=4MB") == [[40_000_000]])
    #expect(
      reading.series.first { $0.metric.name == "score" }?.metric
        == Metric("score", Unit("points"), better: .higher))
    #expect(reading.samples("read, then parse", "score") == [[0.93]])
    #expect(reading.metric("instructions") == Metric("instructions", .one, exact: true))
    #expect(reading.metric("rate")?.better == .higher)
    #expect(reading.samples("send", "rate") == [[2_000_000]])
    #expect(
      reading.importSummaries.first?.metrics.map(\.better.origin).contains("the file") == true)
  }

  @Test("without rounds all numbers of a file are of one")
  func fourColumns() throws {
    let reading = try Format.csv.read(fixture("csv/four-columns.csv"))
    #expect(reading.samples("parse") == [[2_000_000_000, 3_000_000_000]])
  }

  @Test("objects say the same as rows")
  func ndjson() throws {
    let reading = try Format.ndjson.read(fixture("ndjson/plain.ndjson"))
    #expect(reading.samples("parse debug=false size=10") == [[12_500_000], [12_000_000]])
    #expect(reading.samples("parse", "score") == [[0.5]])
    #expect(reading.metric("score") == Metric("score", .one, better: .higher, exact: true))
  }

  private static let head = "benchmark,metric,unit,value,better,exact\n"

  @Test(arguments: [
    Malformed(
      "a word", head + "a,b,ns,fast,,", "x:2: 'value' is no finite number: 'a,b,ns,fast,,'"),
    Malformed(
      "not finite", head + "a,b,ns,inf,,", "x:2: 'value' is no finite number: 'a,b,ns,inf,,'"),
    Malformed(
      "beyond a double", head + "a,b,h,1e308,,",
      "x:2: 'a' has a sample that is inf, not a finite number: 'a,b,h,1e308,,'"),
    Malformed("no value", head + "a,b,ns,,,", "x:2: 'value' is missing: 'a,b,ns,,,'"),
    Malformed("negative", head + "a,b,ns,-1,,", "x:2: a negative time: 'a,b,ns,-1,,'"),
    Malformed(
      "direction", head + "a,b,ns,1,up,",
      "x:2: 'better' is neither 'higher' nor 'lower': 'a,b,ns,1,up,'"),
    Malformed(
      "exactness", head + "a,b,ns,1,,maybe",
      "x:2: 'exact' is neither 'true' nor 'false': 'a,b,ns,1,,maybe'"),
    Malformed(
      "another unit", head + "a,b,ns,1,,\na,b,ms,1,,",
      "x:3: 'b' of 'a' has another unit, 'better' or 'exact' than before: 'a,b,ms,1,,'"),
    Malformed("cut off", head + "a,b", "x:2: 2 cells under 6 names: 'a,b'"),
    Malformed(
      "one name twice", "benchmark,metric,unit,value,a,a\n",
      "x:1: a column without a name of its own: 'a'"),
    Malformed("empty", head, "x: holds no benchmark in format 'csv'"),
  ])
  func wrongCSV(_ malformed: Malformed) {
    #expect(failure(of: .csv, on: malformed.text) == malformed.message)
  }

  @Test(arguments: [
    Malformed(
      "a list", #"{"benchmark": "a", "metric": "b", "unit": "s", "value": [1]}"#,
      "x:1: 'value' is neither a word nor a number: "
        + #"'{"benchmark": "a", "metric": "b", "unit": "s", "value": [1]}'"#),
    Malformed("no object", "[1]", "x:1: expected an object, found an array: '[1]'"),
    Malformed(
      "cut off", #"{"benchmark": "#, #"x:1: the JSON ends in the middle: '{"benchmark":'"#),
    Malformed(
      "no unit", #"{"benchmark": "a", "metric": "b", "value": 1}"#,
      #"x:1: 'unit' is missing: '{"benchmark": "a", "metric": "b", "value": 1}'"#),
  ])
  func wrongNDJSON(_ malformed: Malformed) {
    #expect(failure(of: .ndjson, on: malformed.text) == malformed.message)
  }

  @Test("a row that is wrong is left out where that is asked for")
  func lenient() throws {
    var input = Input.of("benchmark,metric,unit,value\na,b,ns,fast\na,b,ns,2\n")
    input.isLenient = true
    let reading = try Format.csv.read(input)
    #expect(reading.samples("a", "b") == [[2]])
    #expect(reading.parseNotes.map(\.weight) == [.warning])
  }
}
