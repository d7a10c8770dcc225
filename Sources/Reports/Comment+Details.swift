import Verdicts

/// What is folded away until a reader asks for it.
extension Comment {
  func folded(_ length: Length) -> [String] {
    switch length {
    case .full: details(.inconclusive) + details(.new) + allRows
    case .withoutUnchanged: details(.inconclusive) + details(.new)
    case .withoutDetails, .regressionsOnly: []
    }
  }

  private func details(_ kind: Verdict.Kind) -> [String] {
    let number = report.assessment.counts[kind] ?? 0
    return number == 0 ? [] : details(kind.counted(number), table.lines([kind]))
  }

  /// Only where there are rows that stand nowhere else.
  private var allRows: [String] {
    guard report.assessment.counts[.unchanged] != 0 else { return [] }
    let number = report.assessment.judgements.count
    return details("all \(count(number, "row"))", table.lines(Set(Verdict.Kind.allCases)))
  }

  private func details(_ title: String, _ lines: [String]) -> [String] {
    ["<details><summary>\(title)</summary>", ""] + lines + ["", "</details>"]
  }

  /// Only ids go into commands: a name is somebody's text, and commands are for copying.
  var reproduction: [String] {
    guard let old = report.baseline.commitID, let new = report.candidate.commitID else { return [] }
    return details(
      "reproduce, look closer, accept",
      [
        "```sh",
        "# measure again: check out, then run perf-record as it was run before",
        "git checkout \(new)",
        "# look closer: every row",
        "perf-diff --verbose \(old) \(new)",
        "# accept: commit a wider threshold for the benchmark",
        "git config -f .perfconfig 'benchmark.<name>.threshold' '25%'",
        "```",
      ])
  }

  /// As many as are worth the room; none where regressions need it.
  func warnings(_ length: Length) -> [String] {
    let shown = length == .regressionsOnly ? [] : report.warnings.prefix(10)
    let rest = report.warnings.count - shown.count
    let lines = shown.map { "- ⚠️ \(cell($0.visible(limit: 200)))" }
    return lines + (rest > 0 ? ["- ⚠️ \(count(rest, "warning")) not shown here"] : [])
  }
}
