import Formats
import Foundation
import Measurements
import Testing

@Suite struct PerfTests {
  @Test func `a document gives its runs with their provenance`() throws {
    let reading = try Format.perf.read(fixture("perf/document.json"))
    let run = try #require(reading.records.first?.run)
    #expect(run.commit == String(repeating: "1", count: 40))
    #expect(run.environment?.labels == ["runner": "ubuntu-24.04"])
    #expect(reading.series.isEmpty)
    #expect(
      reading.measured.first?.rounds.map(\.samples) == [[10_922_992], [10_873_506, 10_881_207]])
  }

  @Test func `fields that this version does not know survive`() throws {
    let record = try #require(Format.perf.read(fixture("perf/document.json")).records.first)
    let text = String(decoding: record.json.line, as: UTF8.self)
    #expect(text.contains(#""weather":{"sky":"clear"}"#))
  }

  @Test func `runs may stand one per line`() throws {
    let reading = try Format.perf.read(fixture("perf/lines.jsonl"))
    #expect(reading.records.count == 2)
    #expect(reading.measured.map { $0.rounds.map(\.samples) } == [[[1], [2], [3]]])
  }

  @Test func `a single run needs no document`() throws {
    let run = #"{"version": 1, "suite": "s", "tool": "t", "series": [\#n\#(Self.series("[[1]]"))]}"#
    #expect(try Format.perf.read(.of(run)).records.map(\.run.suite) == ["s"])
  }

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .perf, on: malformed.text) == malformed.message)
  }

  private static func series(_ rounds: String) -> String {
    #"{"benchmark": "a", "metric": "m", "unit": "1", "better": "lower", "rounds": \#(rounds)}"#
  }

  private static func run(_ rounds: String) -> String {
    #"{"version": 1, "suite": "s", "tool": "t", "series": [\#(series(rounds))]}"#
  }

  static let cases = [
    Malformed(
      "a newer document", #"{"version": 2, "runs": {"new": "shape"}}"#,
      "x:1: field 'version': written by a newer version (2)"),
    Malformed(
      "a newer run", #"{"version": 1, "runs": [{"version": 7}]}"#,
      "x:1: field 'runs[0].version': written by a newer version (7)"),
    Malformed(
      "a newer line", run("[[1]]") + "\n" + #"{"version": 2}"#,
      "x:2: field 'version': written by a newer version (2)"),
    Malformed(
      "no version at all", #"{"version": 0, "runs": []}"#,
      "x:1: field 'version': unknown version (0)"),
    Malformed(
      "no runs", #"{"version": 1, "runs": []}"#, "x: holds no benchmark in format 'perf'"),
    Malformed(
      "no series", #"{"version": 1, "suite": "s", "tool": "t", "series": []}"#,
      "x: holds no benchmark in format 'perf'"),
    Malformed(
      "no samples", run("[[1], []]"), "x:1: field 'series[0].rounds[1]': a round without samples"),
    Malformed("no rounds", run("[]"), "x:1: field 'series[0].rounds': a series without rounds"),
    Malformed(
      "a sample that is null", run("[[1, null]]"),
      "x:1: field 'series[0].rounds[0][1]': expected a number, found null"),
    Malformed(
      "not a number", run("[[1], [NaN]]"),
      "x:1: field 'series[0].rounds[1][0]': expected a number, found 'NaN'"),
    Malformed(
      "a broken line", run("[[1]]") + "\n" + run("[[1]]").dropLast(3),
      "x:2: field 'series': the JSON ends in the middle"),
    Malformed(
      "an unknown direction", run("[[1]]").replacing("lower", with: "up"),
      "x:1: field 'series[0].better': 'up' is neither lower nor higher"),
    Malformed(
      "a time of another form",
      run("[[1]]").replacing(#""suite""#, with: #""recordedAt": "today", "suite""#),
      "x:1: field 'recordedAt': 'today' is not a time like 2026-11-20T05:20:42Z"),
    Malformed("not JSON", "hello", "x:1: expected an object, found 'hello'"),
  ]
}
