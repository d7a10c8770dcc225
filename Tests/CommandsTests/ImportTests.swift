import Foundation
import TestSupport
import Testing

@Suite("What perf-record --import says of a file")
struct ImportTests {
  let project: Project
  var directory: ScratchDirectory { project.repository.directory }

  init() throws { project = try Project() }

  private static let results = """
    Running 1s test
    BenchmarkA-2 10 100 ns/op
    BenchmarkA-2 10 101 ns/op
    BenchmarkB-2 10 7 ns/op 3 B/op
    PASS
    """

  private func read(_ options: String..., text: String = results) throws -> Subprocess {
    try directory.write("bench.txt", text)
    return try project.run(
      "perf-record", ["--import", "bench.txt", "--output", "x.json"] + options)
  }

  @Test("one line says how much was read, and nothing with --quiet")
  func account() throws {
    let result = try read()
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result)
    #expect(try read("--quiet").err == "")
  }

  @Test("with -v also what was skipped and why, units, and who says which direction is better")
  func details() throws {
    let csv = "benchmark,metric,unit,value,better\na,speed,MB/s,7,\na,score,1,3,higher\n"
    let result = try read("-v", text: csv)
    try expectGolden(result)
    #expect(
      try read("-v").err.contains(
        "  renamed 2: 'BenchmarkA-2' is 'A gomaxprocs=2' here, and so on\n"))
  }

  @Test(
    "a file that is too large is refused, until more is allowed; packed ones by what is in them")
  func size() throws {
    let small = try read("--max-size", "60")
    #expect(small.status == 4)
    #expect(try read("--max-size", "1KiB").status == 0)
    #expect(try read("--max-size", "3 apples").status == 2)
    let piped = try project.run(
      "perf-record", "--import", "-", "--output", "y.json", "--max-size", "60", input: Self.results)
    #expect(piped.status == 4)
    _ = try Subprocess.run("/usr/bin/env", ["gzip", "-f", "bench.txt"], in: directory.url)
    let packed = try project.run("perf-record", "--import", "bench.txt.gz", "--output", "z.json")
    #expect(packed.status == 0, "\(packed.err)")
    try expectGolden(small, packed)
  }

  @Test("what looks like a result and is none is an error, or with --lenient a warning")
  func lenient() throws {
    let csv = "benchmark,metric,unit,value\na,time,ms,7\nb,time,ms,many\n"
    let strict = try read(text: csv)
    #expect(strict.status == 4)
    let lenient = try read("--lenient", text: csv)
    #expect(lenient.status == 0, "\(lenient.err)")
    try expectGolden(strict, lenient)
  }

  @Test("what another tool wrote into the same file is told, where one was chosen")
  func mixed() throws {
    let text = Self.results + "\ntest parse ... bench:       1,000 ns/iter (+/- 3)\n"
    let several = try read(text: text)
    #expect(several.status == 4)
    let one = try read("--format", "go", text: text)
    #expect(one.status == 0)
    try expectGolden(several, one)
  }

  @Test(
    "also where JSON or XML stands behind text",
    arguments: [
      (#"{"results": [{"command": "a", "times": [1]}]}"#, "hyperfine"),
      ("<testsuite><testcase name=\"a\" time=\"1\"/></testsuite>", "junit"),
    ])
  func appended(_ other: String, _ name: String) throws {
    let several = try read(text: "\(Self.results)\n\(other)\n")
    #expect(several.status == 4)
    #expect(several.err.contains(name) && several.err.contains("could be any of"), "\(several.err)")
    let one = try read("--format", "go", text: "\(Self.results)\n\(other)\n")
    #expect(one.err.contains("has results of '\(name)', too"), "\(one.err)")
    // What a program logs is no result of a tool.
    #expect(try read(text: "\(Self.results)\n{\"level\": 1}\n[info]\n<b>\n").status == 0)
  }

  @Test("a folder without results says which ones are known")
  func folder() throws {
    try directory.write("notes/readme.txt", "hello")
    let result = try project.run("perf-record", "--import", "notes", "--output", "x.json")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  private static let fixtures = Programs.packageRoot.appending(path: "Tests/FormatsTests/Fixtures")
    .path(percentEncoded: false)

  /// Those that are known and hold nothing to keep.
  private static let empty: Set = ["asv/benchmarks.json", "google-benchmark/aggregates.json"]

  /// Every file that is one of a format, and the folders that are.
  private static func fixtures(of format: String) throws -> [String] {
    let folder = "\(fixtures)/\(format)"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { !empty.contains("\(format)/\($0)") }.map { "\(folder)/\($0)" }
  }

  private func series(_ file: String) throws -> String {
    let text = try directory.read(file)
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let runs = try #require(json?["runs"] as? [[String: Any]])
    let data = try JSONSerialization.data(
      withJSONObject: runs.map { [$0["series"], $0["failures"]] }, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    "what is read of any format, kept and read again, is the same",
    arguments: try FileManager.default.contentsOfDirectory(atPath: fixtures)
      .filter { !["make", "perf"].contains($0) }.sorted())
  func roundTrip(format: String) throws {
    for file in try Self.fixtures(of: format) {
      let first = try project.run("perf-record", "--import", file, "--output", "first.json")
      // With 4 it has failures, which are kept.
      #expect([0, 4].contains(first.status), "\(file): \(first.err)")
      try project.run("perf-record", "--import", "first.json", "--output", "second.json")
      #expect(try series("first.json") == series("second.json"), "\(file)")
      for name in ["first.json", "second.json"] {
        try FileManager.default.removeItem(atPath: "\(directory.path)/\(name)")
      }
    }
  }

  @Test("the formats are listed, each with what it carries")
  func formats() throws {
    let result = try project.run("perf-record", "--formats")
    #expect(result.status == 0)
    let more = try project.run("perf-record", "--formats", "--import", "bench.txt")
    #expect(more.status == 2)
    let unknown = try project.run("perf-record", "--format", "hyperfin", "--import", "bench.txt")
    #expect(unknown.status == 2)
    let foreign = try project.run("perf-record", "--format", "xyz", "--import", "bench.txt")
    try expectGolden(result, more, unknown, foreign)
  }

  @Test("what is about files says so where none is read")
  func noFile() throws {
    try expectGolden(
      [["--lenient"], ["--max-size", "1"]].map {
        try project.run("perf-record", $0 + ["--", "true"])
      })
  }
}
