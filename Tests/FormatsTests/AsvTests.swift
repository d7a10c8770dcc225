import Formats
import Foundation
import Measurements
import TestSupport
import Testing

@Suite("asv: the samples of a benchmark are one round, for each combination of parameters")
struct AsvTests {
  private let sort = "lists.Lists.time_sort"

  @Test("samples are in nanoseconds for one call, under parameters by benchmarks.json")
  func samples() throws {
    let reading = try Format.asv.read(fixture("asv/samples.json"))
    #expect(
      reading.samples("\(sort) kind='up' size=10") == [
        [
          1.9252502170274965e-06 * 1e9, 7.734997780062258e-07 * 1e9, 4.604989953804761e-07 * 1e9,
        ]
      ])
    #expect(reading.samples("\(sort) kind='up' size=1000")?[0].last == 3.4152499210904352e-06 * 1e9)
    #expect(reading.samples("lists.mem_list", "memory") == [[856]])
    #expect(reading.samples("lists.peakmem_list", "max_rss") == [[24_780_800]])
    #expect(reading.samples("lists.track_hits", "value") == [[12.5]])
    #expect(reading.metric("value") == Metric("value", Unit("hits"), better: .higher))
    #expect(reading.series.filter { !$0.isSummary }.map(\.benchmark.name) == [sort, sort])
    #expect(reading.context["machine"] == "somewhere" && reading.context["python"] == "3.11")
  }

  @Test("null failed, and NaN was skipped")
  func failures() throws {
    let reading = try Format.asv.read(fixture("asv/samples.json"))
    #expect(
      reading.failures.map { $0.benchmark.map { "\($0)" } } == [
        "\(sort) kind='down' size=10", "lists.time_broken",
      ])
    #expect(
      reading.skipped == [
        "skipped by asv, which writes NaN then: 1, "
          + "first samples.json: field 'results.\(sort)[0][3]'"
      ])
  }

  @Test("without samples the result is a summary")
  func summary() throws {
    let reading = try Format.asv.read(fixture("asv/summary.json"))
    #expect(reading.samples("\(sort) kind='up' size=10") == [[7.734997780062258e-07 * 1e9]])
    #expect(reading.series.count == 5)
    #expect(reading.series.allSatisfy { $0.isSummary })
  }

  @Test("without benchmarks.json parameters are numbered and units are those of the kind")
  func alone() throws {
    let file = try fixture("asv/summary.json")
    let reading = try Format.asv.read(Input(name: "x", bytes: file.bytes))
    #expect(
      reading.samples("\(sort) param1=1000 param2='up'") == [[3.64274819730781e-06 * 1e9]])
    #expect(reading.samples("lists.peakmem_list", "max_rss") == [[24_780_800]])
    #expect(reading.metric("value") == Metric("value", .one, isGuessed: true))
    #expect(reading.parseNotes.map(\.weight) == [.warning])
  }

  @Test("a benchmarks.json that was named with it is used")
  func named() throws {
    var input = try Input(name: "x", bytes: fixture("asv/summary.json").bytes)
    let benchmarks = try Input(name: "y", bytes: fixture("asv/benchmarks.json").bytes)
    #expect(Format.explainsOthers(benchmarks) && !Format.explainsOthers(input))
    input.companions = [benchmarks]
    let reading = try Format.asv.read(input)
    #expect(reading.samples("\(sort) kind='up' size=1000") != nil)
    #expect(reading.parseNotes.map(\.description) == ["x: parameters and units are those of y"])
  }

  @Test("a folder is read where it holds the results of one commit and environment")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "asv-\(UUID())")
    let machine = folder.appending(path: "somewhere")
    try FileManager.default.createDirectory(at: machine, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ path: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: folder.appending(path: path))
    }
    try write("benchmarks.json", fixture("asv/benchmarks.json").bytes)
    try write("somewhere/machine.json", Array(#"{"machine": "somewhere", "version": 1}"#.utf8))
    let empty = #expect(throws: InputError.self) { try read(folder) }
    #expect(empty?.description == "x: holds 0 files of results, not one")
    try write("somewhere/a-py.json", fixture("asv/summary.json").bytes)
    // The names of parameters are those of the file one folder up.
    for path in [folder, machine] {
      #expect(try read(path).samples("\(sort) kind='up' size=1000") != nil)
    }
    try write("somewhere/b-py.json", fixture("asv/summary.json").bytes)
    let several = #expect(throws: InputError.self) { try read(folder) }
    #expect(several?.description == "x: holds 2 files of results, not one")
    #expect(
      several?.hint
        == "name the one that is meant, such as x/somewhere/a-py.json, or store all of them "
        + "with `--history`")
  }

  @Test("what explains a file may be no larger than a file may be")
  func limit() throws {
    let folder = try ScratchDirectory()
    let summary = try fixture("asv/summary.json").text()
    let padding = String(repeating: "\n", count: summary.utf8.count)
    let benchmarks = try fixture("asv/benchmarks.json").text() + padding
    try folder.write("summary.json", summary)
    try folder.write("benchmarks.json", benchmarks)
    func read(limit: Int) throws -> ParsedResults {
      try Format.asv.read(Input(path: "\(folder.path)/summary.json", limit: limit))
    }
    let size = benchmarks.utf8.count
    #expect(try read(limit: size).samples("\(sort) kind='up' size=1000") != nil)
    let error = #expect(throws: InputError.self) { try read(limit: size - 1) }
    #expect(
      error?.description == "\(folder.path)/benchmarks.json: larger than \(size - 1) bytes")
  }

  private func read(_ folder: URL) throws -> ParsedResults {
    let input = try Input(path: folder.path, name: "x")
    return try Format.detect(input).read(input)
  }

  @Test("version 1 is read too")
  func version1() throws {
    let reading = try Format.asv.read(fixture("asv/version1.json"))
    #expect(reading.samples("old.time_plain") == [[2.5e8]])
    #expect(reading.samples("old.time_sampled") == [[5e8, 2.5e8, 7.5e8]])
    #expect(reading.samples("old.time_sizes param1=1") == [[1.25e8, 5e8]])
    #expect(reading.series.map(\.isSummary) == [true, false, false])
    #expect(reading.failures.map { $0.benchmark?.name } == ["old.time_none"])
  }

  @Test("all combinations of a benchmark that failed as a whole are failures")
  func allFailed() throws {
    let text = Self.file(#""time_a": [null, [["1", "2"], ["x"]]]"#)
    let reading = try Format.asv.read(.of("\u{feff}" + text + "\r\n"))
    #expect(
      reading.failures.map { $0.benchmark.map { "\($0)" } } == [
        "time_a param1=1 param2=x", "time_a param1=2 param2=x",
      ])
  }

  private static func file(_ results: String) -> String {
    """
    {"commit_hash": "a", "params": {}, "result_columns": ["result", "params", "samples"],
    "results": {\(results)}}
    """
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .asv, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("no benchmark", file(""), "x: holds no benchmark in format 'asv'"),
    Malformed(
      "cut off", "{\"commit_hash\": \"a\",\n\"results\": {\"time_a\": [",
      "x:2: field 'results.time_a[0]': the JSON ends in the middle"),
    Malformed(
      "what explains results", #"{"a": {"param_names": [], "type": "time", "unit": "seconds"}}"#,
      "x: says what the benchmarks of asv are, and holds no results"),
    Malformed(
      "a word for a number", file(#""time_a": [["1"], []]"#),
      "x: field 'results.time_a[0][0]': expected a number, found a string"),
    Malformed(
      "infinite", file(#""time_a": [[-Infinity], []]"#),
      "x: field 'results.time_a[0][0]': not a finite number"),
    Malformed(
      "negative", file(#""time_a": [[1], [], [[1, -1]]]"#),
      "x: field 'results.time_a[2][0][1]': negative: '-1.0'"),
    Malformed(
      "more values than names", file(#""time_a": [[1], [], null, 1]"#),
      "x: field 'results.time_a': 4 values under 3 names"),
    Malformed(
      "more combinations than results", file(#""time_a": [[1], [["1", "2"]]]"#),
      "x: field 'results.time_a[0]': 1 results of 2 combinations of parameters"),
    Malformed(
      "too many combinations",
      file(
        #""time_a": [[1], ["#
          + Array(repeating: #"["1","2","3","4"]"#, count: 12).joined(separator: ",") + "]]"),
      "x: field 'results.time_a': more than 100,000 combinations of parameters"),
  ]
}
