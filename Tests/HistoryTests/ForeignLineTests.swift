import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Lines that are not understood stay byte for byte and are named")
struct ForeignLineTests {
  let project: Project
  let commit: Commit
  let good: RunLine

  init() throws {
    project = try Project()
    commit = try project.commit("first")
    good = try RunLine(Run(of: commit))
  }

  private struct ParsedResults {
    let values: [Double?]
    let ids: [ObjectID]
    let unreadable: [String]
    let warnings: [String]
  }

  /// What is found, and warned of, when the commit's runs are read.
  private func read() throws -> ParsedResults {
    var search = try project.search()
    let found = try search.recordings(of: commit)
    let runs = found.parts.flatMap(\.pool.runs)
    return ParsedResults(
      values: runs.map(\.run.firstValue), ids: runs.map(\.id),
      unreadable: found.unreadable.map(\.description), warnings: search.index.warnings)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let line: String
    let reason: String
  }

  static let cases = [
    Case(
      testDescription: "a newer version", line: #"{"version": 2, "suite": 7, "runs": []}"#,
      reason: "was written by a newer version (2)"),
    Case(
      testDescription: "no JSON", line: "by hand",
      reason: "is unreadable (expected an object, found 'by')"),
    Case(
      testDescription: "cut off", line: #"{"version":1,"suite":"#,
      reason: "is unreadable (field 'suite': the JSON ends in the middle)"),
    Case(
      testDescription: "no version", line: #"{"suite":"default"}"#,
      reason: "is unreadable (field 'version': is missing)"),
    Case(
      testDescription: "a time that is none",
      line: #"{"version":1,"suite":"default","recordedAt":"today"}"#,
      reason:
        "is unreadable (field 'recordedAt': 'today' is not a time like 2026-11-20T05:20:42Z)"),
  ]

  @Test("the rest is read, and what is not is named by object and line", arguments: cases)
  func passedOver(_ example: Case) throws {
    try project.overwrite(commit.id, "\n\(example.line)\n\(good.text)")
    let reading = try read()
    #expect(reading.values == [100])
    let words = "line 2 of the note of \(commit.id.short) \(example.reason)"
    #expect(reading.unreadable == [words])
    #expect(reading.warnings == ["\(words); it is kept, not used"])
    try project.record(commit, value: 200)
    let lines = try project.show("HEAD").split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.contains(Substring(example.line)))
  }

  @Test("a run with a broken series is named by its id, and older runs are read")
  func brokenSeries() throws {
    let broken = good.text.replacing("[[100,100.5]]", with: "[[]]").replacing("T00", with: "T09")
    try project.overwrite(commit.id, broken + good.text)
    let reading = try read()
    #expect(reading.values == [100])
    #expect(reading.warnings.count == 1)
    #expect(reading.unreadable.count == 1)
    #expect(reading.unreadable.first?.contains("a round without samples") == true)
  }

  @Test("a newest run that is broken does not hide the readable runs of another machine")
  func brokenNewest() throws {
    let broken = good.text.replacing("[[100,100.5]]", with: "[[]]").replacing("T00", with: "T09")
    let other = try RunLine(Run(of: commit, value: 7, machine: .there))
    try project.overwrite(commit.id, broken + other.text)
    #expect(try read().values == [7])
  }

  @Test("carriage returns of an editor are no part of a line")
  func carriageReturns() throws {
    try project.overwrite(
      commit.id, "\(good.text.dropLast())\r\n\r\n\(good.text.dropLast())\r\n")
    let reading = try read()
    #expect(reading.values == [100])
    #expect(reading.warnings.isEmpty)
    #expect(try reading.ids.first == good.id())
    try project.store([good], of: commit)
    #expect(try read().values == [100])
  }

  @Test("a last line without its newline is a line")
  func noLastNewline() throws {
    try project.overwrite(commit.id, String(good.text.dropLast()))
    #expect(try read().values == [100])
    try project.record(commit, value: 200, hour: 1)
    #expect(try read().values == [200, 100])
    #expect(try project.show("HEAD").split(separator: "\n").count == 2)
  }

  @Test("an empty note is no runs", arguments: ["", "LF", "CRLF LF"])
  func empty(ends: String) throws {
    let text = ends.replacing("CRLF", with: "\r\n").replacing("LF", with: "\n")
      .replacing(" ", with: "")
    try project.repository.directory.write(".git/note", text)
    let blob = try project.repository.git("hash-object", "-w", ".git/note")
    try project.repository.git(
      "notes", "--ref=perf", "add", "--allow-empty", "-C", blob, "HEAD")
    let reading = try read()
    #expect(reading.values.isEmpty && reading.warnings.isEmpty)
    try project.store([good], of: commit)
    #expect(try project.show("HEAD").hasSuffix(good.text.dropLast()))
    #expect(try read().warnings.isEmpty)
  }
}
