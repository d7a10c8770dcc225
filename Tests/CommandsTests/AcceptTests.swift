import Foundation
import TestSupport
import Testing

@Suite("A regression is accepted with a waiver in .perfconfig")
struct AcceptTests {
  let project: Project

  /// `parse` went from 100 ms to 128 ms.
  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
    try project.leaveMain()
    try project.record(milliseconds: 128)
  }

  private func accept(_ pattern: String, _ options: String...) throws -> Subprocess {
    try project.run(
      "perf-gate",
      ["--rules", "worktree"] + ["--accept", pattern, "--reason", "safer parser"] + options)
  }

  private var file: String {
    get throws { try project.repository.directory.read(".perfconfig") }
  }

  /// As git itself reads the file.
  private func value(_ key: String) throws -> String {
    try project.repository.git("config", "-f", ".perfconfig", key)
  }

  @Test("what changed from zero has no ceiling, and is named")
  func fromZero() throws {
    for (commit, value) in [("HEAD~1", 0), ("HEAD", 7)] {
      let rows = (1...6).map { "parse,misses,1,\(value + $0 % 2 * value),\($0)" }
      let csv = (["benchmark,metric,unit,value,round"] + rows).joined(separator: "\n") + "\n"
      let result = try project.run(
        "perf-record", "--import", "-", "--commit", commit, input: csv)
      #expect(result.status == 0, "\(result.err)")
    }
    let result = try accept("parse")
    #expect(result.status == 2)
    #expect(result.err.contains("error: misses of 'parse' changed from zero"), "\(result.err)")
    #expect(throws: (any Error).self) { try file }
  }

  @Test("as narrow as the regression: its metric, the next 5 %, and 90 days")
  func narrow() throws {
    let result = try accept("parse")
    #expect(result.status == 0)
    try expectGolden(result)
    #expect(try value("waiver.parse.metric") == "wall_time")
    #expect(try value("waiver.parse.ceiling") == "30%")
    #expect(try value("waiver.parse.reason") == "safer parser")
    let date = try Date("\(value("waiver.parse.expires"))T00:00:00Z", strategy: .iso8601)
    let days = date.timeIntervalSinceNow / 86_400
    #expect((88...90).contains(days))
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
  }

  @Test("as what was typed, and what the file said before stays")
  func typed() throws {
    try project.repository.directory.write(".perfconfig", "; ours\n[gate]\n\tthreshold = 5%")
    let result = try accept("p*", "--expires", "2999-01-31", "--ceiling", "40%")
    #expect(result.status == 0)
    #expect(
      try file == """
        ; ours
        [gate]
        \tthreshold = 5%
        [waiver "p*"]
        \tmetric = "wall_time"
        \tceiling = 40%
        \texpires = 2999-01-31
        \treason = "safer parser"
        \tsuite = "default"

        """)
  }

  @Test("a ceiling below the regression, or a day that is over, is refused before it is written")
  func useless() throws {
    let low = try accept("parse", "--ceiling", "20%")
    #expect(low.status == 2)
    let over = try accept("parse", "--expires", "2020-01-01")
    #expect(over.status == 2)
    try expectGolden(low, over)
    let lost = try accept("parse", "--report", "json=/nowhere/perf.json")
    #expect(lost.status == 5)
    #expect(!FileManager.default.fileExists(atPath: "\(project.repository.path)/.perfconfig"))
  }

  @Test("what a waiver does no longer permit is said, with the waiver")
  func outgrown() throws {
    func waiver(_ ceiling: String, _ expires: String) throws -> Subprocess {
      try project.repository.directory.write(
        ".perfconfig",
        "[waiver \"parse\"]\nceiling = \(ceiling)\nexpires = \(expires)\nreason = x\n")
      return try project.run("perf-gate", "--rules", "worktree")
    }
    let exceeded = try waiver("20%", "2999-01-01")
    #expect(exceeded.status == 1)
    let expired = try waiver("40%", "2020-01-01")
    #expect(expired.status == 1)
    try expectGolden(exceeded, expired)
  }

  @Test("a ceiling is written as it was typed", arguments: ["29%", "55%", "32.5%", "28.75%"])
  func ceiling(text: String) throws {
    #expect(try accept("parse", "--ceiling", text).status == 0)
    #expect(try value("waiver.parse.ceiling") == text)
  }

  @Test("a file whose last line goes on stays as it is, and so do comments that only seem to")
  func continued() throws {
    let unfinished = "[gate]\n\tbase = main\\\n"
    try project.repository.directory.write(".perfconfig", unfinished)
    let refused = try accept("parse")
    #expect(refused.status == 2)
    #expect(try file == unfinished)
    try project.repository.directory.write(".perfconfig", "; C:\\dir\\\n[gate] ; D:\\\n")
    #expect(try accept("parse").status == 0)
    #expect(try accept("p*", "--ceiling", "50%").status == 2)
  }

  @Test("others may read the file afterwards as before")
  func mode() throws {
    let url = try project.repository.directory.write(".perfconfig", "; ours\n")
    let path = url.path(percentEncoded: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(try accept("parse").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test("text that means something to git's configuration stays text")
  func hostile() throws {
    let reason = "a \"b\" \\ c # d ; e\n[gate]\nthreshold = 99%"
    let result = try project.run(
      "perf-gate", "--rules", "worktree", "--accept", "parse", "--reason", reason)
    #expect(result.status == 0)
    #expect(try value("waiver.parse.reason") == reason)
    #expect(throws: (any Error).self) { try value("gate.threshold") }
    let refused = try project.run(
      "perf-gate", "--rules", "worktree", "--accept", "parse\n", "--reason", "x")
    #expect(refused.status == 2)
  }

  @Test("where nothing regressed there is nothing to accept, and nothing is written")
  func nothing() throws {
    let result = try accept("render")
    #expect(result.status == 2)
    try expectGolden(result)
    let exists = FileManager.default.fileExists(
      atPath: "\(project.repository.path)/.perfconfig")
    #expect(!exists)
  }

  @Test(
    "a regression that was accepted once and grew is accepted again, in the place of the first",
    arguments: ["", "metric = wall_time\n", "suite = default\n", "metric = wall_time\r\n"])
  func again(key: String) throws {
    let before = "; ours\n[gate]\n\tthreshold = 5% ; five\n\n"
    let after = "\n# the rest\n[empty]\n[benchmark \"parse\"]\n  missing = warn\n"
    try project.repository.directory.write(
      ".perfconfig",
      before + "[waiver \"parse\"]\n\(key)ceiling = 20%\nexpires = 2999-01-01\nreason = x\n" + after
    )
    #expect(try accept("parse", "--expires", "2999-06-01").status == 0)
    let suite = key.hasPrefix("suite") ? "\tsuite = \"default\"\n" : ""
    #expect(
      try file == before + """
        [waiver "parse"]
        \tmetric = "wall_time"
        \tceiling = 30%
        \texpires = 2999-06-01
        \treason = "safer parser"

        """ + suite + after)
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
  }

  @Test("a waiver of another metric, of another pattern or of another suite keeps its place")
  func others() throws {
    let rest = "ceiling = 20%\nexpires = 2999-01-01\nreason = x\n"
    let text =
      "[waiver \"parse\"]\nmetric = max_rss\n\(rest)[waiver \"p*\"]\n\(rest)"
      + "[waiver \"parse\"]\nsuite = nightly\n\(rest)"
    try project.repository.directory.write(".perfconfig", text)
    #expect(try accept("parse").status == 0)
    #expect(try file.hasPrefix(text))
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
  }

  @Test("a name with wildcards in it is accepted alone, where it was typed in full")
  func literal() throws {
    for (revision, time) in [("main", 100.0), ("topic", 128)] {
      for name in ["mul/a*b", "mul/a-and-b"] {
        try project.record(name, milliseconds: time, rounds: 10, "--commit", revision)
      }
    }
    // The others are regressions still.
    #expect(try accept("mul/a*b").status == 1)
    let text = try file
    #expect(text.hasPrefix(#"[waiver "mul/a\\*b"]"#), "\(text)")
    let gate = try project.run("perf-gate", "--rules", "worktree", "--report", "csv")
    #expect(gate.status == 1)
    #expect(gate.out.split(separator: "\n").count { $0.contains(",waived") } == 1, "\(gate.out)")
    let explained = try project.run("perf-gate", "--rules", "worktree", "--explain", "mul/a*b")
    #expect(!explained.out.contains("a-and-b"))
  }

  @Test("a benchmark that is gone is accepted, too, and then is no failure")
  func missing() throws {
    try project.record("gone", milliseconds: 5, rounds: 10, "--commit", "main")
    #expect(try accept("parse").status == 4)
    let result = try accept("gone")
    #expect(result.status == 0, "\(result.err)")
    #expect(try value("waiver.gone.missing") == "true")
    #expect(throws: (any Error).self) { try value("waiver.gone.ceiling") }
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
    try expectGolden(result)
  }

  @Test("what is permitted to be gone is no mistake when it is gone since long")
  func goneSinceLong() throws {
    try project.repository.directory.write(
      ".perfconfig", "[waiver \"parze\"]\nmissing = true\nexpires = 2999-01-01\nreason = x\n")
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 1, "\(result.err)")
    try expectGolden(result)
  }

  @Test("a waiver that permits nothing is named, and fails nobody")
  func unused() throws {
    #expect(try accept("parse").status == 0)
    try project.repository.git("checkout", "--quiet", "main")
    try project.repository.commit("same")
    try project.record(milliseconds: 100)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 0)
    try expectGolden(result)
  }

  @Test("of another suite it says so, and holds there only")
  func suite() throws {
    for (revision, time) in [("main", 100.0), ("topic", 128)] {
      try project.record(milliseconds: time, rounds: 10, "--suite", "nightly", "--commit", revision)
    }
    #expect(try accept("parse", "--suite", "nightly").status == 0)
    #expect(try value("waiver.parse.suite") == "nightly")
    #expect(try project.run("perf-gate", "--rules", "worktree", "--suite", "nightly").status == 0)
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 1)
    #expect(try accept("parse").status == 0)
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
    #expect(try project.run("perf-gate", "--rules", "worktree", "--suite", "nightly").status == 0)
  }

  @Test("without its reason, or its option, it is a usage error")
  func usage() throws {
    #expect(try project.run("perf-gate", "--rules", "worktree", "--accept", "parse").status == 2)
    #expect(try project.run("perf-gate", "--rules", "worktree", "--reason", "x").status == 2)
    #expect(try accept("parse", "--ceiling", "2000%").status == 2)
    #expect(try accept("parse", "--expires", "soon").status == 2)
    #expect(try accept("parse", "--null-check").status == 2)
  }
}
