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
  private(set) var notes: [String] = []

  init(report: Report) {
    self.report = report
    let judgements = report.assessment.worstFirst
    table = MarkdownTable(judgements, in: report)
    sinceAnchor = MarkdownTable(report.decision.anchored?.worstFirst ?? [], in: report)
    let commands = CommentCommands(report: report, worst: judgements.first)
    self.commands =
      commands.lines.isEmpty
      ? [] : Self.details(commands.title, ["```sh"] + commands.lines + ["```"])
    opening = [[marker, headline], [circumstances]]
    notes = report.notes.prefix(10).map { "- 💡 \(sentence($0))" }
  }

  /// GitHub refuses 65,536 characters; other hosts count otherwise, and markers may be added.
  static let limit = 60_000

  /// From everything down to what nobody may miss.
  enum Length: CaseIterable {
    case full, withoutUnchanged, withoutDetails, failingOnly, regressionsOnly
  }

  func text(_ length: Length) -> String {
    let isWanted = Self.isWanted(length)
    return text(
      table.lines(where: isWanted), length, omission(length), sections: anchor(isWanted) + budgets()
    )
  }

  /// What changed since the fixed point.
  private func anchor(first most: Int = .max, _ isWanted: (Judgement) -> Bool) -> [[String]] {
    guard let party = report.anchor?.party, let assessment = report.decision.anchored else {
      return []
    }
    let lines = sinceAnchor.lines(first: most, where: isWanted)
    let summary = cell(assessment.summary ?? "nothing in common")
    return [["**Since** \(code(party.name)): \(summary)"]] + (lines.isEmpty ? [] : [lines])
  }

  /// What is over its budget, or may be.
  private func budgets(first most: Int = .max) -> [[String]] {
    let rows = report.decision.budgetRows([.broken, .incomparable, .inconclusive]).prefix(most)
    return rows.isEmpty ? [] : [MarkdownTable.lines(of: Array(rows))]
  }

  /// For thousands of regressions: as many of the worst as there is room for, and a count of the
  /// others.
  var shortest: String {
    let regressions = report.assessment.counts[.regression] ?? 0
    let table = table.lines(where: Self.isRegression)
    let others = anchor(first: 3, Self.isRegression) + budgets(first: 3)
    func text(rows: Int) -> String {
      let notes = [
        "\(regressions - rows) more regressions do not fit here; the JSON report has them.",
        "Of other tables no more than three rows fit here.",
      ]
      let lines = rows > 0 ? Array(table.prefix(MarkdownTable.headHeight + rows)) : []
      let shown = notes.dropFirst(rows < regressions ? 0 : 1).dropLast(others.isEmpty ? 1 : 0)
      return self.text(lines, .regressionsOnly, Array(shown), sections: others)
    }
    var (fits, tooMany) = (0, max(1, table.count - MarkdownTable.headHeight + 1))
    while fits + 1 < tooMany {
      let middle = (fits + tooMany) / 2
      if text(rows: middle).utf8.count <= Self.limit { fits = middle } else { tooMany = middle }
    }
    return text(rows: fits)
  }

  /// What a reviewer may have to act on, and what to be glad of.
  static func isUrgent(_ judgement: Judgement) -> Bool {
    switch judgement.verdict.kind {
    case .regression, .incomparable, .improvement: true
    case .failed, .renamed, .collapsed: judgement.response != .ignore
    case .missing, .new, .inconclusive, .waived, .unchanged: judgement.response == .fail
    }
  }

  /// What stands in the table.
  private static func isWanted(_ length: Length) -> (Judgement) -> Bool {
    switch length {
    case .full, .withoutUnchanged, .withoutDetails: isUrgent
    case .failingOnly: { isRegression($0) || $0.response == .fail }
    case .regressionsOnly: isRegression
    }
  }

  private static func isRegression(_ judgement: Judgement) -> Bool {
    judgement.verdict.kind == .regression
  }

  private func text(
    _ table: [String], _ length: Length, _ omission: [String], sections more: [[String]]
  ) -> String {
    let sections =
      opening + [table] + more
      + [omission, folded(length), commands, warnings(length)]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func omission(_ length: Length) -> [String] {
    switch length {
    case .full: []
    case .withoutUnchanged: ["Unchanged rows were left out to fit."]
    case .withoutDetails: ["Unchanged, inconclusive, new and waived rows were left out to fit."]
    case .failingOnly: ["Rows that do not fail were left out to fit."]
    case .regressionsOnly: ["All rows but the regressions were left out to fit."]
    }
  }
}
