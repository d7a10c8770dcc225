import Foundation
import TestSupport
import Testing

@Suite("--report github tells a workflow in the files that it names")
struct PipelineFilesTests {
  let project: Project
  let files: ScratchDirectory
  let environment: [String: String]

  init() throws {
    project = try Project()
    files = try ScratchDirectory()
    try project.record(milliseconds: 10)
    try project.leaveMain()
    try project.record(milliseconds: 13)
    try files.write("summary", "before\n")
    try files.write("output", "before=1\n")
    environment = [
      "GITHUB_STEP_SUMMARY": "\(files.path)/summary", "GITHUB_OUTPUT": "\(files.path)/output",
    ]
  }

  @Test("the comment is appended to the summary, outcome and counts to the outputs")
  func both() throws {
    let gate = try project.run("perf-gate", "--report", "github", environment: environment)
    #expect(gate.status == 1)
    #expect(gate.out.hasPrefix("::error title=parse wall_time::regression"), "\(gate.out)")
    let summary = try files.read("summary")
    #expect(
      summary.hasPrefix("before\n<!-- perf-gate") && summary.contains("Performance regression"))
    let output = try files.read("output").split(separator: "\n")
    #expect(output.first == "before=1")
    for line in ["outcome=regression", "regression=1", "improvement=0", "status=1"] {
      #expect(output.contains(Substring(line)), "\(output)")
    }
  }

  @Test("a summary that would be over GitHub's limit is left as it is")
  func full() throws {
    try files.write("summary", String(repeating: "x", count: 1_048_500))
    let gate = try project.run("perf-gate", "--report", "github", environment: environment)
    #expect(gate.status == 1)
    try expectGolden(gate)
    #expect(try files.read("summary").utf8.count == 1_048_500)
  }

  @Test(
    "without a workflow there are annotations alone, and a file that cannot be written is an error")
  func without() throws {
    let alone = try project.run("perf-gate", "--report", "github")
    #expect(alone.status == 1 && alone.out.contains("::error "))
    let lost = try project.run(
      "perf-gate", "--report", "github", environment: ["GITHUB_OUTPUT": "/nowhere/output"])
    #expect(lost.status == 5)
    try expectGolden(lost)
  }
  @Test("a report that cannot be written takes no other with it")
  func others() throws {
    let gate = try project.run(
      "perf-gate", "--report", "github", "--report", "markdown=/dev/full", "--report",
      "json=perf.json",
      environment: [
        "GITHUB_STEP_SUMMARY": "/nowhere/summary", "GITHUB_OUTPUT": "\(files.path)/new",
      ])
    #expect(gate.status == 5)
    #expect(try files.read("new").contains("outcome=regression"))
    #expect(try project.repository.directory.read("perf.json").contains("regression"))
    try expectGolden(gate)
  }
}
