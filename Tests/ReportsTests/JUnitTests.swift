import Foundation
import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("the report as JUnit results")
struct JUnitTests {
  private func document(_ report: Report) -> String { Rendering.junit.render(report, Style()) }

  private func count(_ element: String, in text: String) -> Int {
    text.components(separatedBy: "<\(element)").count - 1
  }

  @Test("a case fails where the gate does, and only there", arguments: OutcomeCase.all)
  func outcomes(_ example: OutcomeCase) throws {
    let report = try example.report()
    #expect(report.outcome == example.outcome)
    let text = document(report)
    let failing = count("failure ", in: text) + count("error ", in: text)
    // Who judges nobody says all the same what a gate would.
    let part = try #require(report.parts.first)
    let status = part.decision.outcome(under: part.policy).status
    #expect((failing > 0) == (status != 0), "\(text)")
  }

  @Test(
    "the counts are those of the elements",
    arguments: ["mixed.xml", "governed.xml", "nothing.xml", "hostile.xml"])
  func counts(_ name: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url(name), encoding: .utf8)
    let suites = text.components(separatedBy: "<testsuite ").dropFirst()
    for suite in suites {
      func expect(_ attribute: String, _ element: String) {
        #expect(suite.contains(#" \#(attribute)="\#(count(element, in: suite))""#), "\(attribute)")
      }
      expect("tests", "testcase ")
      expect("failures", "failure ")
      expect("errors", "error ")
      expect("skipped", "skipped ")
    }
    let root = try #require(text.split(separator: "\n").first { $0.hasPrefix("<testsuites ") })
    #expect(root.contains(#" tests="\#(count("testcase ", in: text))""#))
    #expect(root.contains(#" failures="\#(count("failure ", in: text))""#))
    #expect(root.contains(#" errors="\#(count("error ", in: text))""#))
  }

  @Test("every series has one case, whether the policy shows it or not")
  func cases() throws {
    var policy = Policy()
    policy.ledger.common[.new] = .ignore
    let both = [try Example.series("old", 100)]
    let text = document(
      Example.report(old: both, new: both + [try Example.series("fresh", 5)], policy: policy))
    #expect(count("testcase ", in: text) == 2)
    #expect(text.contains(#"<skipped type="new""#))
  }
}

/// libxml2 is the judge, with the schema by which Jenkins refuses results.
@Suite(
  "JUnit results as others read them",
  .enabled(if: XMLLint.isInstalled, Comment(rawValue: XMLLint.absence)))
struct JUnitSchemaTests {
  private let schema = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/junit-10.xsd")

  @Test(
    "golden results are valid",
    arguments: ["mixed.xml", "governed.xml", "nothing.xml", "hostile.xml"])
  func golden(_ name: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url(name), encoding: .utf8)
    #expect(try XMLLint.diagnostics(about: text, schema: schema) == "")
  }

  @Test(
    "broken results are not",
    arguments: [
      ("</testsuites>", ""), (#" classname="gone""#, #" class="gone""#),
      (#" name="default""#, ""), ("<failure", "<failed"), (#"tests="12""#, ""),
      ("解析", "\u{1B}"), ("解析", "&#27;"),
    ])
  func broken(_ part: String, _ replacement: String) throws {
    let text = try String(contentsOf: Golden(beside: #filePath).url("mixed.xml"), encoding: .utf8)
    #expect(text.contains(part))
    let broken = text.replacingOccurrences(of: part, with: replacement)
    #expect(try XMLLint.diagnostics(about: broken, schema: schema) != "")
  }

  @Test("a name is read as it is shown, and the results stay valid", arguments: Hostile.names)
  func names(_ name: String) throws {
    let text = Rendering.junit.render(try Hostile.report(name), Style())
    #expect(try XMLLint.diagnostics(about: text, schema: schema) == "")
    let read = try XMLLint.value(of: "string(//testcase[1]/@name)", in: text)
    #expect(read == name.visible(limit: 1000))
  }
}

@Test("what no XML may hold is shown by its number")
func forbiddenInXML() throws {
  let names = ["a\u{FFFE}b", "a\u{FFFF}b", "a\u{0}b", "a\u{B}b", "a\u{1FFFE}b", "\u{D7FF}\u{E000}"]
  for name in names {
    let text = Rendering.junit.render(try Hostile.report(name), Style())
    #expect(!text.contains(name))
    if XMLLint.isInstalled {
      #expect(try XMLLint.value(of: "count(//testsuite)", in: text) == "3")
    }
  }
}
