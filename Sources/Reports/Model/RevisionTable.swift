import Measurements
import Verdicts

/// A table with one side and the change of each of several others against it.
struct RevisionTable {
  /// The parts of one suite, each of one candidate against the same baseline.
  private let parts: [SuiteReport]
  private let style: Style

  init(_ parts: [SuiteReport], style: Style = Style()) {
    self.parts = parts
    self.style = style
  }

  /// A line of the table: one series on all sides.
  private struct Line {
    let id: Series.ID
    let base: String
    let cells: [Cell]
  }

  /// A cell of the table: the numbers of one candidate.
  private struct Cell {
    let value: String
    let change: String
    let kind: Verdict.Kind?

    static let none = Cell(value: "", change: "", kind: nil)

    /// The mark of a change that nobody doubts, and a question mark for an undecided one.
    var mark: String { kind.map { Presentation($0).note } ?? "" }
  }

  private var lines: [Line] {
    let seriesResults = parts.map { part in
      Dictionary(
        part.familyResult.seriesResults.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    }
    return Set(seriesResults.flatMap(\.keys)).sorted().map { id in
      let all = seriesResults.map { $0[id] }
      let sides = all.compactMap { $0?.comparison }
      let medians = sides.map(\.old.median) + sides.map(\.new.median)
      let unit = all.lazy.compactMap { $0?.metric.unit }.first ?? .one
      let scale = Scale(unit, for: medians)
      return Line(
        id: id,
        base: sides.first.map {
          $0.isOfRates ? rate($0.old.median) : scale.text($0.old.median)
        } ?? "",
        cells: all.map { seriesResult in
          guard let seriesResult else { return .none }
          guard let comparison = seriesResult.comparison else {
            return Cell(value: "", change: "", kind: seriesResult.verdict.kind)
          }
          if comparison.isOfRates {
            return Cell(
              value: rate(comparison.new.median),
              change: comparison.effect.difference.map { points($0.estimate) } ?? "",
              kind: seriesResult.decides ? seriesResult.verdict.kind : nil)
          }
          let isNothing = comparison.tasks?.solvedNothing == true
          return Cell(
            value: isNothing ? "none solved" : scale.text(comparison.new.median),
            change: isNothing ? "" : comparison.effect.change.map(percent) ?? "from 0",
            kind: seriesResult.decides ? seriesResult.verdict.kind : nil)
        })
    }
  }

  /// The machines of all sides, if they are not all one.
  private var machines: [String] {
    parts.compactMap { part in
      part.machineDifferences.map { "\(part.candidate.label): \($0)" }
    }
  }

  private var sums: [(name: String, text: String)] {
    parts.map { ($0.candidate.label, $0.summary) }
  }
}

extension RevisionTable {
  /// The table for a terminal.
  var text: [String] {
    heading + [""] + table + [""] + sums.map { "\($0.name): \($0.text)" }
  }

  private var heading: [String] {
    let facts: [(String, String)] =
      [("baseline", parts[0].baseline.summary)]
      + parts.map { ("compared", $0.candidate.summary) } + machines.map { ("differs in", $0) }
      + [("test", parts[0].test)] + (parts[0].decider.map { [("decides", $0)] } ?? [])
    return facts.map { name, text in
      name + String(repeating: " ", count: 12 - name.count) + text
    }
  }

  private var table: [String] {
    var columns: [TextColumn<Line>] = [
      TextColumn(title: "benchmark") { $0.id.benchmark.description.visible(limit: 60) },
      TextColumn(title: "metric") { $0.id.metric.visible(limit: 40) },
      TextColumn(title: parts[0].baseline.label, right: true, cell: \.base),
    ]
    for (place, part) in parts.enumerated() {
      columns += [
        TextColumn(title: part.candidate.label, right: true) { $0.cells[place].value },
        TextColumn(title: "change", right: true) { $0.cells[place].change },
        TextColumn(title: "") { $0.cells[place].mark },
      ]
    }
    return textTable(lines, columns)
  }

  /// The table for a message.
  var markdown: [String] {
    let names = [parts[0].baseline.label] + parts.map(\.candidate.label)
    let head =
      ["Benchmark", "Metric", code(names[0])] + names.dropFirst().map { code($0) }
    let rows = lines.map { line in
      [code(line.id.benchmark.description), code(line.id.metric), figure(line.base)]
        + line.cells.map { cell in
          [cell.value, cell.change, cell.mark].filter { !$0.isEmpty }.map(figure)
            .joined(separator: " ")
        }
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(head), "|---|---|" + String(repeating: "--:|", count: names.count)]
      + rows.map(line) + [""] + sums.map { "- \(code($0.name)): \(cell($0.text))" }
      + machines.map { "- the machines differ: \(cell($0))" }
  }
}

extension Report {
  /// True if the parts are several candidates against one baseline, rather than suites and
  /// machines.
  var isOfSeveralCandidates: Bool {
    outcome == nil && parts.count > 1 && Set(parts.map(\.suite)).count == 1
      && Set(parts.map(\.candidate)).count == parts.count
  }
}
