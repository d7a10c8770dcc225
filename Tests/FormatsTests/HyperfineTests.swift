import Formats
import Measurements
import Testing

@Suite struct HyperfineTests {
  @Test func `every launch is a round, in nanoseconds`() throws {
    let reading = try Format.hyperfine.read(fixture("hyperfine/local_1.15_basic.json"))
    let sleep = try #require(reading.samples("sleep 0.01"))
    #expect(sleep.count == 12)
    #expect(sleep.prefix(3) == [[10_935_089], [11_001_128], [10_902_341]])
    #expect(reading.samples("true")?.first == [588_293])
    #expect(reading.series.map(\.metric) == [.wallTime, .wallTime])
    #expect(reading.failures.isEmpty && reading.parseNotes.isEmpty)
  }

  @Test func `a single launch has no standard deviation and is read all the same`() throws {
    let input = try fixture("hyperfine/local_1.15_single_run_null_stddev.json")
    #expect(try Format.hyperfine.read(input).samples("sleep 0.01") == [[10_963_852]])
  }

  @Test func `parameters are labels, and equal commands are pooled with a parseNote`() throws {
    let reading = try Format.hyperfine.read(fixture("hyperfine/parameters.json"))
    let two = "sort one.txt file=one.txt threads=2"
    #expect(reading.samples(two) == [[250_000_000], [500_000_000], [750_000_000]])
    #expect(reading.samples(two, "max_rss") == [[4096], [8192], [12288]])
    #expect(reading.samples("sort one.txt file=one.txt threads=4") == [[1_500_000_000]])
    #expect(reading.series.count == 3)
    #expect(
      reading.parseNotes == [
        ParseNote(
          .importSummary,
          "parameters.json: 'sort one.txt file=one.txt threads=2' occurs again: rounds pooled")
      ])
  }

  @Test func `a command that failed has no numbers`() throws {
    let reading = try Format.hyperfine.read(fixture("hyperfine/failed.json"))
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "bad"), reason: "exit status 1 (2 of 3 launches failed)"),
        Failure(Benchmark(name: "killed"), reason: "ended by a signal (1 of 1 launches failed)"),
      ])
    #expect(reading.series.map(\.benchmark.name) == ["good"])
    #expect(reading.samples("good") == [[0], [500_000_000]])
    #expect(reading.parseNotes.map(\.weight) == [.warning])
  }

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .hyperfine, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("nothing", "", "x: nothing in it"),
    Malformed("no result", #"{"results": []}"#, "x: holds no benchmark in format 'hyperfine'"),
    Malformed(
      "no times", #"{"results": [{"command": "a", "mean": 1}]}"#,
      "x: field 'results[0].times': holds no samples"),
    Malformed(
      "null times", #"{"results": [{"command": "a", "times": null}]}"#,
      "x: field 'results[0].times': holds no samples"),
    Malformed(
      "empty times", #"{"results": [{"command": "a", "times": []}]}"#,
      "x: field 'results[0].times': holds no samples"),
    Malformed(
      "a word for a number", #"{"results": [{"command": "a", "times": [1, "2"]}]}"#,
      "x:1: field 'results[0].times[1]': expected a number, found a string"),
    Malformed(
      "null for a number", #"{"results": [{"command": "a", "times": [1, null]}]}"#,
      "x:1: field 'results[0].times[1]': expected a number, found null"),
    Malformed(
      "no command", #"{"results": [{"times": [1]}]}"#,
      "x:1: field 'results[0].command': is missing"),
    Malformed(
      "results of another kind", #"{"results": 3}"#,
      "x:1: field 'results': expected an array, found a number"),
    Malformed(
      "negative", #"{"results": [{"command": "a", "times": [1, -0.5]}]}"#,
      "x: field 'results[0].times[1]': negative: '-0.5'"),
    Malformed(
      "too large", "{\"results\": [\n{\"command\": \"a\", \"times\": [1e400]}]}",
      "x:2: field 'results[0].times[0]': a number too large for a double: 1e400"),
    Malformed(
      "too large as nanoseconds", #"{"results": [{"command": "a", "times": [1e300]}]}"#,
      "x: field 'results[0].times[0]': 'a' has a sample that is inf, not a finite number: '1e+300'"),
    Malformed(
      "not a number", "{\"results\": [{\"command\": \"a\",\n \"times\": [1, NaN]}]}",
      "x:2: field 'results[0].times[1]': expected a number, found 'NaN'"),
    Malformed(
      "infinite", #"{"results": [{"command": "a", "times": [-Infinity]}]}"#,
      "x:1: field 'results[0].times[0]': not a number as JSON writes it"),
    Malformed(
      "cut off", "{\"results\": [\n{\"command\": \"a\",\n\"times\": [1, 2",
      "x:3: field 'results[0].times': the JSON ends in the middle"),
    Malformed(
      "followed by something", "{\"results\": []}\n}", "x:2: more text after the JSON value"),
    Malformed("not JSON", "command,mean,stddev\n", "x:1: expected an object, found 'command'"),
  ]
}
