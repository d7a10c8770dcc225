import Foundation
import Measurements
import Reports
import Statistics
import TestSupport
import Testing
import Verdicts

@Suite("a report is read from its JSON")
struct ReadingTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let report: @Sendable () throws -> Report

    init(_ name: String, _ report: @escaping @Sendable () throws -> Report) {
      testDescription = name
      self.report = report
    }

    static let all: [Case] =
      [
        Case("mixed") { try Example.mixed() },
        Case("compared") { try Example.mixed(judges: false) },
        Case("governed") { try Example.governed() },
        Case("tried") { try Example.tried() },
        Case("parts") { try Example.parts() },
        Case("unchanged") { try Example.unchanged() },
        Case("nothing") { Example.nothing() },
        Case("an anchor that is not there") {
          Example.report(
            old: [], new: [], anchor: (AnchorDescription(party: nil, explanation: "no tag"), []))
        },
        Case("long") { try ReadingTests.long() },
      ] + Hostile.names.map { name in Case(String(name.prefix(40))) { try Hostile.report(name) } }
  }

  /// More rows than a comment has room for.
  private static func long() throws -> Report {
    func side(_ factor: Double) throws -> [Series] {
      try (0..<400).map { try Example.series("benchmark number \($0)", 1e6 * factor) }
    }
    return Example.report(old: try side(1), new: try side(1.5))
  }

  private static func json(_ report: Report) -> String { Rendering.json.render(report, Style()) }

  private static func markdown(_ report: Report) -> String {
    Rendering.markdown.render(report, Style())
  }

  @Test("what was read is written as it was, as JSON and as a comment", arguments: Case.all)
  func equal(_ example: Case) throws {
    let report = try example.report()
    let read = try Report(json: Array(Self.json(report).utf8))
    #expect(Self.json(read).utf8.elementsEqual(Self.json(report).utf8))
    #expect(Self.markdown(read).utf8.elementsEqual(Self.markdown(report).utf8))
  }

  @Test(
    "a report of the version that knew of one part only is the same comment",
    arguments: ["mixed", "governed", "tried", "nothing"])
  func older(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let bytes = try Data(contentsOf: folder.appending(path: "Fixtures/version1/\(name).json"))
    let read = try Report(json: Array(bytes))
    let comment = try String(
      contentsOf: Golden(beside: #filePath).url(
        name == "mixed" ? "version1-mixed.md" : "\(name).md"),
      encoding: .utf8)
    #expect(Self.markdown(read) == comment)
    #expect(read.parts.count == 1)
  }

  @Test("what is read of several parts are these parts")
  func parts() throws {
    let report = try Example.parts()
    let read = try Report(json: Array(Self.json(report).utf8))
    #expect(read.parts.map(\.suite) == ["default", "nightly", "nightly"])
    #expect(read.parts.map(\.machine?.cpu) == ["Intel Xeon", "AMD EPYC", "Intel Xeon"])
    #expect(read.parts.map(\.outcome) == [.regression, .incomparable, .pass])
    #expect(read.outcome == .regression && read.loosened == report.loosened)
    #expect(read.notJudged == report.notJudged && read.told == report.told)
    #expect(read.parts[2].baselines == report.parts[2].baselines)
    let page = try #require(read.parts[2].familyResult.seriesResults.first)
    #expect(read.parts[2].baseline(of: page).party.name == "main~3")
    #expect(page.standing.isPaired && page.standing.doubts == ["perhaps not yours"])
  }

  @Test(
    "what is no report is an error with its place",
    arguments: [
      ("", "the JSON ends in the middle"), ("[]", "expected an object, found an array"),
      ("{}", "field 'version': is missing"),
      (#"{"version": 2}"#, "field 'version': version 2, and only 1 is known here"),
      (#"{"version": "1"}"#, "field 'version': expected a whole number, found"),
      (#"{"version": 1, "runs": []}"#, "field 'family': is missing"),
      (#"{"version": 1} x"#, "more text after the JSON value"),
    ])
  func mistakes(_ text: String, _ message: String) {
    let error = #expect(throws: JSONError.self) { try Report(json: Array(text.utf8)) }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test(
    "what is not of the form is named",
    arguments: [
      (#""outcome": "regression""#, #""outcome": "perhaps""#, "outcome"),
      (#""correction": "benjamini-hochberg""#, #""correction": "x""#, "family"),
      (#""better": "higher""#, #""better": "faster""#, "better"),
      (#""verdict": "missing""#, #""verdict": "renamed""#, "counts"),
      (#""verdict": "missing""#, #""verdict": "inconclusive""#, "counts"),
      (#""warnings": ["#, #""warnings": [3, "#, "warnings[0]"),
      (#""distance": 2,"#, #""distance": -2,"#, "baseline.distance"),
      (#""size": 6"#, #""size": 1e99"#, "family.size"),
    ])
  func broken(_ part: String, _ replacement: String, _ place: String) throws {
    let text = Self.json(try Example.mixed())
    let range = try #require(text.range(of: part))
    let changed = text.replacingCharacters(in: range, with: replacement)
    let error = #expect(throws: JSONError.self) { try Report(json: Array(changed.utf8)) }
    #expect(error?.field?.hasSuffix(place) == true, "\(String(describing: error))")
  }

  @Test("a report that was cut off anywhere is an error")
  func cut() throws {
    let bytes = Array(Self.json(try Example.governed()).utf8)
    for end in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: JSONError.self) { try Report(json: Array(bytes[..<end])) }
    }
  }

  /// Somebody who changes a report can have it say anything, and nothing ends the process.
  @Test("numbers and words that were exchanged are an error, or are shown", arguments: 0..<4)
  func exchanged(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let report = try seed.isMultiple(of: 2) ? Example.governed() : Example.mixed()
    let words = [
      "null", "0", "-1", "1e308", "-1e308", "5e-324", "9007199254740992", "true", "\"x\"", "[]",
      "[2,1]", "[-1e308,1e308]", "{}", "0.5", "\"pass\"", "\"1e308s\"",
    ]
    let lines = Self.json(report).split(separator: "\n").map(String.init)
    for _ in 0..<60 {
      var changed = lines
      for _ in 0..<2 {
        let place = Int.random(in: 0..<lines.count, using: &generator)
        guard let colon = changed[place].range(of: ": "), !changed[place].hasSuffix("{"),
          !changed[place].hasSuffix("[")
        else { continue }
        let comma = changed[place].hasSuffix(",") ? "," : ""
        let word = words.randomElement(using: &generator) ?? "0"
        changed[place] = changed[place][..<colon.upperBound] + word + comma
      }
      guard let read = try? Report(json: Array(changed.joined(separator: "\n").utf8)) else {
        continue
      }
      #expect(!Self.markdown(read).isEmpty)
    }
  }
}
