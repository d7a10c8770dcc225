import Foundation
import TestSupport
import Testing

@Suite("A mistake in the configuration is told with its line")
struct ConfigurationLinesTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let place: String

    static let all = [
      Case(
        testDescription: "a plain file", text: "[gate]\n\tbase = main\n\tthreshold = x\n",
        place: ".perfconfig:3"),
      Case(
        testDescription: "comments and empty lines",
        text: "; one\n\n# two\n[gate] ; three\n# threshold = 1%\n  threshold = x ; four\n",
        place: ".perfconfig:6"),
      Case(
        testDescription: "a key on the line of its heading", text: "\n[gate] threshold = x\n",
        place: ".perfconfig:2"),
      Case(
        testDescription: "a value over several lines",
        text: "[waiver \"parse\"]\nreason = a \\\n  threshold = 5% \\\n  b\nceiling = x\n",
        place: ".perfconfig:5"),
      Case(
        testDescription: "a subsection with brackets and quotation marks",
        text: "[benchmark \"a]\\\"[b\\\\\"]\nthreshold = x\n", place: ".perfconfig:2"),
      Case(
        testDescription: "the older form of a subsection",
        text: "[benchmark.parse]\nthreshold = x\n",
        place: ".perfconfig:2"),
      Case(
        testDescription: "lines that end as on Windows",
        text: "[gate]\r\nbase = main\r\nthreshold = x\r\n", place: ".perfconfig:3"),
      Case(
        testDescription: "another case, and keys without a value",
        text: "[GATE]\nrequireRounds\nThreshold = x\n", place: ".perfconfig:3"),
    ]
  }

  @Test("whatever the file looks like", arguments: Case.all)
  func line(_ example: Case) throws {
    let project = try Project()
    try project.record(milliseconds: 100)
    try project.repository.directory.write(".perfconfig", example.text)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 2)
    #expect(result.err.contains(" in \(example.place): "), "\(result.err)")
  }
}
