import Measurements
import Verdicts

extension Rendering {
  package static let markdown = Rendering(
    name: "markdown", summary: "a comment for a pull request"
  ) { report, _ in
    let comment = Comment(report: report)
    let bodies = Comment.Length.allCases.lazy.map(comment.text)
    return bodies.first { $0.utf8.count <= Comment.limit } ?? comment.shortest
  }

  /// How many bytes of UTF-8 a comment has at most, whatever was measured.
  package static let longestComment = Comment.limit
}

/// The comment that a reviewer reads: outcome, circumstances, changed rows, and the rest folded.
struct Comment {
  let report: Report
  let table: MarkdownTable
  let sinceAnchor: MarkdownTable
  private let commands: [String]
  /// What is the same at every length, and takes a look at every judgement.
  private var opening: [[String]] = []
  private var since: [String] = []
  private(set) var notes: [String] = []
  private let budgetRows: [BudgetRow]

  init(report: Report) {
    self.report = report
    let judgements = report.assessment.worstFirst
    table = MarkdownTable(judgements, in: report)
    budgetRows = report.decision.budgetRows([.broken, .incomparable, .inconclusive])
    let anchored = report.decision.anchored?.worstFirst ?? []
    sinceAnchor = MarkdownTable(anchored, in: report)
    let commands = CommentCommands(
      report: report, worst: judgements.first,
      regression: [judgements.first, anchored.first].compactMap(\.self).first {
        $0.verdict.kind == .regression
      })
    self.commands =
      commands.lines.isEmpty
      ? [] : Self.details(commands.title, ["```sh"] + commands.lines + ["```"])
    opening = [[marker, headline], [circumstances]]
    if let party = report.anchor?.party, let assessment = report.decision.anchored {
      since = [
        "**Since** \(code(party.name)): \(cell(assessment.summary ?? "nothing in common"))"
      ]
    }
    notes = report.notes.prefix(10).map { "- 💡 \(sentence($0))" }
  }

  /// GitHub refuses 65,536 characters; other hosts count otherwise, and markers may be added.
  static let limit = 60_000

  /// From everything down to what nobody may miss.
  enum Length: CaseIterable {
    case full, withoutUnchanged, withoutDetails, failingOnly, failingBriefly
  }

  func text(_ length: Length) -> String {
    text(length, tables(length), omission(length))
  }

  private func text(_ length: Length, _ tables: Tables, _ omission: [String]) -> String {
    let sections =
      opening + [tables.main, since, tables.sinceAnchor, tables.budgets]
      + [omission, folded(length), commands, warnings(length)]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// What stands open, each with its head.
  private struct Tables {
    var main: [String]
    /// What changed since the fixed point.
    var sinceAnchor: [String]
    /// What is over its budget, or may be.
    var budgets: [String]

    /// The first rows of each.
    func first(_ most: Int) -> Tables {
      func cut(_ lines: [String]) -> [String] {
        most > 0 ? Array(lines.prefix(MarkdownTable.headHeight + most)) : []
      }
      return Tables(main: cut(main), sinceAnchor: cut(sinceAnchor), budgets: cut(budgets))
    }
  }

  private func tables(_ length: Length) -> Tables {
    func lines(_ table: MarkdownTable) -> [String] {
      switch length {
      case .full, .withoutUnchanged, .withoutDetails: table.lines(where: \.isUrgent)
      case .failingOnly: table.lines(where: \.fails)
      case .failingBriefly: table.lines(.brief, where: \.fails)
      }
    }
    return Tables(
      main: lines(table), sinceAnchor: lines(sinceAnchor),
      budgets: MarkdownTable.lines(of: budgetRows))
  }

  /// For thousands of rows that fail: as many of each table as there is room for, the worst, which
  /// are regressions first, and a count of the others.
  var shortest: String {
    let counts = [
      table.count(where: \.fails), sinceAnchor.count(where: \.fails), budgetRows.count,
    ]
    let tables = tables(.failingBriefly)
    func text(rows: Int) -> String {
      let missing = counts.reduce(0) { $0 + max(0, $1 - rows) }
      return self.text(
        .failingBriefly, tables.first(rows),
        ["\(missing) more rows do not fit here; the JSON report has them."])
    }
    var (fits, tooMany) = (0, counts.max() ?? 0)
    while fits + 1 < tooMany {
      let middle = (fits + tooMany) / 2
      if text(rows: middle).utf8.count <= Self.limit { fits = middle } else { tooMany = middle }
    }
    return text(rows: fits)
  }

  private func omission(_ length: Length) -> [String] {
    switch length {
    case .full: []
    case .withoutUnchanged: ["Unchanged rows were left out to fit."]
    case .withoutDetails: ["Everything that is folded away was left out to fit."]
    case .failingOnly: ["Rows that do not fail were left out to fit."]
    case .failingBriefly:
      ["Rows that do not fail, and numbers other than the change, were left out to fit."]
    }
  }
}
