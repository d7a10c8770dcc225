import Measurements
import Verdicts

extension Rendering {
  package static let junit = Rendering(
    name: "junit", summary: "test cases for GitLab, Jenkins and their like"
  ) { report, _ in JUnit(report).document.document }
}

/// The report as test results: a check that fails the gate is a failure, and one that was not
/// decided is skipped.
///
/// There is no standard; the form is the one that `junit-10.xsd` of Jenkins' xunit plugin allows.
/// The text is in an attribute for Jenkins and in the element for GitLab. The times are there
/// because some readers add them up and cannot work without them; judging takes no time.
private struct JUnit {
  private let report: Report
  private let suites: [JUnitSuite]

  init(_ report: Report) {
    self.report = report
    suites = report.parts.indices.flatMap { JUnitSuite.all(of: $0, in: report) }
  }

  var document: XMLElement {
    let cases = suites.flatMap(\.cases)
    return XMLElement(
      name: "testsuites",
      attributes: [
        "name": report.tool, "tests": "\(cases.count)",
        "failures": "\(cases.count { $0.result == .failure })",
        "errors": "\(cases.count { $0.result == .error })", "time": "0",
      ], children: suites.map(\.element))
  }
}

/// The checks of one part against one standard.
private struct JUnitSuite {
  let report: SuiteReport
  /// The title of the part, as it is called among others.
  let title: String
  /// The other facts of the whole report, for the first suite.
  let foremost: [String]
  let notes: [String]
  let warnings: [String]
  let standard: Check.Standard
  let cases: [JUnitCase]

  static func all(of index: Int, in report: Report) -> [JUnitSuite] {
    let (part, isFirst) = (report.parts[index], index == 0)
    let checks = report.checks(of: part)
    return Check.Standard.allCases.compactMap { standard in
      let own = checks.filter { $0.standard == standard }
      guard !own.isEmpty || standard == .baseline else { return nil }
      return JUnitSuite(
        report: part, title: report.hasSeveralParts ? report.label(of: part) : part.suite,
        foremost: isFirst ? report.foremost : [], notes: isFirst ? report.notes : [],
        warnings: isFirst ? report.warnings : [], standard: standard, cases: own.map(JUnitCase.init)
      )
    }
  }

  var element: XMLElement {
    XMLElement(
      name: "testsuite",
      attributes: [
        "name": name, "tests": "\(cases.count)", "failures": "\(count(.failure))",
        "errors": "\(count(.error))", "skipped": "\(count(.skipped))", "time": "0",
      ], children: [XMLElement(name: "properties", children: properties)] + cases.map(\.element))
  }

  private func count(_ result: JUnitCase.Result) -> Int { cases.count { $0.result == result } }

  private var name: String {
    switch standard {
    case .baseline: title
    case .anchor: "\(title) since \(report.anchor?.party?.label ?? "the anchor")"
    case .budget: "\(title) budgets"
    }
  }

  private var properties: [XMLElement] {
    let facts: [(String, String?)] =
      [("outcome", report.outcome?.rawValue)] + facts("base", base)
      + facts("head", report.candidate)
      + (standard == .baseline ? parseNotes : [])
    return facts.compactMap { name, value in
      value.map { XMLElement(name: "property", attributes: ["name": name, "value": $0]) }
    }
  }

  /// The base of the checks; a budget needs none.
  private var base: SideDescription? {
    switch standard {
    case .baseline: report.baseline
    case .anchor: report.anchor?.party
    case .budget: nil
    }
  }

  private var parseNotes: [(String, String?)] {
    (foremost + report.told).map { ("told", $0) } + notes.map { ("note", $0) }
      + (warnings + report.warnings).map { ("warning", $0) }
  }

  private func facts(_ side: String, _ party: SideDescription?) -> [(String, String?)] {
    [(side, party?.name), ("\(side).commit", party?.commitID)]
  }
}

private struct JUnitCase {
  enum Result: String {
    case passed, failure, error, skipped
  }

  let check: Check
  let result: Result

  init(_ check: Check) {
    self.check = check
    result =
      if check.kind == .gate { .error } else if check.fails { .failure } else {
        Presentation(check.kind).passes ? .passed : .skipped
      }
  }

  var element: XMLElement {
    XMLElement(
      name: "testcase",
      attributes: [
        "classname": check.id.benchmark.description, "name": check.id.metric, "time": "0",
      ], children: result == .passed ? [] : [reason])
  }

  private var reason: XMLElement {
    let text = check.text()
    return XMLElement(
      name: result.rawValue, attributes: ["type": check.kind.name, "message": text], text: text)
  }
}
