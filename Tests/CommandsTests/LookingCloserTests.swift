import Foundation
import TestSupport
import Testing

@Suite("perf-gate looks closer")
struct LookingCloserTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
    try project.leaveMain()
    try project.record(milliseconds: 130)
  }

  @Test("--explain prints what the JSON report has, and the gate's status stays")
  func explain() throws {
    let text = try project.run("perf-gate", "--explain", "p*")
    #expect(text.status == 1)
    let json = try project.run("perf-gate", "--report", "json")
    let report = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    let series = try #require((report?["series"] as? [[String: Any]])?.first)
    let numbers = ["p", "pCorrected", "change", "superiority"].compactMap { series[$0] as? Double }
    #expect(numbers.count == 4)
    let shown = text.out.split { !"0123456789.e-".contains($0) }.compactMap { Double($0) }
    for number in numbers {
      // Foundation reads the last digit of some numbers otherwise.
      #expect(shown.contains { abs($0 - number) <= abs(number) * 1e-14 }, "\(number)")
    }
    let old = try #require(series["old"] as? [String: Any])
    let values = try #require(old["values"] as? [Double])
    #expect(values.count == 10)
    for value in values { #expect(text.out.contains("\(Int(value))")) }
    #expect(text.out.contains("merge-base with main (rule merge-base, 0 steps back)"))
    #expect(text.out.contains("rank 1 of 1"))
    #expect(text.out.contains("threshold   ±10 %, from the default"))
  }

  @Test("--explain says who set a threshold")
  func source() throws {
    func source(_ options: String...) throws -> String {
      let out = try project.run(
        "perf-gate", ["--rules", "worktree"] + ["--explain", "parse"] + options
      ).out
      let line = out.split(separator: "\n").first { $0.contains("threshold") }
      return String(line ?? "").replacingOccurrences(of: "  threshold   ", with: "")
    }
    #expect(try source("--threshold", "7%") == "±7 %, from --threshold")
    try project.repository.git("config", "perf.gate.threshold", "8%")
    #expect(try source() == "±8 %, from gate.threshold in git config")
    try project.repository.directory.write(
      ".perfconfig", "[metric \"wall_*\"]\nthreshold = 6%\nignoreBelow = 1ms\n")
    #expect(
      try source() == "±6 %, from [metric \"wall_*\"] in .perfconfig:2; ignored below 1ms, from "
        + "[metric \"wall_*\"] in .perfconfig:3")
  }

  @Test("--explain of what is not there is a usage error that lists what is")
  func unknown() throws {
    let result = try project.run("perf-gate", "--explain", "render")
    #expect(result.status == 2)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--explain", "p*", "--report", "json").status == 2)
  }

  @Test("--null-check compares a commit with itself, the same each time")
  func nullCheck() throws {
    let result = try project.run("perf-gate", "--null-check")
    #expect(result.status == 0)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--null-check").out == result.out)
  }

  @Test("--null-check compares the runs of a commit with each other")
  func runs() throws {
    try project.record(milliseconds: 150)
    let result = try project.run("perf-gate", "--null-check")
    #expect(result.out.contains("1 pair of runs"))
    #expect(result.out.contains("between runs: 1 false alarm in 1 comparisons (100.00 %)"))
  }

  @Test("--null-check of one run with few rounds says what is missing")
  func few() throws {
    try project.repository.commit("few")
    try project.record(milliseconds: 100, rounds: 5)
    let result = try project.run("perf-gate", "--null-check")
    #expect(result.status == 3)
    try expectGolden(result)
    #expect(try project.run("perf-gate", "--null-check", "--report", "json").status == 2)
  }
}

@Suite("What was not measured as before has a state of its own")
struct CoveragePolicyGateTests {
  let project: Project

  init() throws {
    project = try Project()
    let times = try Project.hyperfine(["parse": Project.times(100), "link": Project.times(50)])
    try project.run("perf-record", "--quiet", "--import", "-", input: times)
    try project.leaveMain()
  }

  @Test("a new name is suggested, and an alias settles it")
  func renamed() throws {
    let times = try Project.hyperfine(["parse": Project.times(100), "bind": Project.times(51)])
    try project.run("perf-record", "--quiet", "--import", "-", input: times)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 4)
    try project.repository.directory.write(".perfconfig", "[benchmark \"bind\"]\nalias = link\n")
    let settled = try project.run("perf-gate", "--rules", "worktree", "--verbose")
    #expect(settled.status == 0)
    try expectGolden(result, settled)
  }

  @Test("what a file reports as failed is judged as failed, and the rest as it is")
  func failed() throws {
    let results: [[String: Any]] = [
      [
        "command": "parse", "times": Project.times(100),
        "exit_codes": Array(repeating: 0, count: 10),
      ],
      ["command": "link", "times": [0.01], "exit_codes": [3]],
    ]
    let data = try JSONSerialization.data(withJSONObject: ["results": results])
    try project.repository.directory.write("try.json", String(decoding: data, as: UTF8.self))
    let result = try project.run("perf-gate", "try.json")
    #expect(result.status == 4)
    try expectGolden(result)
    try project.repository.git("config", "perf.gate.failed", "warn")
    #expect(try project.run("perf-gate", "try.json").status == 0)
  }

  @Test("what is left of less than a tenth is asked about, and fails where that is wanted")
  func collapsed() throws {
    let times = try Project.hyperfine(["parse": Project.times(5), "link": Project.times(50)])
    try project.run("perf-record", "--quiet", "--import", "-", input: times)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 0)
    try expectGolden(result)
    try project.repository.directory.write(".perfconfig", "[gate]\ncollapsed = fail\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 4)
    try project.repository.directory.write(
      ".perfconfig", "[gate]\ncollapsed = fail\n[benchmark \"parse\"]\ncollapsed = ignore\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
  }
}
