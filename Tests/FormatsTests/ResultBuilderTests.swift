import Foundation
import Measurements
import Testing

@testable import Formats
@testable import System

@Suite("What a format finds is collected and accounted for")
struct ResultBuilderTests {
  private let benchmark = Benchmark(name: "b", labels: ["size": "1"])

  @Test("numbers become base units, rounds stay apart, and the account says how")
  func adds() throws {
    var builder = ResultBuilder(.of(""), as: "tool")
    try builder.add([1, 2], to: benchmark, "wall_time", in: "ms", at: .field("a[0]"))
    try builder.add([3], to: benchmark, "wall_time", in: "ms", at: .field("a[1]"))
    try builder.add([5], to: benchmark, "speed", in: "MB/s", at: .field("b"))
    try builder.add(
      [7], to: benchmark, "score", in: "1", better: DirectionSource(.higher, by: "mode thrpt"),
      isExact: true, isSummary: true, at: .field("c"))
    builder.skip("aggregate (mean)", at: .field("d[3]"))
    builder.skip("aggregate (mean)", at: .field("d[4]"))
    builder.fail(Benchmark(name: "bad"), "boom")
    let reading = builder.reading()
    #expect(reading.samples("b size=1") == [[1e6, 2e6], [3e6]])
    #expect(reading.metric("speed") == Metric("speed", .bytesPerSecond, better: .higher))
    #expect(reading.metric("score") == Metric("score", .one, better: .higher, exact: true))
    #expect(reading.series.map(\.isSummary) == [false, false, true])
    let importSummary = try #require(reading.importSummaries.first)
    let counts: [Int] = [
      importSummary.benchmarks, importSummary.series, importSummary.rounds, importSummary.samples,
    ]
    #expect(counts == [1, 3, 4, 5])
    #expect(importSummary.failures == 1)
    #expect(
      importSummary.skipped
        == [ImportSummary.Skipped(reason: "aggregate (mean)", count: 2, first: "x: field 'd[3]'")])
    #expect(importSummary.metrics.map(\.better.origin) == ["its unit", "its unit", "mode thrpt"])
    #expect(importSummary.metrics.map(\.written) == ["ms", "MB/s", "1"])
  }

  @Test(
    "what is no finite number is an error with its place",
    arguments: [[], [Double.nan], [.infinity]])
  func refuses(samples: [Double]) {
    var builder = ResultBuilder(.of(""), as: "tool")
    let error = #expect(throws: InputError.self) {
      try builder.add(samples, to: benchmark, "wall_time", in: "s", at: .field("a[0]"))
    }
    #expect(error?.description.hasPrefix("x: field 'a[0]': 'b size=1' has a ") == true)
  }

  @Test("what is not understood is an error, or a warning where that is asked for")
  func rejects() throws {
    var strict = ResultBuilder(.of(""), as: "tool")
    #expect(throws: InputError.self) {
      try strict.reject("not a result", at: .line(Line(number: 3, text: "a 1")))
    }
    var input = Input.of("")
    input.isLenient = true
    var lenient = ResultBuilder(input, as: "tool")
    try lenient.reject("not a result", at: .line(Line(number: 3, text: "a 1")))
    #expect(
      lenient.reading().parseNotes == [ParseNote(.warning, "x:3: not a result: 'a 1', passed over")]
    )
  }
}

@Suite("A row that is not understood")
struct RowReaderTests {
  static let texts = [
    (
      "pyperf",
      #"{"version": "1.0", "benchmarks": ["#
        + #"{"metadata": {"name": "a"}, "runs": [{"values": [1]}]}, "#
        + #"{"metadata": {"name": "b"}, "runs": [{"values": [1]}, {"values": ["x"]}]}]}"#
    ),
    (
      "jmh",
      #"[{"benchmark": "a", "mode": "avgt", "#
        + #""primaryMetric": {"scoreUnit": "ns/op", "rawData": [[1]]}}, "#
        + #"{"benchmark": "b", "mode": "avgt", "#
        + #""primaryMetric": {"scoreUnit": "ns/op", "rawData": [[1], ["x"]]}}]"#
    ),
    (
      "benchmarkdotnet",
      #"{"HostEnvironmentInfo": {}, "Benchmarks": ["#
        + #"{"FullName": "a", "Statistics": {"Mean": 1}}, "#
        + #"{"FullName": "b", "Statistics": {"Mean": 1}, "Metrics": [{}]}]}"#
    ),
    (
      "asv",
      #"{"result_columns": ["result", "params"], "results": "#
        + #"{"time_a": [[1], []], "time_b": [[1, "x"], [["1", "2"]]]}}"#
    ),
  ]

  @Test("is an error, and leniently passed over as a whole", arguments: texts)
  func passedOver(format: String, text: String) throws {
    let format = try #require(Format.named(format))
    #expect(throws: InputError.self) { try format.read(.of(text)) }
    var input = Input.of(text)
    input.isLenient = true
    let reading = try format.read(input)
    #expect(reading.series.map { $0.benchmark.name.suffix(1) } == ["a"])
    #expect(reading.importSummaries.first?.samples == 1)
    let warnings = reading.parseNotes.filter { $0.weight == .warning }.map(\.description)
    #expect(warnings.count { $0.hasSuffix(", passed over") } == 1)
  }
}

