import Foundation
import TestSupport
import Testing

@Suite("How busy the machine was is kept with a run, and told where the sides differ")
struct ConditionsTests {
  @Test("of what was launched, and of no file")
  func kept() throws {
    let project = try Project()
    func run(_ arguments: [String], input: String = "") throws -> [String: Any] {
      try project.run("perf-record", ["-o", "out.json"] + arguments, input: input)
      let text = try project.repository.directory.read("out.json")
      let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return try #require((document?["runs"] as? [[String: Any]])?.first)
    }
    let launched = try run(["-r", "3", "--warmup", "1", "--", "true"])
    let conditions = try #require(launched["conditions"] as? [String: Any])
    #expect((conditions["load"] as? [Double])?.count == 2)
    #expect((conditions["roundLoads"] as? [Double])?.count == 3)
    let times = try Project.hyperfine(["p": Project.times(10)])
    #expect(try run(["--import", "-"], input: times)["conditions"] == nil)
  }

  @Test("of pairs, the same for both sides")
  func pairs() throws {
    let project = try PairedProject()
    let result = try project.record("-r", "2")
    #expect(result.status == 0, "\(result.err)")
    for revision in ["main", "HEAD"] {
      #expect(
        try project.repository.note(revision).contains(
          #""conditions":{"#))
    }
  }

  @Test("where the sides differ by half of the cores, the gate says so, and --explain names both")
  func told() throws {
    var day = try Day()
    try day.record(["parse": 100]) { $0["conditions"] = ["load": [1.5, 1.2]] }
    try day.branch()
    try day.record(["parse": 130]) {
      $0["conditions"] = ["load": [0.5, 8.6], "pressure": [0, 50.5], "steal": 0.1]
    }
    let words = "base at load 1.5, head at 8.6: what differs may be the machine's. "
    try day.gate(1, words + "Both at once: perf-gate --measure")
    let explained = try day.here.project.run("perf-gate", "--explain", "parse").out
    #expect(explained.contains("; at load 1.5\n"))
    #expect(explained.contains("; at load 8.6, CPU pressure 51 %, steal 10 %\n"))
    let report = try day.here.project.run("perf-gate", "--report", "json").out
    #expect(report.contains(#""load": 8.6"#) && report.contains(#""load": 1.5"#))
    try day.commit("calm")
    try day.record(["parse": 130]) { $0["conditions"] = ["load": [1.4, 1.9]] }
    try day.gate(1, never: "at load")
  }

  @Test("a load that rose during the rounds is told, as are pressure, steal and governor")
  func others() throws {
    var day = try Day()
    try day.record(["parse": 100]) {
      $0["conditions"] = [
        "load": [0.1, 0.1], "pressure": [1, 2], "steal": 0, "governor": "performance",
      ]
    }
    try day.branch()
    try day.record(["parse": 130]) {
      $0["conditions"] = [
        "load": [0.1, 0.2], "roundLoads": [0.1, 7.2, 0.3], "pressure": [40, 3], "steal": 0.12,
        "governor": "powersave", "clock": [8e8, 3e9],
      ]
    }
    try day.gate(
      1,
      "base at load 0.1, head at 7.2; base at CPU pressure 2 %, head at 40 %; base at steal 0 %, "
        + "head at 12 %; base at governor performance, head at powersave: what differs")
  }

  @Test("two recordings that disagree have their loads named")
  func disagreement() throws {
    var day = try Day()
    try day.record(100)
    try day.branch()
    for (milliseconds, load, time) in [
      (125.0, 8.6, "2026-11-28T18:02:00Z"), (101, 0.4, "2026-11-28T18:20:00Z"),
    ] {
      try day.record(["parse": milliseconds]) {
        $0["conditions"] = ["load": [load, load]]
        $0["recordedAt"] = time
      }
    }
    let result = try day.here.project.run("perf-gate")
    try expectGolden(result)
  }

  @Test(
    "conditions that are none are a line that cannot be read", arguments: ["[1]", "\"a\"", "7"])
  func malformed(load: String) throws {
    let project = try Project()
    try project.record(milliseconds: 10)
    let text = try project.repository.note()
    let broken = text.replacing(
      #""suite""#, with: #""conditions":{"load":\#(load)},"suite""#)
    try project.repository.git("notes", "--ref=perf", "add", "-f", "-m", broken, "HEAD")
    let result = try project.run("perf-gate")
    #expect(result.status == 4, "\(result.out)")
  }
}
