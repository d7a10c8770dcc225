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
}

/// The comment that a reviewer reads: outcome, circumstances, changed rows, and the rest folded.
private struct Comment {
  let report: Report

  /// GitHub refuses 65,536 characters; other hosts count otherwise, and markers may be added.
  static let limit = 60_000

  /// From everything down to what nobody may miss.
  enum Length: CaseIterable {
    case full, withoutUnchanged, withoutDetails, regressionsOnly
  }

  func text(_ length: Length) -> String {
    sections(length).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// For thousands of regressions: as many as there is room for, and a count of the others.
  var shortest: String {
    let rows = report.rows([.regression])
    let frame = text(.regressionsOnly, rows: 0)
    var room = Self.limit - frame.utf8.count - 200
    let shown = rows.prefix { row in
      room -= markdownTable([row]).last.map { $0.utf8.count + 1 } ?? 0
      return room >= 0
    }
    return text(.regressionsOnly, rows: shown.count)
  }

  private func text(_ length: Length, rows: Int) -> String {
    let all = report.rows([.regression])
    let note = "\(all.count - rows) more regressions do not fit here; the JSON report has them."
    let table = rows > 0 ? markdownTable(Array(all.prefix(rows))) : []
    return (sections(length, changed: table) + [[note]]).filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func sections(_ length: Length) -> [[String]] {
    let kinds: Set<Verdict.Kind> =
      length == .regressionsOnly ? [.regression] : [.regression, .improvement, .missing]
    let rows = report.rows(kinds)
    return sections(length, changed: rows.isEmpty ? [] : markdownTable(rows))
  }

  private func sections(_ length: Length, changed: [String]) -> [[String]] {
    [
      [marker, headline, "", circumstances], changed, folded(length), omission(length),
      reproduction, warnings,
    ]
  }
}

extension Comment {
  /// Lets the next run find the comment and put its own in its place.
  private var marker: String { "<!-- perf-gate suite=\(report.suite.inComment) -->" }

  private var headline: String {
    let ask =
      switch report.outcome {
      case .pass?: "no action needed"
      case .regression?: "please look"
      case .incomplete?: "please measure what is missing"
      case .incomparable?: "not everything could be compared"
      case .inconclusive?: "more rounds are needed"
      case nil: nil as String?
      }
    let icon = report.outcome.map { $0 == .pass ? "✅ " : "❌ " } ?? ""
    return "\(icon)**\(report.assessment.summary)**" + (ask.map { ": \($0)" } ?? "")
  }

  private var circumstances: String {
    let rounds = report.roundsText.map { [$0] } ?? []
    let machine = report.candidate.environment.map { [$0.summary.escaped] } ?? []
    let family =
      "alpha \(report.policy.alpha), \(report.policy.correctionName) over "
      + "\(report.assessment.familySize), threshold ±\(threshold(report.policy.threshold))"
    let sides = "\(side(report.baseline)) → \(side(report.candidate))"
    return ([sides, report.origin.explanation.escaped] + machine + rounds + [family])
      .joined(separator: " · ")
  }

  private func side(_ party: Party) -> String {
    let commit = party.shortCommit.map { $0 == party.name ? "" : " (\($0))" } ?? ""
    return code(party.name) + commit
  }

  private func folded(_ length: Length) -> [String] {
    guard length == .full || length == .withoutUnchanged else { return [] }
    let groups: [(String, Set<Verdict.Kind>)] = [
      ("inconclusive", [.inconclusive]), ("incomparable", [.incomparable]), ("new", [.new]),
    ]
    let some = groups.flatMap { name, kinds in
      details(kinds) { "\($0) \(name)" }
    }
    return length == .full
      ? some + details(Set(Verdict.Kind.allCases)) { "all \($0) rows" } : some
  }

  private func details(_ kinds: Set<Verdict.Kind>, title: (Int) -> String) -> [String] {
    let rows = report.rows(kinds)
    guard !rows.isEmpty else { return [] }
    return ["<details><summary>\(title(rows.count))</summary>", ""] + markdownTable(rows)
      + ["", "</details>", ""]
  }

  private func omission(_ length: Length) -> [String] {
    switch length {
    case .full: []
    case .withoutUnchanged: ["Unchanged rows were left out to fit."]
    case .withoutDetails: ["All rows but the changed ones were left out to fit."]
    case .regressionsOnly: ["All rows but the regressions were left out to fit."]
    }
  }

  /// Only ids go into commands: a name is somebody's text, and commands are for copying.
  private var reproduction: [String] {
    guard let old = report.baseline.commit, let new = report.candidate.commit else { return [] }
    return [
      "<details><summary>Reproduce, look closer, accept</summary>", "", "```sh",
      "git checkout \(new)   # measure again: perf-record [options] -- <command>",
      "perf-diff --verbose \(old) \(new)   # every row",
      "git config -f .perfconfig benchmark.<name>.threshold 25%   # accept: commit a wider threshold",
      "```", "", "</details>",
    ]
  }

  private var warnings: [String] {
    report.warnings.prefix(20).map { "⚠️ \($0.visible(limit: 300).escaped)" }
  }

  private func markdownTable(_ rows: [Row]) -> [String] {
    [
      "| | Benchmark | Metric | Base | Head | Change, 95 % interval | p | Verdict |",
      "|---|---|---|--:|--:|--:|--:|---|",
    ]
      + rows.map { row in
        let cells = [
          row.kind.icon, code(row.benchmark), code(row.metric), row.old, row.new, row.change, row.p,
          row.verdict.escaped,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }
}

extension Report {
  /// `10 and 10 rounds`, or the smallest and largest where series differ.
  fileprivate var roundsText: String? {
    func range(_ counts: [Int]) -> String? {
      guard let least = counts.min(), let most = counts.max() else { return nil }
      return least == most ? "\(least)" : "\(least)–\(most)"
    }
    let comparisons = assessment.judgements.compactMap(\.comparison)
    guard let old = range(comparisons.map(\.old.rounds)),
      let new = range(comparisons.map(\.new.rounds))
    else { return nil }
    return "\(old) and \(new) rounds"
  }
}

extension Verdict.Kind {
  fileprivate var icon: String {
    switch self {
    case .regression: "🔴"
    case .improvement: "🟢"
    case .missing: "⛔"
    case .inconclusive: "⚪"
    case .incomparable: "⚠️"
    case .new: "🆕"
    case .unchanged: "➖"
    }
  }
}