@Suite("Ways to read a text")
struct ReadingToolsTests {
  @Test("a table has names above, and quotations as RFC 4180 has them")
  func table() throws {
    let table = try Input.of("a, b ,c\r\n1,\"x,\"\"y\"\"\nz\",3\n\n4,,6").table()
    #expect(table.columns == ["a", "b", "c"])
    #expect(table.rows.map(\.cells) == [["1", "x,\"y\"\nz", "3"], ["4", "", "6"]])
    #expect(table.rows.map(\.line) == [2, 5])
    #expect(table.rows[1]["b"] == nil && table.rows[1]["nowhere"] == nil)
    #expect(try table.rows[1].number("c") == 6)
    #expect(Input.of("a;b\n1;2").columns(separator: ";") == ["a", "b"])
  }

  @Test(
    "a table that is none is an error with its line",
    arguments: [
      ("a,b\n1", "x:2: 1 cells under 2 names: '1'"),
      ("a,b\n1,\"2", "x:2: a quotation mark without its second one"),
      ("a,b\n\n1,2,3\n", "x:3: 3 cells under 2 names: '1,2,3'"),
    ])
  func brokenTable(text: String, message: String) {
    let error = #expect(throws: InputError.self) { try Input.of(text).table() }
    #expect(error?.description == message)
  }

  private func events(_ text: String) throws -> [XMLReader.Event] {
    var reader = try XMLReader(.of(text))
    var events: [XMLReader.Event] = []
    while let event = try reader.next() { events.append(event) }
    return events
  }

  @Test("XML is read with its attributes, text, references and sections")
  func xml() throws {
    let text = """
      <?xml version="1.0"?><!-- a <b> -->
      <a x='1' y="&lt;&#65;&#x42;&amp;"><b/> t &gt; <![CDATA[<raw>]]></a>
      """
    #expect(
      try events(text) == [
        .start("a", ["x": "1", "y": "<AB&"]), .start("b", [:]), .end("b"), .text(" t > "),
        .text("<raw>"), .end("a"),
      ])
  }

  @Test(
    "XML that is none is an error with its line",
    arguments: [
      ("<a>\n<b></a>", "x:2: </a> without its start"), ("<a>", "x:1: the XML ends inside of <a>"),
      ("<a b>", "x:1: no value for attribute 'b'"), ("<a>&x;</a>", "x:1: '&' without"),
      ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "x:1: a document type definition"),
      ("<a b=\"", "x:1: the XML ends inside of a value"), ("<a><!-- ", "x:1: the XML ends before"),
      (String(repeating: "<a>", count: 10_000), "x:1: nested too deeply"),
    ])
  func brokenXML(text: String, message: String) {
    let error = #expect(throws: InputError.self) { try events(text) }
    #expect(error?.description.hasPrefix(message) == true, "\(error as Any)")
  }

  @Test("a JSON value knows where it stands")
  func json() throws {
    let node = try Input.of(#"{"a": [{"b": 1.5, "c": null, "n": NaN}, {"d": "x"}]}"#).jsonNode()
    let elements = try node.member("a").elements()
    #expect(try elements[0].member("b").number() == 1.5)
    #expect(elements[0]["c"] == nil && elements[1]["b"] == nil)
    #expect(try elements[0].member("n").numberIfFinite() == nil)
    func message(_ body: () throws -> Void) -> String? {
      (#expect(throws: InputError.self) { try body() })?.description
    }
    #expect(message { _ = try elements[1].member("b") } == "x: field 'a[1].b': is missing")
    #expect(
      message { _ = try elements[1].member("d").number() }
        == "x: field 'a[1].d': expected a number, found a string")
    #expect(
      message { _ = try elements[0].member("n").number() }
        == "x: field 'a[0].n': not a finite number")
  }

  @Test("what gzip packed is unpacked, up to a limit, and what is broken is told")
  func gzip() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gz-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = String(repeating: "BenchmarkA 1 2 ns/op\n", count: 1000)
    let file = folder.appending(path: "x.txt")
    try Data(text.utf8).write(to: file)
    let gzip = try Launch(
      Command("gzip", ["x.txt"]),
      in: Surroundings(directory: folder.path, environment: ["PATH": "/usr/bin:/bin"]))
    #expect(try gzip.run().ending == .exited(0))
    let path = file.path + ".gz"
    #expect(try Input(path: path).bytes == Array(text.utf8))
    let small = #expect(throws: InputError.self) { try Input(path: path, name: "x", limit: 4096) }
    #expect(small?.description == "x: larger than 4096 bytes")
    #expect(small?.hint?.contains("--max-size") == true)
    let packed = try Data(contentsOf: URL(filePath: path))
    try packed.prefix(packed.count - 9).write(to: URL(filePath: path))
    let cut = #expect(throws: InputError.self) { try Input(path: path, name: "x") }
    #expect(cut?.description == "x: packed by gzip, and cannot be unpacked")
  }
}
