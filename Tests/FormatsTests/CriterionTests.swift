import Formats
import Foundation
import Measurements
import Testing

@Suite("The directory of criterion")
struct CriterionTests {
  @Test("the latest run of each benchmark is one round, each sample over its iterations")
  func latest() throws {
    let reading = try Format.criterion.read(fixture("criterion/v0.3.6"))
    let fib = try #require(reading.samples("fib 10")?.first)
    // 6663941 ns over 26636 iterations, 11302994 over 53272, 20206039 over 79908.
    #expect(fib.count == 10)
    #expect(fib.prefix(3) == [250.18550082594984, 212.1751389097462, 252.86628372628522])
    #expect(reading.samples("copy/4 KiB")?.first?.first == 153.41310077002768)
    #expect(reading.samples("sort/unstable/512")?.first?.first == 6206.8421052631575)
    #expect(reading.series.count == 4 && reading.series.allSatisfy { $0.rounds.count == 1 })
    #expect(reading.series.allSatisfy { $0.metric == .wallTime && !$0.isSummary })
  }

  @Test("other baselines are skipped with account")
  func baselines() throws {
    let importSummary = try #require(
      Format.criterion.read(fixture("criterion/v0.3.6")).importSummaries.first)
    #expect(
      importSummary.skipped.map(\.reason) == [
        "baseline 'base' beside 'new'", "baseline 'main' beside 'new'",
      ])
    #expect(importSummary.skipped.map(\.count) == [4, 4])
  }

  @Test("samples without names, as they once were, are read")
  func old() throws {
    let reading = try Format.criterion.read(fixture("criterion/v0.2"))
    let samples = try #require(reading.samples("Fibonacci/Iterative")?.first)
    #expect(samples.count == 100)
    #expect(samples.prefix(2) == [5.385430691225759, 4.423405616507682])
    #expect(reading.series.count == 1)
  }

  @Test("a single baseline is read with a warning, and one's own folder without")
  func single() throws {
    let folder = try Folder()
    try folder.write("a/main", times: "[10, 30]")
    let reading = try Format.criterion.read(folder.input())
    #expect(reading.samples("a") == [[10, 15]])
    #expect(reading.parseNotes.map(\.weight) == [.warning])
    #expect(reading.parseNotes.first?.description.contains("baseline 'main' is read") == true)
    #expect(try Format.criterion.read(folder.input("/a")).samples("a") == [[10, 15]])
    let own = try Format.criterion.read(folder.input("/a/main"))
    #expect(own.samples("a") == [[10, 15]] && own.parseNotes.isEmpty)
  }

  @Test("several baselines and no latest run are an error that names them")
  func ambiguous() throws {
    let folder = try Folder()
    try folder.write("a/main", times: "[10, 30]")
    try folder.write("a/dev", times: "[10, 30]")
    let error = #expect(throws: InputError.self) { try Format.criterion.read(folder.input()) }
    #expect(
      error?.description.contains("'a': holds the baselines dev, main, and no latest run") == true)
    #expect(error?.hint?.contains("name the folder of one of them") == true)
  }

  @Test("the table beside a sample says what was measured, if not time")
  func unit() throws {
    let folder = try Folder()
    try folder.write("a/new", times: "[10, 30]")
    try folder.write("a/new/raw.csv", text: "sample_measured_value,unit\n10,cycles\n")
    #expect(try Format.criterion.read(folder.input()).samples("a", "cycles") == [[10, 15]])
  }

  @Test(
    "what is wrong is named",
    arguments: [
      ("[10]", "1 measurements over 2 iteration counts"),
      ("[10, \"x\"]", "expected a number, found a string"),
      ("[10, -1]", "negative: -1.0"), ("[10", "expected ',' or ']', found '}'"),
      ("[10, NaN]", "not a finite number"),
    ])
  func wrong(times: String, message: String) throws {
    let folder = try Folder()
    try folder.write("a/new", times: times)
    let error = #expect(throws: InputError.self) { try Format.criterion.read(folder.input()) }
    #expect(error?.description.contains(message) == true, "\(error as Any)")
  }

  @Test("other directories are not taken for it")
  func others() throws {
    let folder = try Folder()
    try folder.write("a/new/sample.json", text: "{}")
    #expect(throws: InputError.self) { try Format.detect(folder.input()) }
    #expect(failure(of: .criterion, on: "{}") == "x: is a file, not a directory")
  }

  /// A directory as criterion leaves one; it goes when this does.
  private final class Folder {
    private let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appending(path: "criterion-\(UUID())")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ folder: String, times: String) throws {
      try write("\(folder)/benchmark.json", text: #"{"full_id": "a"}"#)
      try write("\(folder)/sample.json", text: #"{"iters": [1, 2], "times": \#(times)}"#)
    }

    func write(_ path: String, text: String) throws {
      let file = url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func input(_ path: String = "") throws -> Input { try Input(path: url.path + path, name: "x") }
  }
}

@Suite("Messages of cargo-criterion")
struct CargoCriterionTests {
  @Test("each benchmark is one round, in the unit of its message")
  func messages() throws {
    let reading = try Format.cargoCriterion.read(fixture("cargo-criterion/book.json"))
    // 124200 / 30, 248100 / 60, 371700 / 90
    #expect(reading.samples("norm") == [[4140, 4135, 4130]])
    #expect(reading.samples("count/64", "cycles") == [[256, 258]])
    #expect(reading.series.count == 2)
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["message 'group-complete'"])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .cargoCriterion, on: malformed.text) == malformed.message)
  }

  private static func message(_ counts: String, _ values: String) -> String {
    #"{"reason": "benchmark-complete", "id": "a", "iteration_count": \#(counts), "#
      + #""measured_values": \#(values), "unit": "ns"}"#
  }

  static let cases = [
    Malformed(
      "cut off", message("[1]", "[1]") + "\r\n{\"reason\": ",
      "x:2: field 'reason': the JSON ends in the middle"),
    Malformed(
      "no benchmark", #"{"reason": "group-complete"}"#,
      "x: holds no benchmark in format 'cargo-criterion'"),
    Malformed(
      "a missing value", message("[1, 2]", "[1]"),
      "x:1: field 'measured_values': 1 measurements over 2 iteration counts"),
    Malformed(
      "no iteration", message("[0]", "[1]"),
      "x:1: field 'measured_values': a sample without iterations"),
    Malformed(
      "no sample", message("[]", "[]"),
      "x:1: field 'measured_values': 'a' has a round without samples"),
    Malformed(
      "a word", message("[1]", #"["x"]"#),
      "x:1: field 'measured_values[0]': expected a number, found a string"),
    Malformed(
      "one name for two", message("[1]", "[1]") + "\n" + message("[1]", "[1]"),
      "x:2: field 'measured_values': 'a' has a second value of 'wall_time'"),
  ]
}

