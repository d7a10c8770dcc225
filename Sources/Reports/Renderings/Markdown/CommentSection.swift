import Measurements
import Verdicts

/// The section of a comment about one part.
struct CommentSection {
  let report: SuiteReport
  let table: MarkdownTable
  let sinceAnchor: MarkdownTable
  let commands: CommentCommands
  /// The lines above the tables: the name of the part if there are several, the facts that are
  /// reported, and the sides that were compared and the way.
  private let opening: [[String]]
  private var since: [String] = []
  private let budgetRows: [BudgetRow]
  private let goals: [String]

  init(_ part: SuiteReport, in report: Report) {
    self.report = part
    let (rows, anchored) = (part.rows, part.anchoredRows)
    table = MarkdownTable(rows, in: part)
    budgetRows = part.budgetRows.filter { $0.outcome.place == .open }.map(BudgetRow.init)
    goals = part.decision.goals.prefix(20).map {
      "- \($0.look.icon) \(sentence($0.sentence))"
    }
    sinceAnchor = MarkdownTable(anchored, in: part)
    commands = CommentCommands(
      report: part, worst: rows.first?.seriesResult,
      regression: [rows.first, anchored.first].compactMap(\.self).first(where: \.isRegression)?
        .seriesResult, isOneOfSeveral: report.hasSeveralParts)
    let heading = "**\(cell(report.title(of: part)))**: \(cell(part.summary))"
    opening = [
      report.hasSeveralParts ? [heading] : [],
      part.told.prefix(10).map { "- ⚠️ \(sentence($0.visible(limit: 1000)))" },
      [part.commentCircumstances],
    ]
    if let party = part.anchor?.party, let familyResult = part.decision.anchored {
      since = [
        "**Since** \(code(party.name)): \(cell(familyResult.summary ?? "nothing in common"))"
      ]
    }
  }

  /// Returns the lines that are not folded.
  func open(_ tables: Tables) -> [[String]] {
    opening + [tables.main, tasks, since, tables.sinceAnchor, tables.budgets, goals]
  }

  /// What was solved, and the tasks that were lost or won, as a list.
  private var tasks: [String] {
    report.taskBlocks.prefix(20).flatMap { block in
      ["- \(code(block.benchmark)) \(code(block.metric)): \(cell(block.solved))"]
        + block.lists.map { list in
          "  - \(cell(list.title)): \(list.names.map { code($0) }.joined(separator: ", "))\(list.rest)"
        }
    }
  }

  /// The tables that are not folded, each with its head, and the number of their rows that are
  /// regressions, which come first.
  struct Tables {
    var main: [String]
    /// The changes since the fixed point.
    var sinceAnchor: [String]
    /// The budgets that are exceeded, or may be.
    var budgets: [String]

    /// Returns the tables with as many rows as there is room for.
    func first(_ room: Room, of section: CommentSection) -> Tables {
      func cut(_ lines: [String], regressions: Int) -> [String] {
        let rows = room.rows(of: lines.count - MarkdownTable.headHeight, regressions: regressions)
        return rows > 0 ? Array(lines.prefix(MarkdownTable.headHeight + rows)) : []
      }
      return Tables(
        main: cut(main, regressions: section.table.regressions),
        sinceAnchor: cut(sinceAnchor, regressions: section.sinceAnchor.regressions),
        budgets: cut(budgets, regressions: 0))
    }
  }

  /// The number of rows of each table that there is room for: regressions of any part come before
  /// all else.
  struct Room {
    let regressions: Int
    let others: Int

    func rows(of all: Int, regressions number: Int) -> Int {
      let first = min(number, regressions)
      return first < number ? first : first + min(all - number, others)
    }
  }

  func tables(_ length: Comment.Length) -> Tables {
    func lines(_ table: MarkdownTable) -> [String] {
      switch length {
      case .full, .withoutUnchanged, .withoutDetails: table.lines { $0.outcome.place == .open }
      case .failingOnly: table.lines(where: \.outcome.fails)
      case .failingBriefly: table.lines(.brief, where: \.outcome.fails)
      }
    }
    return Tables(
      main: lines(table), sinceAnchor: lines(sinceAnchor),
      budgets: MarkdownTable.lines(of: budgetRows))
  }

  /// The least number of rows of its tables.
  var failing: Int { tables.reduce(0) { $0 + $1.rows } }

  /// Returns the number of these rows that are missing with so much room.
  func missing(_ room: Room) -> Int {
    tables.reduce(0) { $0 + $1.rows - room.rows(of: $1.rows, regressions: $1.regressions) }
  }

  /// The most regressions and the most other rows of any table.
  var most: Room {
    Room(
      regressions: tables.map(\.regressions).max() ?? 0,
      others: tables.map { $0.rows - $0.regressions }.max() ?? 0)
  }

  private var tables: [(rows: Int, regressions: Int)] {
    [
      (table.failing, table.regressions), (sinceAnchor.failing, sinceAnchor.regressions),
      (budgetRows.count, 0),
    ]
  }
}
