import Measurements
import Verdicts

/// What a comment says of one part.
struct CommentSection {
  let report: SuiteReport
  let table: MarkdownTable
  let sinceAnchor: MarkdownTable
  let commands: CommentCommands
  /// What stands above the tables: where there are several parts, of which this is; what is told;
  /// what was compared, and how.
  private let opening: [[String]]
  private var since: [String] = []
  private let budgetRows: [BudgetRow]

  init(_ part: SuiteReport, in report: Report) {
    self.report = part
    let judgements = part.assessment.worstFirst
    table = MarkdownTable(judgements, in: part)
    budgetRows = part.decision.budgetRows([.broken, .incomparable, .inconclusive])
    let anchored = part.decision.anchored?.worstFirst ?? []
    sinceAnchor = MarkdownTable(anchored, in: part)
    commands = CommentCommands(
      report: part, worst: judgements.first,
      regression: [judgements.first, anchored.first].compactMap(\.self).first {
        $0.verdict.kind == .regression
      })
    let heading = "**\(cell(report.title(of: part)))**: \(cell(part.summary))"
    opening = [
      report.hasSeveralParts ? [heading] : [],
      part.told.prefix(10).map { "- ⚠️ \(sentence($0.visible(limit: 1000)))" },
      [part.commentCircumstances],
    ]
    if let party = part.anchor?.party, let assessment = part.decision.anchored {
      since = [
        "**Since** \(code(party.name)): \(cell(assessment.summary ?? "nothing in common"))"
      ]
    }
  }

  /// What stands open.
  func open(_ tables: Tables) -> [[String]] {
    opening + [tables.main, since, tables.sinceAnchor, tables.budgets]
  }

  /// The tables that stand open, each with its head.
  struct Tables {
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

  func tables(_ length: Comment.Length) -> Tables {
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

  /// How many rows each table has at the least.
  var failing: [Int] {
    [table.count(where: \.fails), sinceAnchor.count(where: \.fails), budgetRows.count]
  }
}
