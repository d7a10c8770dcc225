import Measurements
import Verdicts

extension Rendering {
  package static let html = Rendering(
    name: "html", summary: "a page with a picture of each change"
  ) { report, _ in
    var html = HTML()
    HTMLPage(report).write(to: &html)
    return html.text
  }
}

/// The report for a browser: in one file, without a script, and without anything from elsewhere.
private struct HTMLPage {
  private let report: Report
  private let sections: [HTMLSection]

  init(_ report: Report) {
    self.report = report
    sections = report.parts.map(HTMLSection.init)
  }

  func write(to html: inout HTML) {
    html.markup("<!DOCTYPE html>\n")
    html.block("html", " lang=\"en\"") { html in
      html.block("head") { head(&$0) }
      html.block("body") { html in
        html.block("header") { header(&$0) }
        html.block("main") { main(&$0) }
        html.line("footer") { $0.write("written by \(report.tool), \(topic)") }
      }
    }
  }

  /// The project and the suite of the page, as in `server, suite default`.
  private var topic: String {
    let suites = Set(report.parts.map(\.suite)).sorted()
    let words =
      suites.isEmpty
      ? nil
      : "\(suites.count == 1 ? "suite" : "suites") "
        + suites.joined(separator: ", ")
    return [report.project, words].compactMap(\.self).joined(separator: ", ")
  }

  private func head(_ html: inout HTML) {
    html.pageHead()
    html.line("title", text: "\(report.headline?.says ?? "Comparison"): \(topic)")
    html.block("style") { $0.markup(.style) }
  }

  private func header(_ html: inout HTML) {
    if let words = report.headline {
      html.line("h1", text: "\(words.icon) \(words.says)")
      html.line("p", text: "\(report.summary); \(words.asks).")
    } else {
      html.line("h1", text: report.summary)
    }
    html.list(report.foremost) { $0.sentence($1) }
    if !report.hasSeveralParts { sections.first?.circumstances(&html) }
  }

  private func main(_ html: inout HTML) {
    guard report.hasSeveralParts else {
      sections.first?.main(&html)
      return parseNotes(&html)
    }
    for section in sections {
      html.block("section") { html in
        html.line("h1", text: report.title(of: section.report))
        html.line("p", text: section.report.summary)
        section.circumstances(&html)
        section.main(&html)
      }
    }
    parseNotes(&html)
  }

  private func parseNotes(_ html: inout HTML) {
    let (notes, warnings) = (report.notes, report.allWarnings.grouped)
    let skipped = report.parts.flatMap(\.origin.skipped)
    if !notes.isEmpty || !warnings.isEmpty || !skipped.isEmpty {
      html.line("h2", text: "Remarks")
    }
    html.list(notes) { $0.sentence("note: \($1)") }
    html.list(warnings) { $0.write("warning: \($1)") }
    html.fold("\(count(skipped.count, "commit")) passed over", skipped) { html, skipped in
      html.list(skipped) { $0.write($1) }
    }
  }
}
