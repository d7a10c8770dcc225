import Measurements

extension AnswerRendering {
  package static let text = AnswerRendering(name: "text") { answer, style in
    let blocks = [answer.topic] + answer.tables.map { $0.text(width: style.width) }
    let below = answer.notices + answer.skipped.summary
    return (blocks + [below]).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }
}

extension AnswerTable {
  /// The lines of the table. Where they would be wider than the terminal, flexible columns are
  /// shortened, and then all lines are cut.
  fileprivate func text(width: Int?) -> [String] {
    let head = title.map { [$0.visible(limit: 1000)] } ?? []
    guard !rows.isEmpty else { return head + [emptiness] }
    var shown = columns.indices.filter { column in
      rows.contains { !$0[column].text(width: Self.widestPicture).isEmpty }
    }
    var widths = shown.map { column in
      ([columns[column].title] + rows.map { $0[column].text(width: Self.widestPicture) })
        .map(\.displayWidth).max() ?? 0
    }
    var leftOut: [String] = []
    if let width {
      shrink(&widths, shown, to: width, leaving: Self.comfortable)
      // Numbers are left out, the last first, before names can no longer be told apart.
      while Self.excess(widths, over: width) > 0,
        let last = shown.lastIndex(where: { columns[$0].isOptional })
      {
        leftOut.insert(columns[shown[last]].title, at: 0)
        shown.remove(at: last)
        widths.remove(at: last)
      }
      shrink(&widths, shown, to: width, leaving: Self.narrowest)
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(shown, zip(cells, widths)).map { column, cell in
        let (text, width) = cell
        let cut = text.cut(to: width)
        let space = String(repeating: " ", count: max(0, width - cut.displayWidth))
        return columns[column].isRight ? space + cut : cut + space
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()).cut(to: width ?? .max)
    }
    let table =
      [line(shown.map { columns[$0].title })]
      + rows.map { row in line(zip(shown, widths).map { row[$0].text(width: $1) }) }
    let words = "left out for the width: \(leftOut.joined(separator: ", "))"
    return head + table + (leftOut.isEmpty ? [] : [words.cut(to: width ?? .max)])
  }

  /// The most characters of a picture where there is no terminal.
  private static let widestPicture = 60

  /// Takes columns from flexible ones, the widest first, until the table fits or each has the least
  /// width.
  private func shrink(_ widths: inout [Int], _ shown: [Int], to width: Int, leaving least: Int) {
    while Self.excess(widths, over: width) > 0 {
      let wide = shown.indices.filter { columns[shown[$0]].isFlexible && widths[$0] > least }
        .max { widths[$0] < widths[$1] }
      guard let wide else { return }
      widths[wide] -= 1
    }
  }

  /// The columns of the terminal that a table needs beyond those that there are.
  private static func excess(_ widths: [Int], over width: Int) -> Int {
    widths.reduce(0) { $0 + $1 + 2 } - 2 - width
  }

  /// The least width of a shortened column while others can be left out.
  private static let comfortable = 28
  /// The least width of a shortened column.
  private static let narrowest = 12
}

extension AnswerTable.Cell {
  /// - Parameter width: The most characters of a picture.
  func text(width: Int) -> String {
    switch self {
    case .name(let text): text.visible(limit: 200)
    case .words(let text), .number(let text, _): text
    case .picture(let values): Sparkline.text(values, width: width)
    case .empty: ""
    }
  }
}

extension String {
  /// The text, or its beginning and an ellipsis where it is wider.
  fileprivate func cut(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var (kept, columns) = ("", 0)
    for character in self {
      let next = String(character).displayWidth
      guard columns + next < width else { break }
      kept.append(character)
      columns += next
    }
    return kept + "…"
  }
}

extension [Answer.Skipped] {
  /// Lines about runs that could not be read, at most five of them one by one.
  var summary: [String] {
    let lines = prefix(5).map { "not read: \($0.run.prefix(10)) \($0.reason.visible(limit: 300))" }
    return count > 5 ? lines + ["not read: \(count - 5) more"] : lines
  }
}
