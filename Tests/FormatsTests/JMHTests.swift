import Formats
import Measurements
import Testing

@Suite("JMH: every fork is a round")
struct JMHTests {
  private let size = "org.acme.Map.get"

  @Test("throughput is per second, and more is better because the mode says so")
  func throughput() throws {
    let reading = try Format.jmh.read(fixture("jmh/gab_jmh_output.json"))
    let name = "org.openjdk.jmh.samples.JMHSample_01_HelloWorld.wellHelloThere mode=thrpt"
    #expect(
      reading.samples(name, "operations") == [
        [3376842765.688582, 3376519888.95058, 3375353964.729294]
      ])
    #expect(reading.metric("operations") == Metric("operations", .perSecond, better: .higher))
    #expect(reading.importSummaries.first?.metrics.map(\.better.origin) == ["mode thrpt"])
    #expect(reading.context["jdkVersion"] == "1.8.0_202")
  }

  @Test("forks are rounds of their iterations, parameters and number of threads are labels")
  func golden() throws {
    let reading = try Format.jmh.read(fixture("jmh/upstream_output-golden_cut.json"))
    let name =
      "benchmark_0 mode=thrpt param0=value0 param1=[value1] param2={value2} param3='value3' "
      + "param4=\"value4\" threads=80"
    let rounds = try #require(reading.samples(name, "operations"))
    #expect(rounds.map(\.count) == [2, 2, 2, 2, 1, 3, 2])
    #expect(rounds[0] == [942_000, 384_000])
    #expect(
      reading.samples(name, "secondary3") == [[241_000], [55_000], [390_000, 12_000], [532_000]])
    #expect(
      reading.skipped == [
        "fork without values: 3, first upstream_output-golden_cut.json: "
          + "field '[0].secondaryMetrics.secondary3.rawData[2]'"
      ])
  }

  private func modes() throws -> ParsedResults { try Format.jmh.read(fixture("jmh/modes.json")) }

  @Test("the modes of one method are benchmarks of their own")
  func modesApart() throws {
    let reading = try modes()
    let name = "org.acme.Map.get mode"
    #expect(reading.samples("\(name)=avgt size=10") == [[1500, 1250], [2500, 2250]])
    #expect(reading.samples("\(name)=ss size=10") == [[5e8], [2.5e8]])
    #expect(reading.samples("\(name)=thrpt size=10 threads=4", "operations") == [[2], [3]])
    // Each value as often as it was seen.
    #expect(
      reading.samples("\(name)=sample size=10") == [[1000, 1000, 2000, 1000], [4000, 4000, 4000]])
  }

  @Test("what profilers measure is a metric of its own, and costs")
  func profilers() throws {
    let reading = try modes()
    let name = "org.acme.Map.get mode=avgt size=10"
    #expect(reading.samples(name, "allocated_bytes") == [[48, 48], [48, 48.5]])
    #expect(reading.samples(name, "gc.alloc.rate") == [[10e6, 11e6], [12e6, 13e6]])
    #expect(reading.samples(name, "gc.count") == [[1, 0], [0, 2]])
    #expect(reading.samples(name, "cache_misses") == [[0.25], [0.5]])
    #expect(reading.metric("gc.alloc.rate") == Metric("gc.alloc.rate", .bytesPerSecond))
    #expect(reading.metric("IPC") == Metric("IPC", Unit("insns/clk"), better: .higher))
    let field = "first modes.json: field '"
    #expect(
      reading.skipped == [
        "secondary metric that is not a number: 1, "
          + "\(field)[0].secondaryMetrics.·gc.churn.G1_Eden_Space'",
        "percentile of what is read as samples: 2, \(field)[1].secondaryMetrics.get:get·p0.99'",
      ])
  }

  @Test("NaN is a failure, and a score without raw data is a summary")
  func without() throws {
    let reading = try modes()
    #expect(
      reading.failures == [
        Failure(
          Benchmark(name: "org.acme.Map.broken", labels: ["mode": "thrpt"]),
          reason: "[4].primaryMetric.rawData[0][0] is not a number")
      ])
    let bare = try #require(reading.series.first { $0.benchmark.name == "org.acme.Map.bare" })
    #expect(bare.isSummary && bare.rounds.map(\.samples) == [[3.5]])
  }

  private static func entry(_ metric: String, mode: String = "avgt", more: String = "") -> String {
    """
    {"benchmark": "a", "mode": "\(mode)", \(more)
    "primaryMetric": {"score": 1, "scoreUnit": "ns/op", \(metric)}}
    """
  }

  @Test("of millions of samples of a fork those are kept that have the same distribution")
  func thinned() throws {
    let text = Self.entry(
      #""rawDataHistogram": [[[[1, 600000], [2, 300000], [3, 100000]], [[4, 1000000]]]]"#,
      mode: "sample")
    let reading = try Format.jmh.read(.of("[\(text)]"))
    let samples = try #require(reading.samples("a mode=sample")?.first)
    #expect(samples.count == 10_000)
    let counts = [1, 2, 3, 4].map { value in samples.count { $0 == value } }
    #expect(counts == [3000, 1500, 500, 5000])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .importSummary,
          "x: field '[0].primaryMetric.rawDataHistogram[0]': "
            + "10000 of 2000000 samples are kept")
      ])
  }

  @Test("a parameter that is called as a label of ours keeps its name")
  func clash() throws {
    let text = Self.entry(#""rawData": [[1]]"#, more: #""params": {"mode": "x"}, "threads": 1,"#)
    let reading = try Format.jmh.read(.of("\u{feff}[\(text)]\r\n"))
    #expect(reading.samples("a jmh.mode=avgt mode=x") == [[1]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .jmh, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("no benchmark", "[]", "x: holds no benchmark in format 'jmh'"),
    Malformed(
      "cut off", "[{\"benchmark\": \"a\",\n\"mode\"",
      "x:2: field '[0]': the JSON ends in the middle"),
    Malformed("an object", "{}", "x: expected an array, found an object"),
    Malformed(
      "an unknown mode", "[\(entry(#""rawData": [[1]]"#, mode: "fast"))]",
      "x: field '[0].mode': not one of thrpt, avgt, sample and ss"),
    Malformed(
      "a word for a number", "[\(entry(#""rawData": [[1, "x"]]"#))]",
      "x: field '[0].primaryMetric.rawData[0][1]': expected a number, found a string"),
    Malformed(
      "negative", "[\(entry(#""rawData": [[1], [-1]]"#))]",
      "x: field '[0].primaryMetric.rawData[1][0]': negative: '-1.0'"),
    Malformed(
      "no list of forks", "[\(entry(#""rawData": [1]"#))]",
      "x: field '[0].primaryMetric.rawData[0]': expected an array, found a number"),
    Malformed(
      "a histogram of half samples", "[\(entry(#""rawDataHistogram": [[[[1, 0.5]]]]"#))]",
      "x: field '[0].primaryMetric.rawDataHistogram[0][0][0]': not a value and how often it was seen"
    ),
    Malformed(
      "the same twice", "[\(entry(#""rawData": [[1]]"#)), \(entry(#""rawData": [[2]]"#))]",
      "x: field '[1]': a second result of 'a mode=avgt'"),
  ]
}