@Suite("The table of criterion")
struct CriterionCSVTests {
  @Test("the rows of a benchmark are the samples of one round")
  func rows() throws {
    let reading = try Format.criterionCSV.read(fixture("criterion-csv/v0.3.6.csv"))
    let samples = try #require(reading.samples("copy/4 KiB")?.first)
    #expect(samples.count == 10)
    #expect(samples.prefix(2) == [153.41310077002768, 72.49467160227555])
  }

  @Test("the columns of before are read")
  func old() throws {
    let reading = try Format.criterionCSV.read(
      fixture("criterion-csv/Fibonacci_Iterative_new_raw.csv"))
    let samples = try #require(reading.samples("Fibonacci/Iterative")?.first)
    #expect(samples.count == 100 && samples.prefix(2) == [5.385430691225759, 4.423405616507682])
  }

  @Test("several benchmarks may follow one another, in units of their own")
  func several() throws {
    let text = Self.header + "a,,1,,,10.0,ns,5\r\na,,1,,,30.0,ns,10\r\nb,f,,,,8.0,cycles,4\r\n"
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a/1") == [[2, 3]])
    #expect(reading.samples("b/f", "cycles") == [[2]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .criterionCSV, on: malformed.text) == malformed.message)
  }

  private static let header =
    "group,function,value,throughput_num,throughput_type,sample_measured_value,unit,iteration_count\r\n"

  static let cases = [
    Malformed("no row", header, "x: holds no benchmark in format 'criterion-csv'"),
    Malformed("cut off", header + "a,,,,,10.0", "x:2: 6 cells under 8 names: 'a,,,,,10.0'"),
    Malformed(
      "cut off in its last number", header + "a,,,,,10.0,ns,16", "x: the last line has no end"),
    Malformed(
      "a word", header + "a,,,,,x,ns,1\n", "x:2: 'sample_measured_value' is no finite number: 'x'"),
    Malformed(
      "not a number", header + "a,,,,,nan,ns,1\n",
      "x:2: 'sample_measured_value' is no finite number: 'nan'"),
    Malformed("negative", header + "a,,,,,-1,ns,1\n", "x:2: negative: -1.0: 'a,,,,,-1,ns,1'"),
    Malformed(
      "no iteration", header + "a,,,,,1,ns,0\n", "x:2: a sample without iterations: 'a,,,,,1,ns,0'"),
    Malformed(
      "a benchmark that comes again", header + "a,,,,,1,ns,1\nb,,,,,1,ns,1\na,,,,,1,ns,1\n",
      "x:4: 'a' has a second value of 'wall_time': 'a,,,,,1,ns,1'"),
  ]
}
