import Foundation
import TestSupport
import Testing

/// Notes and reports.
extension GateTests {
  @Test("broken lines and lines of a newer version on the candidate are named, kept, and fail")
  func brokenNotes() throws {
    try branch(new: 130)
    for line in ["{broken", #"{"version": 9, "other": []}"#] {
      try repository.git("notes", "--ref=perf", "append", "-m", line, "HEAD")
    }
    let result = try project.run("perf-gate")
    #expect(result.status == 4)
    try expectGolden(result)
    try project.record("other", milliseconds: 5)
    let note = try repository.note()
    #expect(note.contains("{broken") && note.contains(#"{"version": 9, "other": []}"#))
  }

  @Test("reports go to files beside the text, and what cannot be written is said first")
  func reports() throws {
    try branch(new: 130)
    let result = try project.run(
      "perf-gate", "--report", "markdown=perf.md", "--report", "json=perf.json")
    #expect(result.status == 1)
    try expectGolden(result)
    let markdown = try repository.directory.read("perf.md")
    #expect(markdown.hasPrefix("<!-- perf-gate "))
    let json = try JSONSerialization.jsonObject(
      with: Data(repository.directory.read("perf.json").utf8))
    #expect((json as? [String: Any])?["outcome"] as? String == "regression")
    #expect((json as? [String: Any])?["status"] as? Int == 1)
    let refused = try project.run("perf-gate", "--report", "json=no/such/file")
    #expect(refused.status == 5 && refused.out == "")
    #expect(try project.run("perf-gate", "--report", "htlm").status == 2)
    #expect(try project.run("perf-gate", "--report", "json", "--report", "markdown").status == 2)
  }

  @Test("reports for pipelines say what fails")
  func pipelines() throws {
    try branch(new: 130)
    let result = try project.run(
      "perf-gate", "--report", "junit=perf.xml", "--report", "sarif=perf.sarif", "--report",
      "openmetrics=metrics.txt")
    #expect(result.status == 1)
    let junit = try repository.directory.read("perf.xml")
    #expect(junit.contains(#"tests="1" failures="1" errors="0" skipped="0""#))
    let commit = try repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
    #expect(junit.contains(#"<property name="head.commit" value="\#(commit)"/>"#))
    let sarif = try repository.directory.read("perf.sarif")
    #expect(sarif.contains(#""level": "error""#) && sarif.contains(#""revisionId": "\#(commit)""#))
    let metrics = try repository.directory.read("metrics.txt")
    #expect(metrics.contains("perf_gate_status{suite=\"default\"} 1\n"))
  }

  @Test("the report has the numbers that the rounds give by hand")
  func numbersInReport() throws {
    try branch(new: 130)
    let report = try report()
    let series = try #require((report["series"] as? [[String: Any]])?.first)
    #expect(series["verdict"] as? String == "regression")
    #expect(series["certain"] as? Bool == false)
    #expect(
      series["doubts"] as? [String] == [
        "swing between recordings unknown (1 of 5)"
      ])
    #expect(series["evidence"] as? String == "rounds")
    // Both sides have the same ten factors, so the pairs are symmetric about 1.3.
    let change = try #require(series["change"] as? Double)
    #expect(abs(change - 0.3) < 1e-5)
    // All hundred pairs have the new value larger: p = 2 / C(20, 10).
    #expect(series["u"] as? Double == 100)
    let p = try #require(series["p"] as? Double)
    #expect(abs(p - 2 / 184_756) < 1e-12)
    #expect((report["family"] as? [String: Any])?["size"] as? Int == 1)
  }

  @Test("a report goes through a link, and into a device without replacing it")
  func devices() throws {
    try branch(new: 130)
    let pipe = repository.path + "/pipe", link = repository.path + "/link.json"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.json")
    _ = try Subprocess.run("/usr/bin/env", ["mkfifo", pipe], in: repository.url)
    try repository.directory.write("target.json", "old")
    let script = "perf-gate --report json=link.json --report json=pipe & cat pipe >copy"
    _ = try Subprocess.run(
      "/bin/sh", ["-c", script], in: repository.url, environment: project.programs.environment)
    #expect(try repository.directory.read("copy") == repository.directory.read("target.json"))
    #expect(try repository.directory.read("copy").isEmpty == false)
    let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
    #expect(type != .typeRegular)
    // A link to what is not there yet stays one too.
    try FileManager.default.removeItem(atPath: repository.path + "/target.json")
    #expect(try project.run("perf-gate", "--report", "json=link.json").status == 1)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target.json")
    #expect(try repository.directory.read("target.json") == repository.directory.read("copy"))
    let twice = ["--report", "json=link.json", "--report", "markdown=./target.json"]
    #expect(try project.run("perf-gate", twice).status == 2)
  }

  @Test("two runs of a commit are pooled")
  func pooled() throws {
    try project.record(milliseconds: 100, rounds: 5)
    try project.record(milliseconds: 101, rounds: 5)
    try project.leaveMain()
    try project.record(milliseconds: 130)
    let report = try report()
    let series = try #require((report["series"] as? [[String: Any]])?.first)
    #expect((series["old"] as? [String: Any])?["rounds"] as? Int == 10)
  }

  @Test("a benchmark that has a run of its own is not pushed out by runs of others")
  func runsOfTheirOwn() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    for name in names { try project.record(name, milliseconds: 100) }
    try project.leaveMain()
    for name in names { try project.record(name, milliseconds: name == "a" ? 900 : 100) }
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    #expect(result.err == "perf-gate: regression: 1 regression, 6 unchanged\n")
  }

  @Test("outside a repository, in an empty one and in one of nobody: a clear error")
  func nowhere() throws {
    let directory = try ScratchDirectory()
    let outside = try project.programs.run("perf-gate", [], in: directory.url)
    #expect(outside.status == 5)
    let empty = Project(try TemporaryRepository())
    let unborn = try empty.run("perf-gate")
    #expect(unborn.status == 5)
    try expectGolden(outside, unborn)
  }
}

@Test("no report of an earlier time stays where nothing could be judged, whatever the reason")
func staleReports() throws {
  let project = try Project()
  try project.repository.git("remote", "add", "origin", "/nowhere/at/all")
  for arguments in [["--fetch"], ["--no-baseline", "--against", "main"], ["nowhere"]] {
    try project.repository.directory.write("perf.json", "{}")
    let result = try project.run("perf-gate", ["--report", "json=perf.json"] + arguments)
    #expect(result.status != 0)
    #expect(
      !FileManager.default.fileExists(atPath: project.repository.path + "/perf.json"),
      "\(arguments)")
  }
}
