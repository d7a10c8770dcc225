import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A run is one canonical line")
struct LineTests {
  @Test("keys are sorted, nothing is spaced or escaped without need, and one newline ends it")
  func canonical() throws {
    let line = try RunLine(Run(of: nil, value: 10_922_992, machine: nil, session: "s/1"))
    #expect(
      line.text == """
        {"recordedAt":"2026-01-01T00:00:00Z","series":[{"benchmark":"parse/large","better":"lower",\
        "labels":{"size":"1MB"},"metric":"wall_time","rounds":[[10922992,10922992.5]],\
        "source":"test","unit":"ns"}],"session":"s/1","suite":"default","tool":"test","version":1}

        """)
  }

  @Test(
    "numbers are the shortest that read back the same",
    arguments: [
      (0.1, "0.1"), (100, "100"), (1e15, "1000000000000000"), (1 / 3.0, "0.3333333333333333"),
      (9_007_199_254_740_991, "9007199254740991"), (-2.5, "-2.5"),
    ] as [(Double, String)])
  func numbers(number: Double, text: String) throws {
    let line = try RunLine(Self.run([number]))
    #expect(line.text.contains("\"rounds\":[[\(text)]]"))
  }

  @Test(
    "numbers at the ends of their range read back the same",
    arguments: [.leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 1e21, 2.5e-7])
  func extremes(number: Double) throws {
    let line = try RunLine(Self.run([number]))
    #expect(try RunRecord(json: line.text).run.firstValue == number)
  }

  @Test("whatever a name holds, the line stays one line and reads back the same")
  func names() throws {
    let name = "a\nb\r\u{0}\t\"\\/ü\u{2028}😀\u{7f}"
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: name, environment: nil,
      series: [])
    let line = RunLine(run)
    #expect(line.bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    #expect(line.text.contains("ü\u{2028}😀"))
    #expect(try RunRecord(json: line.text).run.tool == name)
  }

  @Test("the same run is the same line, whichever way its text came")
  func sameLine() throws {
    let run = try Run(of: nil)
    #expect(try RunLine(RunRecord(run)) == RunLine(run))
    let spaced = RunLine(run).text.replacing(",", with: " ,\n ")
    #expect(try RunLine(RunRecord(json: spaced)) == RunLine(run))
  }

  @Test("the id is git's blob id of the line with its newline")
  func identity() throws {
    let project = try Project()
    let line = try RunLine(Run(of: nil))
    try project.repository.directory.write("line", line.text)
    #expect(try project.repository.git("hash-object", "line") == line.id().description)
    #expect(try StoredRun(RunRecord(json: line.text)).id == line.id())
  }

  @Test("fields that are not known here survive, at the top, in a series and in the environment")
  func unknownFields() throws {
    let project = try Project()
    let commit = try project.commit("first")
    let record = try RunRecord(
      json: """
        {"version": 1, "suite": "default", "tool": "x", "ci": {"url": "https://a/b", "id": 7},
         "flags": [true, null, 1.5], "commit": "\(commit.id)", "tree": "\(commit.tree)",
         "environment": {"key": "k", "cpu": "c", "cores": 2, "memory": 1, "os": "o",
                         "kernel": "k", "arch": "a", "labels": {}, "governor": "performance"},
         "series": [{"benchmark": "b", "metric": "m", "unit": "ns", "better": "lower",
                     "rounds": [[1.0]], "quantiles": [0.25, 1e3]}]}
        """)
    try project.store([RunLine(record)], of: commit)
    #expect(
      try project.show("HEAD") == """
        {"ci":{"id":7,"url":"https://a/b"},"commit":"\(commit.id)","environment":{"arch":"a",\
        "cores":2,"cpu":"c","governor":"performance","kernel":"k","key":"k","labels":{},\
        "memory":1,"os":"o"},"flags":[true,null,1.5],"series":[{"benchmark":"b",\
        "better":"lower","metric":"m","quantiles":[0.25,1000],"rounds":[[1]],"unit":"ns"}],\
        "suite":"default","tool":"x","tree":"\(commit.tree)","version":1}
        """)
  }

  private static func run(_ samples: [Double]) throws -> Run {
    Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "t", environment: nil,
      series: [
        Series(
          benchmark: Benchmark(name: "b"), metric: .wallTime, rounds: [try Round(samples)],
          source: "s")
      ])
  }
}
