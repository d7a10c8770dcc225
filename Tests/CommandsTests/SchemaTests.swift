import Foundation
import TestSupport
import Testing

@Suite(
  "What the programs write is what the schemas describe",
  .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
struct SchemaTests {
  let project: Project

  init() throws { project = try Project() }

  @Test("a run in a note, a run in a file, and the gate's and the diff's report")
  func documents() throws {
    try project.run("perf-record", "-r", "4", "--label", "a=b", "--", "true")
    let run = try project.repository.note()
    #expect(try JSONSchema("run").diagnostics(about: run) == [])

    try project.repository.git("checkout", "--quiet", "-b", "topic")
    try project.repository.directory.write("file.txt", "changed")
    try project.run("perf-record", "-r", "4", "--label", "a=b", "-o", "try.json", "--", "true")
    let file = try project.repository.directory.read("try.json")
    #expect(try JSONSchema("baseline").diagnostics(about: file) == [])

    let gate = try project.run("perf-gate", "try.json", "--report", "json")
    #expect(try JSONSchema("report").diagnostics(about: gate.out) == [])
    let diff = try project.run("perf-diff", "main", "try.json", "--report", "json")
    #expect(try JSONSchema("report").diagnostics(about: diff.out) == [])
  }
}
