import Foundation
import TestSupport
import Testing

/// A line of configuration, how `parse` changed from 100 ms, and what the gate says.
struct SeverityGateCase: CustomTestStringConvertible {
  let text: String
  let milliseconds: Double
  let status: Int32
  let says: String
  var options: [String] = []
  var testDescription: String {
    "\(text.replacingOccurrences(of: "\n", with: " | ")) \(milliseconds)"
  }

  static let all = [
    SeverityGateCase(
      text: "[gate]\nregression = warn\n", milliseconds: 200, status: 0, says: "fails nothing here"),
    SeverityGateCase(
      text: "[benchmark \"p*\"]\nregression = warn\n", milliseconds: 200, status: 0,
      says: "fails nothing here"),
    SeverityGateCase(
      text: "[metric \"wall_time\"]\nregression = ignore\n", milliseconds: 200, status: 0,
      says: "1 regression"),
    SeverityGateCase(
      text:
        "[metric \"wall_time\"]\nregression = ignore\n[benchmark \"parse\"]\nregression = fail\n",
      milliseconds: 200, status: 1, says: "regression"),
    SeverityGateCase(
      text: "[metric \"wall_time\"]\nimprovement = fail\n", milliseconds: 50, status: 1,
      says: "no change is wanted here"),
    SeverityGateCase(
      text: "[gate]\nimprovement = fail\n", milliseconds: 100, status: 0, says: "unchanged"),
    SeverityGateCase(
      text: "[gate]\nthreshold = 0%\n", milliseconds: 103, status: 1, says: "threshold ±0 %",
      options: ["--alpha", "0.2"]),
    SeverityGateCase(
      text: "[gate]\nthreshold = 150%\n", milliseconds: 240, status: 0, says: "threshold ±150 %"),
    SeverityGateCase(
      text: "", milliseconds: 240, status: 0, says: "threshold ±150 %",
      options: ["--threshold", "150%"]),
    SeverityGateCase(
      text: "[gate]\nthreshold = 150%\n", milliseconds: 260, status: 1, says: "regression"),
  ]
}

@Suite("What a gate makes of a change is said in the configuration")
struct SeverityGateTests {
  private func project(_ text: String, _ milliseconds: Double, rounds: Int = 10) throws -> Project {
    let project = try Project()
    try project.repository.directory.write(".perfconfig", text)
    try project.repository.git("add", ".")
    try project.repository.commit("rules")
    try project.record(milliseconds: 100, rounds: rounds)
    try project.leaveMain()
    try project.record(milliseconds: milliseconds, rounds: rounds)
    return project
  }

  @Test("for all, for a benchmark, for a metric", arguments: SeverityGateCase.all)
  func response(_ example: SeverityGateCase) throws {
    let project = try project(example.text, example.milliseconds)
    let result = try project.run("perf-gate", example.options)
    #expect(result.status == example.status, "\(result.out)\(result.err)")
    #expect((result.out + result.err).contains(example.says), "\(result.out)\(result.err)")
  }

  @Test("an unexpected improvement is called what it is on the last line")
  func improvement() throws {
    let project = try project("[gate]\nimprovement = fail\n", 50)
    let result = try project.run("perf-gate")
    #expect(
      result.err.hasSuffix("perf-gate: unexpected improvement: 1 improvement\n"), "\(result.err)")
    let json = try project.run("perf-gate", "--report", "json")
    #expect(json.out.contains(#""outcome": "improvement""#), "\(json.out)")
  }

  @Test("--strict alone fails what is undecided, with a size what leaves room for that much")
  func strict() throws {
    // Two launches a side decide nothing; they differ by 4 % at most.
    let project = try project("", 100, rounds: 2)
    func status(_ options: String...) throws -> Int32 {
      try project.run("perf-gate", options).status
    }
    #expect(try status() == 0)
    #expect(try status("--strict") == 6)
    #expect(try status("--strict", "HEAD") == 6)
    // No row is decided.
    #expect(try status("--strict=50%") == 6)
    for revision in ["main", "topic"] {
      try project.record("same", milliseconds: 7, rounds: 10, "--commit", revision)
    }
    #expect(try status("--strict") == 6)
    #expect(try status("--strict=50%") == 0)
    #expect(try status("--strict=1%") == 6)
    #expect(try status("--strict=warn") == 0)
    #expect(try status("--strict=maybe") == 2)
    try project.repository.git("config", "perf.gate.inconclusive", "50%")
    #expect(try status() == 0)
    #expect(try status("--strict") == 6)
    try project.repository.git("config", "perf.gate.inconclusive", "1%")
    #expect(try status() == 6)
    #expect(try status("--strict=warn") == 0)
  }
}
