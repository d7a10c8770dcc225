import Measurements

extension AnswerRendering {
  static let json = AnswerRendering(name: "json") { answer, _ in
    let members: [String: JSONValue] = [
      "version": .integer(1), "tool": .string(answer.tool), "query": answer.query,
      "complete": .bool(answer.isComplete),
      "skipped": .array(
        answer.skipped.map { .object(["run": .string($0.run), "reason": .string($0.reason)]) }),
      "rows": .array(answer.rows),
    ]
    return JSONValue.object(members.merging(answer.others) { own, _ in own }).text + "\n"
  }

  static let csv = AnswerRendering(name: "csv") { answer, _ in
    answer.tables.map { table in
      let titles = table.columns.map { CSVCell.words($0.title) }
      let rows = table.rows.map { $0.map(\.csv) }
      return ([titles] + rows).map(CSVCell.line).joined()
    }.joined(separator: "\n")
  }

  static let markdown = AnswerRendering(name: "markdown") { answer, _ in
    let tables = answer.tables.map { table in
      let title = table.title.map { ["**\(cell($0.visible(limit: 300)))**", ""] } ?? []
      guard !table.rows.isEmpty else { return title + [cell(table.emptiness)] }
      let head = [
        "| " + table.columns.map(\.title).joined(separator: " | ") + " |",
        "|" + table.columns.map { $0.isRight ? "--:" : "---" }.joined(separator: "|") + "|",
      ]
      return title + head
        + table.rows.map { "| " + $0.map(\.markdown).joined(separator: " | ") + " |" }
    }
    let notices = (answer.notices + answer.skipped.summary).map { "- " + sentence($0) }
    return ([answer.topic.map(sentence)] + tables + [notices]).filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  static let html = AnswerRendering(name: "html") { answer, _ in
    var html = HTML()
    html.markup("<!DOCTYPE html>\n")
    html.block("html", " lang=\"en\"") { html in
      html.block("head") { html in
        html.pageHead()
        html.line("title", text: answer.topic.first ?? answer.tool)
        html.block("style") { $0.markup(.style) }
      }
      html.block("body") { html in
        html.block("main") { html in
          for line in answer.topic { html.line("p") { $0.sentence(line) } }
          for table in answer.tables { table.write(to: &html) }
          for line in answer.notices + answer.skipped.summary {
            html.line("p") { $0.sentence(line) }
          }
        }
        html.line("footer") { $0.write("written by \(answer.tool)") }
      }
    }
    return html.text
  }
}

extension AnswerTable {
  fileprivate func write(to html: inout HTML) {
    if let title { html.line("h2", text: title) }
    guard !rows.isEmpty else { return html.line("p", text: emptiness) }
    html.block("table") { html in
      html.block("tr") { html in
        for column in columns { html.line("th", text: column.title) }
      }
      for row in rows {
        html.block("tr") { html in
          for cell in row {
            html.line("td") { html in
              if case .name(let name) = cell {
                html.code(name)
              } else {
                html.write(cell.text(width: 60))
              }
            }
          }
        }
      }
    }
  }
}

extension AnswerTable.Cell {
  fileprivate var csv: CSVCell {
    switch self {
    case .name(let text): .name(text)
    case .words(let text): .words(text)
    case .number(let text, let value): value.map { .words($0.plain) } ?? .words(text)
    case .picture, .empty: .words("")
    }
  }

  fileprivate var markdown: String {
    switch self {
    case .name(let text): text.isEmpty ? "" : code(text)
    case .words(let text): cell(text)
    case .number(let text, _): figure(text)
    case .picture(let values): "`\(Sparkline.text(values, width: 60))`"
    case .empty: ""
    }
  }
}
