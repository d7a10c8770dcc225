import Foundation
import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("A report that contradicts itself is none")
struct ConsistencyTests {
  /// One with a regression, its JSON with some of its text replaced.
  private func read(
    _ report: Report? = nil, replacing old: String, with new: String
  ) throws -> JSONError? {
    let text = try Rendering.json.render(report ?? Example.mixed(), Style())
    #expect(text.contains(old), "\(text)")
    do {
      _ = try Report(json: Array(text.replacing(old, with: new).utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "in its outcome, its status or its counts",
    arguments: [
      (#""outcome": "regression""#, #""outcome": "pass""#, "field 'status': 1, and"),
      (#""status": 1"#, #""status": 0"#, "field 'status': 0, and the outcome 'regression' is 1"),
      (#""outcome": "regression","#, "", "field 'status': 1, and there is no outcome"),
      (#""status": 1,"#, "", "field 'status': is missing"),
      (
        #""regression": 3"#, #""regression": 2"#, "field 'counts': 2 of 'regression', and there are"
      ),
      (#""regression": 3,"#, "", "field 'counts': 0 of 'regression', and there are 3 such rows"),
      (
        #""verdict": "regression""#, #""verdict": "improvement""#,
        "field 'counts': "
      ),
    ])
  func fields(old: String, new: String, problem: String) throws {
    let error = try read(replacing: old, with: new)
    #expect(error?.description.hasPrefix(problem) == true, "\(String(describing: error))")
  }

  @Test("an outcome without a row for it, and a row that the outcome leaves out")
  func rows() throws {
    let unchanged = try read(
      Example.unchanged(), replacing: #""outcome": "pass""#, with: #""outcome": "regression""#)
    #expect(unchanged?.description.hasPrefix("field 'status': ") == true)
    // Of the whole and of its only part, and not of the rows.
    let parts = Rendering.json.render(try Example.unchanged(), Style())
      .replacing(#""status": 0"#, with: #""status": 1"#).components(separatedBy: #""suites":"#)
    let all =
      parts[0].replacing("\n  \"outcome\": \"pass\"", with: "\n  \"outcome\": \"regression\"")
      + #""suites":"# + parts[1].replacing(#""outcome": "pass""#, with: #""outcome": "regression""#)
    let error = #expect(throws: JSONError.self) { try Report(json: Array(all.utf8)) }
    #expect(
      error?.description
        == "field 'suites[0].outcome': 'regression', and no row, budget or goal says so")
  }

  /// Every outcome with its own status, on rows of every kind.
  @Test("no outcome is better than that of its worst row", arguments: Outcome.allCases)
  func better(_ outcome: Outcome) throws {
    for example in try [Example.mixed(), Example.governed(), Example.unchanged()] {
      let own = try #require(example.outcome)
      let text = Rendering.json.render(example, Style())
        .replacing(#""outcome": "\#(own.rawValue)""#, with: #""outcome": "\#(outcome.rawValue)""#)
        .replacing("\n  \"status\": \(own.status),", with: "\n  \"status\": \(outcome.status),")
      let isRead = (try? Report(json: Array(text.utf8))) != nil
      if outcome == own { #expect(isRead) }
      if outcome.status == 0 && own.status != 0 { #expect(!isRead, "\(own) as \(outcome)") }
    }
  }

  @Test(
    "in a table for spreadsheets no name is a formula",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(1)", "'@SUM(1)"), ("＝1", "'＝1"),
      ("\t=1", "\\t=1"), ("\r=1", "\\r=1"), ("a;=1", "a;'=1"), ("=a,b", "\"'=a,b\""),
      ("=\"x\"", "\"'=\"\"x\"\"\""), ("a=1", "a=1"), ("a-b", "a-b"), ("'=1", "'=1"),
    ])
  func formulas(name: String, cell: String) throws {
    let report = try Example.report(
      old: [Example.series(name, 1e6)], new: [Example.series(name, 1e6)])
    let lines = Rendering.csv.render(report, Style()).split(separator: "\n")
    #expect(lines[1].hasPrefix(cell + ","), "\(lines[1])")
    // Numbers stay numbers.
    #expect(!lines[1].dropFirst(cell.count).contains("'"), "\(lines[1])")
  }
}
