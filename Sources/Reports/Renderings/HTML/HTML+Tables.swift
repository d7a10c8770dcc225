import Verdicts

extension HTML {
  /// Writes a table of rows; nothing if there are no rows.
  mutating func table(of rows: [Row]) {
    let titles = [
      "Benchmark", "Metric", "Base", "Head", "Change", rows.map(\.interval).title, "p", "Verdict",
    ]
    table(rows, titles, numbers: 2..<7) { html, row in
      html.names(row.benchmark, row.metric)
      html.numbers([row.old, row.new, row.change, row.interval.text, row.p])
      html.verdict("\(row.look.mark) \(row.verdict)", row.look.tone)
    }
  }

  mutating func table(of budgets: [BudgetRow]) {
    let titles = [
      "Benchmark", "Metric", "Budget", "Head", budgets.map(\.interval).title, "Verdict",
    ]
    table(budgets, titles, numbers: 2..<5) { html, row in
      html.names(row.benchmark, row.metric)
      html.numbers([row.budget, row.measured, row.interval.text])
      html.verdict("\(row.look.mark) \(row.verdict)", row.look.tone)
    }
  }

  /// - Parameter numbers: The columns whose titles are over numbers.
  private mutating func table<Row>(
    _ rows: [Row], _ titles: [String], numbers: Range<Int>, _ cells: (inout HTML, Row) -> Void
  ) {
    guard !rows.isEmpty else { return }
    block("div", " class=\"scroll\"") { html in
      html.block("table") { html in
        html.line("thead") { html in
          html.element("tr") { html in
            for (index, title) in titles.enumerated() {
              html.element(
                "th",
                numbers.contains(index) ? " scope=\"col\" class=\"number\"" : " scope=\"col\"",
                text: title)
            }
          }
        }
        html.block("tbody") { html in
          for row in rows { html.line("tr") { cells(&$0, row) } }
        }
      }
    }
  }

  private mutating func names(_ benchmark: String, _ metric: String) {
    element("th", " scope=\"row\"") { $0.code(benchmark) }
    element("td") { $0.code(metric) }
  }

  private mutating func numbers(_ cells: [String]) {
    for cell in cells { element("td", " class=\"number\"", text: cell) }
  }

  private mutating func verdict(_ text: String, _ tone: RowLook.Tone) {
    element("td", tone.markup) { $0.element("span", " class=\"verdict\"", text: text) }
  }
}

extension HTML {
  /// Writes a section that is folded away until a reader asks for it; nothing if there are no
  /// items.
  mutating func fold<Item>(
    _ title: String, _ items: [Item], _ content: (inout HTML, [Item]) -> Void
  ) {
    guard !items.isEmpty else { return }
    block("details") { html in
      html.line("summary", text: title)
      content(&html, items)
    }
  }

  /// Writes a fold for each kind of verdict.
  mutating func folds(_ rows: [Verdict.Kind: [Row]]) {
    for kind in Verdict.Kind.allCases {
      let rows = rows[kind] ?? []
      fold(kind.counted(rows.count), rows) { $0.table(of: $1) }
    }
  }

  /// Writes a list; nothing if there are no items.
  mutating func list<Item>(_ items: [Item], _ content: (inout HTML, Item) -> Void) {
    guard !items.isEmpty else { return }
    block("ul") { html in
      for item in items { html.line("li") { content(&$0, item) } }
    }
  }
}
