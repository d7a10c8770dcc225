import Formats
import Measurements
import Testing

@Suite("Text and JSON of gungraun")
struct GungraunTests {
  private static let path = "rust_iai_callgrind::bench_fibonacci_group::bench_fibonacci"

  @Test("the new figure of each line is read, exact, with what was called as labels")
  func text() throws {
    let reading = try Format.gungraun.read(fixture("gungraun/bencher_with-ge.txt"))
    let short = "\(Self.path) arguments=10 id=short"
    #expect(reading.samples(short, "instructions") == [[1734]])
    #expect(reading.samples(short, "EstimatedCycles") == [[2464]])
    #expect(reading.samples(short, "Ge") == [[2]])
    #expect(reading.samples("\(Self.path) arguments=30 id=long", "instructions") == [[26_214_734]])
    #expect(reading.series.count == 14 && reading.series.allSatisfy(\.metric.exact))
  }

  @Test("figures of several tools belong to one benchmark")
  func tools() throws {
    let reading = try Format.gungraun.read(fixture("gungraun/bencher_dhat-then-callgrind.txt"))
    let long = "\(Self.path) arguments=30 id=long"
    #expect(reading.samples(long, "allocated_bytes") == [[26_294_939]])
    #expect(reading.samples(long, "allocations") == [[2_328_086]])
    #expect(reading.samples(long, "AtTGmaxBytes") == [[933_718]])
    #expect(reading.samples(long, "instructions") == [[26_214_734]])
    #expect(reading.metric("allocated_bytes")?.unit == .bytes)
    // 8 of DHAT and 6 of callgrind, twice.
    #expect(reading.series.count == 28)
  }

  @Test("JSON has the same figures by the same names")
  func jsonFigures() throws {
    let reading = try Format.gungraun.read(
      fixture("gungraun/bencher_json_one_callgrind_all_metrics.txt"))
    let name = "play_game::bench_play_game_group::bench_play_game_100 id=some_id"
    #expect(reading.samples(name, "instructions") == [[1900]])
    #expect(reading.samples(name, "EstimatedCycles") == [[1400]])
    #expect(reading.samples(name, "LLHitRate") == [[0.003]])
    #expect(reading.metric("LLHitRate")?.better == .higher)
    #expect(reading.metric("SysTime")?.exact == false)
    #expect(reading.metric("Ge")?.exact == true)
    #expect(reading.series.count == 37)
  }

  @Test("JSON of DHAT has bytes and blocks")
  func dhat() throws {
    let reading = try Format.gungraun.read(
      fixture("gungraun/bencher_json_one_dhat_all_metrics.txt"))
    #expect(reading.metric("allocated_bytes")?.unit == .bytes)
    #expect(reading.metric("allocations")?.unit == .one)
    #expect(reading.series.count == 13)
  }

  @Test("of two runs the new one counts, and a figure of the old one alone is skipped")
  func compared() throws {
    let text =
      "a::b::c id:1\r\n  Instructions:   5|4   (+25.0%) [+1.25x]\r\n"
      + "  L1 Hits:   N/A|4   (*****)\r\n"
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a::b::c arguments=1 id=id", "instructions") == [[5]])
    #expect(reading.series.count == 1 && reading.importSummaries.first?.skipped.map(\.count) == [1])
    let json = try Format.gungraun.read(
      .of(
        Self.document(
          #"{"Ir": {"metrics": {"Both": [{"Int": 5}, {"Int": 4}]}}, "#
            + #""Dr": {"metrics": {"Right": {"Int": 4}}}}"#)))
    #expect(json.samples("a", "instructions") == [[5]])
    #expect(json.series.count == 1 && json.importSummaries.first?.skipped.map(\.count) == [1])
  }

  @Test("the text of iai, where all this began, has one value in a line")
  func iai() throws {
    let text = """
      bench_fibonacci_short
        Instructions:                1735 (No change)
        L1 Accesses:                 2364 (+1.000000%)
        RAM Accesses:                   1
        Estimated Cycles:            2404

      """
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("bench_fibonacci_short", "instructions") == [[1735]])
    #expect(reading.samples("bench_fibonacci_short", "L1hits") == [[2364]])
    #expect(reading.series.count == 4 && reading.series.allSatisfy(\.metric.exact))
  }

  @Test("leniently, that the end may be torn is said once, however many figures stand alone")
  func tornEnd() throws {
    var input = Input.of("a\n  Instructions:  17 (No change)\n  RAM Hits:  1")
    input.isLenient = true
    let reading = try Format.gungraun.read(input)
    #expect(reading.series.count == 2)
    #expect(
      reading.parseNotes.map(\.description) == ["x: the last line has no end, passed over"])
  }

  @Test("figures that compare two benchmarks are skipped, and an error is a failure")
  func compares() throws {
    let text = """
      a::b::c id:1
        Instructions:   5|N/A   (*****)
        Comparison with d id:2
        Instructions:   5|4   (+25.0%) [+1.25x]
      gungraun_runner: Error: no valgrind
      error: bench failed, to rerun pass `--bench a`

      """
    let reading = try Format.gungraun.read(.of(text))
    #expect(reading.samples("a::b::c arguments=1 id=id", "instructions") == [[5]])
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason) == [
        "figure that compares two benchmarks"
      ])
    #expect(reading.failures.count == 2)
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .gungraun, on: malformed.text) == malformed.message)
  }

  private static func document(_ figures: String) -> String {
    #"{"module_path": "a", "profiles": [{"summaries": {"total": {"summary": {"Callgrind": "#
      + figures + "}}}}]}"
  }

  static let cases = [
    Malformed("nothing of it", "hello", "x: holds no benchmark in format 'gungraun'"),
    Malformed(
      "a word", "a\n  Instructions: many|N/A",
      "x:2: looks like a result and is not understood: 'Instructions: many|N/A'"),
    Malformed(
      "cut off", "a\n  Instructions: 17",
      "x: the last line has no end"),
    Malformed(
      "no name", "  Instructions: 17|N/A",
      "x:1: a result without a benchmark's name: 'Instructions: 17|N/A'"),
    Malformed(
      "one name for two", "a\n  Instructions: 1|N/A\na\n  Instructions: 1|N/A",
      "x:3: a second result of 'a': 'a'"),
    Malformed(
      "JSON that breaks off", "running 0 tests\n" + document("{}").dropLast(3),
      "x:2: field 'profiles[0]': the JSON ends in the middle"),
    Malformed(
      "JSON with a word", document(#"{"Ir": {"metrics": {"Left": {"Int": "x"}}}}"#),
      "x:1: field 'profiles[0].summaries.total.summary.Callgrind.Ir.metrics.Left.Int': "
        + "expected a number, found a string"),
    Malformed(
      "JSON without a side", document(#"{"Ir": {"metrics": {"Up": {"Int": 1}}}}"#),
      "x:1: field 'profiles[0].summaries.total.summary.Callgrind.Ir': neither Left, Right nor Both"),
    Malformed(
      "JSON of another version", #"{"module_path": "a", "callgrind_summary": {}}"#,
      "x:1: written by a version whose summary is not known"),
  ]
}
